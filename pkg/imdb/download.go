package imdb

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sparseq/pkg/fetch"
)

// The archive on its authors' site.
const (
	archiveURL = "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"
	archiveSum = "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe"
)

// download fetches the archive into file. Its error is one line: why there is
// none, and what to do.
func (l *loader) download(file string) error {
	if err := fetch.Recall(file); err != nil && !l.prefetch {
		return err
	}
	l.Log("downloading " + l.url)
	err := l.client.Download(context.Background(), l.url, file, l.sum, l.progress())
	if err == nil {
		fetch.Forget(file)
		return nil
	}
	cause := err
	if e := new(fetch.Error); errors.As(err, &e) {
		cause = e.Err
	}
	err = fmt.Errorf("the download failed: %w; put %s into %s, or set SPARSEQ_IMDB to the archive", cause, l.url, file)
	fetch.Remember(file, err)
	return err
}

// progress logs a line every few seconds.
func (l *loader) progress() fetch.Progress {
	last := time.Now()
	return func(done, total int64) {
		if time.Since(last) < 3*time.Second && done != total {
			return
		}
		last = time.Now()
		const mb = 1e6
		if total <= 0 {
			l.Log(fmt.Sprintf("downloaded %.0f MB", float64(done)/mb))
			return
		}
		l.Log(fmt.Sprintf("downloaded %.0f of %.0f MB (%.0f %%)", float64(done)/mb, float64(total)/mb, 100*float64(done)/float64(total)))
	}
}

// Prefetch builds what Load needs ahead of time, in the data folder dir ("" =
// the default one): it downloads the archive if there is none, even if that
// failed a moment ago, checks it and fills the cache. log is told each step.
// Unlike Load it does not make do with the sample.
func Prefetch(dir string, log func(line string)) error {
	l := newLoader(Options{Dir: dir, Log: log})
	l.prefetch = true
	c, err := l.load()
	if err != nil {
		return err
	}
	l.Log(fmt.Sprintf("ready: %s; %d to train, %d to validate, %d to test", c.Source, c.Train.Len(), c.Validation.Len(), c.Test.Len()))
	return nil
}
