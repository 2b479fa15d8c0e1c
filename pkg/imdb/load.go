package imdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sparseq/pkg/checkout"
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
		s, err := l.archive(checkout.Locate(env))
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
	_ = os.Chtimes(file, now, now) // for prune; a shared read-only cache stays as it is
	return s.with(e)
}

// lock spares two processes building the same cache twice.
func (l *loader) lock() (unlock func(), err error) {
	unlock, err = fetch.Lock(context.Background(), cacheFile(l.Dir, "imdb.lock"))
	if err != nil {
		return nil, writable(err)
	}
	sweep(filepath.Join(l.Dir, "cache"))
	return unlock, nil
}

// writable adds what to do where the data folder cannot be written.
func writable(err error) error {
	return fmt.Errorf("%w (SPARSEQ_DATA can name another data folder)", err)
}
