package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sparseq/pkg/fetch"
	"sparseq/pkg/notebook"
)

// slides shows run lessons as slides, one page each in the data folder's slides. A lesson that
// was not run as it is now gets none, which is an error once the others' slides are written.
func (l *lab) slides(ctx context.Context, paths []string, quick bool) error {
	var copies, lacking, numbers []string
	for _, path := range paths {
		copied := l.executed(path, quick)
		if err := shows(path, copied); err != nil {
			lacking = append(lacking, fmt.Sprintf("%s (%v)", lessonName(path), err))
			numbers = append(numbers, lessonName(path)[:2])
			continue
		}
		copies = append(copies, copied)
	}
	if len(copies) > 0 {
		reveal, err := l.reveal(ctx)
		if err == nil {
			err = l.decks(ctx, reveal, copies)
		}
		if err != nil {
			return err
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	command := fmt.Sprintf("make lessons ONLY=%q", strings.Join(numbers, " "))
	if quick {
		command += " QUICK=1"
	}
	return fmt.Errorf("no slides of %s: first %s", strings.Join(lacking, ", "), command)
}

// shows tells why the executed copy does not show the lesson at path.
func shows(path, copied string) error {
	n, err := notebook.Read(path)
	if err != nil {
		return err
	}
	run, err := notebook.Read(copied)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return errors.New("not run yet")
	case err != nil || run.Run == nil:
		return errors.New("not run to its end")
	case !run.Run.OK:
		return errors.New("a cell failed")
	case run.Run.Source != n.Hash():
		return errors.New("changed since it was run")
	}
	return nil
}

// pin is a file of a package registry.
type pin struct {
	File, URL, SHA256 string
}

// reveal is the npm package reveal.js, which is fetched once.
func (l *lab) reveal(ctx context.Context) (string, error) {
	text, err := os.ReadFile(filepath.Join(l.root, "docker", "slides", "reveal.json"))
	if err != nil {
		return "", err
	}
	var p pin
	if err := json.Unmarshal(text, &p); err != nil {
		return "", fmt.Errorf("docker/slides/reveal.json: %w", err)
	}
	path := filepath.Join(l.data, "downloads", p.File)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	l.log.doing("fetching reveal.js")
	defer l.log.clear()
	err = fetch.Download(ctx, p.URL, path, p.SHA256, nil)
	if failure := new(fetch.Error); errors.As(err, &failure) {
		err = fmt.Errorf("slides need reveal.js: %w", err)
	}
	return path, err
}

// decks writes one page of slides for each executed notebook.
func (l *lab) decks(ctx context.Context, reveal string, copies []string) error {
	l.log.doing("writing the slides of %d lessons", len(copies))
	return l.convert(ctx, "the slides", append([]string{filepath.Join("slides", "slides.py"), filepath.Join(l.data, "slides"), reveal}, copies...)...)
}
