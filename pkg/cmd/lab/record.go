package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sparseq/pkg/notebook"
)

// setting is what results hold for.
type setting struct {
	quick     bool
	sample    bool     // the reviews are the bundled sample
	overrides []string // environment variables that change parameters
}

// promised tells whether the ranges that lessons state hold in the setting:
// the full one, on the real reviews.
func (s setting) promised() bool { return !s.quick && !s.sample && len(s.overrides) == 0 }

// file is where results in the setting are recorded, so that others never
// take the place of the full ones.
func (s setting) file() string {
	switch {
	case len(s.overrides) > 0:
		return "results-custom.json"
	case s.quick:
		return "results-quick.json"
	case s.sample:
		return "results-sample.json"
	}
	return "results.json"
}

// setting finds out what the results will hold for, and makes the reviews
// ready if a lesson reads them.
func (l *lab) setting(ctx context.Context, paths []string, quick bool) (setting, error) {
	s := setting{quick: quick, overrides: overridden(os.Environ())}
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			return s, err
		}
		if !slices.ContainsFunc(n.Cells, func(c notebook.Cell) bool {
			return c.Type == notebook.Code && strings.Contains(c.Source, `"sparseq/pkg/imdb"`)
		}) {
			continue
		}
		source, err := l.reviews(ctx)
		if err != nil {
			return s, err
		}
		s.sample = source.Sample
		l.log.line("%v", source)
		break
	}
	if len(s.overrides) > 0 {
		l.log.line("%s: the results are not those of a setting of the lessons", strings.Join(s.overrides, ", "))
	}
	return s, nil
}

// earlier reads the results of earlier runs in the setting, and keeps those
// that lessons still report.
func (l *lab) earlier(s setting) (map[string]float64, error) {
	old, err := readResults(l.recorded(s))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	all, err := l.choose(nil)
	if err != nil {
		return nil, err
	}
	kept := map[string]float64{}
	for _, path := range all {
		n, err := notebook.Read(path)
		if err != nil {
			return nil, err
		}
		for _, name := range notebook.Names(n) {
			if v, ok := old[name]; ok {
				kept[name] = v
			}
		}
	}
	return kept, nil
}

// record writes a lesson's results beside those that are there by now: another run may have
// written some meanwhile. names are all that the lesson reports: an earlier value of theirs
// never survives.
func (l *lab) record(s setting, names []string, results map[string]float64) error {
	all, err := l.earlier(s)
	if err != nil {
		return err
	}
	maps.DeleteFunc(all, func(name string, _ float64) bool { return slices.Contains(names, name) })
	maps.Copy(all, results)
	b, err := json.MarshalIndent(all, "", " ") // keys come out sorted
	if err != nil {
		return err
	}
	return notebook.WriteFile(l.recorded(s), append(b, '\n'))
}

// recorded is where results in the setting are kept.
func (l *lab) recorded(s setting) string { return filepath.Join(l.data, "runs", s.file()) }

// readResults reads a flat object of names and numbers.
func readResults(path string) (map[string]float64, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var results map[string]float64
	if err := json.Unmarshal(b, &results); err != nil {
		return nil, fmt.Errorf("%s is damaged (%w): delete it and run the lessons again", path, err)
	}
	return results, nil
}
