package imdb

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// sets is the labelled reviews and where they are from.
type sets struct {
	file        string // of the cache
	source      Source
	train, test *reviews
}

// with joins texts and ids.
func (s *sets) with(e *encoded) (*Corpus, error) {
	c := &Corpus{file: s.file, Source: s.source, Vocabulary: e.vocabulary, Duplicates: e.duplicates, words: e.words, counts: e.counts}
	for _, part := range []struct {
		split   *Split
		ids     ids
		reviews *reviews
	}{{&c.Train, e.train, s.train}, {&c.Validation, e.validation, s.train}, {&c.Test, e.test, s.test}} {
		*part.split = Split{
			Labels:  make([]float32, len(part.ids.index)),
			reviews: part.reviews,
			index:   part.ids.index,
			offsets: part.ids.offsets,
			ids:     part.ids.ids,
		}
		for i, r := range part.ids.index {
			if int(r) >= part.reviews.len() {
				return nil, fmt.Errorf("the cache in %s does not fit together: remove it", filepath.Dir(s.file))
			}
			part.split.Labels[i] = float32(part.reviews.labels[r])
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
	if err := writeReviews(file, id.source(d), d); err != nil {
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
