package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"sparseq/pkg/bert"
	"sparseq/pkg/imdb"
	"sparseq/pkg/wordeval"
)

// fetch fetches the reviews and prepares them as the lessons read them, the sets that word
// vectors are evaluated with, and a pre-trained model. Lessons do without the last two, so that
// lacking them is no error.
func (l *lab) fetch(ctx context.Context) error {
	if err := l.prefetch(ctx, imdb.Prefetch); err != nil {
		return err
	}
	for _, more := range []func(dir string, log func(line string)) error{wordeval.Prefetch, bert.Prefetch} {
		err := l.prefetch(ctx, more)
		if ctx.Err() != nil {
			return err
		}
		if err != nil {
			l.log.clear()
			l.print("%s\nlessons skip what needs it\n", err)
		}
	}
	return nil
}

// prefetch fetches one data set into the data folder, and prints what it says last.
func (l *lab) prefetch(ctx context.Context, fetch func(dir string, log func(line string)) error) error {
	last := ""
	err := await(ctx, func() error {
		return fetch(l.data, func(line string) { last = line; l.step(line) })
	})
	if err == nil {
		l.log.clear()
		l.print("%s\n", last)
	}
	return err
}

// reviews makes the reviews ready and says where they are from.
func (l *lab) reviews(ctx context.Context) (source imdb.Source, err error) {
	err = await(ctx, func() error {
		corpus, err := imdb.Load(imdb.Options{Dir: l.data, Log: l.step})
		if err == nil {
			source = corpus.Source
		}
		return err
	})
	if err != nil {
		return imdb.Source{}, err
	}
	return source, nil
}

// step shows what the reviews' package is doing, on the updating line or,
// elsewhere than on a terminal, every few seconds.
func (l *lab) step(line string) {
	if l.log.live {
		l.log.doing("%s", line)
	} else if time.Since(l.stepped) > 3*time.Second {
		l.stepped = time.Now()
		l.log.line("%s", line)
	}
}

// await waits for f or for the end of ctx, whichever comes first. What f was
// writing then is continued next time: it is written under temporary names.
func await(ctx context.Context, f func() error) error {
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// settings are the environment variables of the lab that are no parameters of
// a lesson.
var settings = []string{
	"SPARSEQ_QUICK", "SPARSEQ_ROOT", "SPARSEQ_DATA", "SPARSEQ_IMDB", "SPARSEQ_WORDEVAL", "SPARSEQ_MINILM",
	"SPARSEQ_LESSONS", "SPARSEQ_CELL_GOFLAGS",
}

// overridden lists the environment variables that change a lesson's
// parameters, so that its results are not those of its setting.
func overridden(environment []string) []string {
	var names []string
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "SPARSEQ_") && value != "" && !slices.Contains(settings, name) {
			names = append(names, name)
		}
	}
	return names
}
