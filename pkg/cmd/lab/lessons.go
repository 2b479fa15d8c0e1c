package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sparseq/pkg/notebook"
)

// lessons runs the lessons, prints a line for each and records the results.
func (l *lab) lessons(ctx context.Context, paths []string, quick bool) error {
	setting, err := l.setting(ctx, paths, quick)
	if err != nil {
		return err
	}
	if _, err := l.earlier(setting); err != nil { // better now than after minutes
		return err
	}
	var failed []string
	recorded := false
	for _, path := range paths {
		n, err := l.execute(ctx, path, quick)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var values map[string]float64
		if err == nil {
			values, err = notebook.Results(n)
		}
		if err != nil {
			failed = append(failed, lessonName(path))
			l.print("%s  failed: %v\n", lessonName(path), err)
			continue
		}
		l.print("%s\n", resultLine(path, n.Run.Seconds, values))
		if setting.promised() {
			if broken := promises(n, values); len(broken) > 0 {
				failed = append(failed, lessonName(path))
				for _, line := range broken {
					l.print("%s  %s\n", lessonName(path), line)
				}
			}
		}
		if err := l.record(setting, notebook.Names(n), values); err != nil {
			return err
		}
		recorded = true
	}
	if recorded {
		l.log.line("results: %s", l.relative(l.recorded(setting)))
	}
	if len(failed) > 0 {
		return fmt.Errorf("%d of %d lessons failed: %s", len(failed), len(paths), strings.Join(failed, ", "))
	}
	return nil
}

// resultLine is a run's line: the lesson, its seconds, its results.
func resultLine(path string, seconds float64, values map[string]float64) string {
	line := fmt.Sprintf("%s  %.1f s", lessonName(path), seconds)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		line += fmt.Sprintf("  %s=%s", name, strconv.FormatFloat(values[name], 'g', 6, 64))
	}
	return line
}

// promises compares the results with the ranges that the lesson states.
func promises(n *notebook.Notebook, values map[string]float64) []string {
	ranges, err := notebook.Expectations(n)
	if err != nil {
		return []string{err.Error()}
	}
	var broken []string
	for _, name := range slices.Sorted(maps.Keys(ranges)) {
		v, ok := values[name]
		switch {
		case !ok:
			broken = append(broken, fmt.Sprintf("states a range for %s but reports no such result", name))
		case !ranges[name].Holds(v):
			broken = append(broken, fmt.Sprintf("%s = %.6g is not %v, as the lesson states", name, v, ranges[name]))
		}
	}
	return broken
}

// execute runs one lesson and keeps the executed copy.
func (l *lab) execute(ctx context.Context, path string, quick bool) (*notebook.Notebook, error) {
	name := lessonName(path)
	l.log.doing("%s  starting the kernel", name)
	defer l.log.clear()
	n, err := notebook.Execute(ctx, path, l.executed(path, quick), notebook.Options{
		Root: l.root, Quick: quick, Env: l.environment(path, quick),
		Progress: func(p notebook.Progress) {
			if p.Done {
				l.log.done("%s  %d/%d  %s  %.1f s", name, p.Number, p.Of, p.Heading, p.Seconds)
			} else {
				l.log.doing("%s  %d/%d  %s", name, p.Number, p.Of, p.Heading)
			}
		},
	})
	var failure *notebook.CellError
	if errors.As(err, &failure) {
		return nil, fmt.Errorf("%w: see %s", err, l.relative(l.executed(path, quick)))
	}
	return n, err
}

// executed is where the executed copy of a lesson is kept.
func (l *lab) executed(path string, quick bool) string {
	folder := filepath.Join(l.data, "runs", "executed")
	if quick {
		folder = filepath.Join(folder, "quick")
	}
	return filepath.Join(folder, filepath.Base(path))
}

// relative shortens a path for a message where it lies below the working
// folder.
func (l *lab) relative(path string) string {
	if dir, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return path
}
