package imdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sparseq/pkg/fetch"
)

// Load gives the corpus that o asks for, from the first source that there is
// (see the package's documentation). What it builds on the way is cached in the
// data folder; several processes may do so at once.
//
// A SPARSEQ_IMDB that is set but of no use is an error, and so is a data folder
// that cannot be written. Without SPARSEQ_IMDB, a download that fails leads to
// the sample, and [Source] says why.
func Load(o Options) (*Corpus, error) { return newLoader(o).load() }

// loader is one call of Load or Prefetch. Tests change what it expects.
type loader struct {
	Options
	want     counts
	url, sum string
	client   *fetch.Client
	prefetch bool // try to download now, and fail rather than use the sample
}

func newLoader(o Options) *loader {
	return &loader{Options: o, want: official, url: archiveURL, sum: archiveSum, client: new(fetch.Client)}
}

func (l *loader) load() (*Corpus, error) {
	var err error
	if l.Options, err = l.Options.withDefaults(); err != nil {
		return nil, err
	}
	c, err := l.find()
	if err != nil {
		return nil, fmt.Errorf("imdb: %w", err)
	}
	return c, nil
}

// find goes through the sources in order.
func (l *loader) find() (*Corpus, error) {
	switch env := os.Getenv("SPARSEQ_IMDB"); {
	case env == "sample":
		return l.sample("as SPARSEQ_IMDB=sample asks")
	case env != "":
		s, err := l.archive(given(env))
		if err != nil {
			return nil, fmt.Errorf("SPARSEQ_IMDB=%s: %w", env, err)
		}
		return l.corpus(s)
	}
	if s := l.cached(); s != nil {
		return l.corpus(s)
	}
	file := filepath.Join(l.Dir, "downloads", filepath.Base(l.url))
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		if err := l.download(file); err != nil {
			if l.prefetch {
				return nil, err
			}
			return l.sample(err.Error())
		}
	}
	s, err := l.archive(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return l.corpus(s)
}

// sets is the labelled reviews and where they are from.
type sets struct {
	file        string // of the cache
	source      Source
	train, test *reviews
}

// corpus encodes the sets as the options ask, or reads that from the cache.
func (l *loader) corpus(s *sets) (*Corpus, error) {
	file := idsFile(s.file, l.Options)
	e, err := openEncoded(file, l.Options)
	if err != nil {
		unlock, err := l.lock()
		if err != nil {
			return nil, err
		}
		defer unlock()
		if e, err = openEncoded(file, l.Options); err != nil {
			start := time.Now()
			c := choose(s.train, s.test, l.Options)
			e = encode(s.train, s.test, c, l.Vocabulary)
			if err := e.write(file, l.Options); err != nil {
				return nil, writable(err)
			}
			prune(s.file)
			l.Log(fmt.Sprintf("encoded %d reviews in %.1f s", len(c.train)+len(c.validation)+len(c.test), time.Since(start).Seconds()))
		}
	}
	now := time.Now()
	os.Chtimes(file, now, now) // for prune; a shared read-only cache stays as it is
	return s.with(e)
}

// with joins texts and ids.
func (s *sets) with(e *encoded) (*Corpus, error) {
	c := &Corpus{Source: s.source, Vocabulary: e.vocabulary, Duplicates: e.duplicates, words: e.words, counts: e.counts}
	for _, part := range []struct {
		split   *Split
		ids     ids
		reviews *reviews
	}{{&c.Train, e.train, s.train}, {&c.Validation, e.validation, s.train}, {&c.Test, e.test, s.test}} {
		*part.split = Split{
			Labels:  make([]uint8, len(part.ids.index)),
			reviews: part.reviews,
			index:   part.ids.index,
			offsets: part.ids.offsets,
			ids:     part.ids.ids,
		}
		for i, r := range part.ids.index {
			if int(r) >= part.reviews.len() {
				return nil, fmt.Errorf("the cache in %s does not fit together: remove it", filepath.Dir(s.file))
			}
			part.split.Labels[i] = part.reviews.labels[r]
		}
	}
	return c, nil
}

// archive gives the reviews of an archive or an unpacked folder, from the cache
// where they are in it.
func (l *loader) archive(path string) (*sets, error) {
	id, err := l.identify(path)
	if err != nil {
		return nil, err
	}
	file := cacheFile(l.Dir, "imdb-"+id.key+".reviews")
	if s, err := openReviews(file); err == nil {
		return s, nil
	}
	unlock, err := l.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if s, err := openReviews(file); err == nil {
		return s, nil // another process was faster
	}
	start := time.Now()
	l.Log("reading the reviews from " + filepath.Base(path))
	read := readArchive
	if id.folder {
		read = readFolder
	}
	d, err := read(path, l.want)
	if err != nil {
		return nil, fmt.Errorf("%w: get the archive again, from %s", err, l.url)
	}
	if err := writeReviews(file, id.source(l, d), d); err != nil {
		return nil, writable(err)
	}
	l.Log(fmt.Sprintf("read %d reviews in %.1f s", len(d.train.entries)+len(d.test.entries)+len(d.unlabelled.entries), time.Since(start).Seconds()))
	return openReviews(file)
}

// cached gives the reviews that an earlier call has cached: those of the
// official archive, or else the newest.
func (l *loader) cached() *sets {
	entries, _ := os.ReadDir(filepath.Join(l.Dir, "cache"))
	var files []os.FileInfo
	for _, e := range entries {
		if ok, _ := filepath.Match("imdb-*.reviews", e.Name()); !ok {
			continue
		}
		if info, err := e.Info(); err == nil {
			files = append(files, info)
		}
	}
	officialFile := "imdb-" + key(l.sum) + ".reviews"
	slices.SortFunc(files, func(a, b os.FileInfo) int {
		switch {
		case a.Name() == officialFile:
			return -1
		case b.Name() == officialFile:
			return 1
		}
		return b.ModTime().Compare(a.ModTime())
	})
	for _, f := range files {
		s, err := openReviews(cacheFile(l.Dir, f.Name()))
		if err == nil {
			return s
		}
		l.Log(fmt.Sprintf("passing over %s: %s", f.Name(), err))
	}
	return nil
}

// lock spares two processes building the same cache twice.
func (l *loader) lock() (unlock func(), err error) {
	unlock, err = fetch.Lock(context.Background(), cacheFile(l.Dir, "imdb.lock"))
	return unlock, writable(err)
}

// writable adds what to do where the data folder cannot be written.
func writable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w (SPARSEQ_DATA can name another data folder)", err)
}
