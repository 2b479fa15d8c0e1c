package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"sparseq/pkg/notebook"
)

// entry is one lesson in the index: what its page says of itself, so that the two always agree.
type entry struct {
	Page     string // the page's file, "" while there is none
	Title    string
	About    string  // the lesson's first paragraph
	Ran      string  // day of the run, as 2006-01-02, "" if it was not run
	Seconds  float64 // that the run took
	Quick    bool    // in the quick setting
	Sample   bool    // on the bundled sample of reviews
	Failure  string  // why the run failed, "" if it did not
	Source   string  // hash of the cells that were run
	Results  map[string]float64
	Picture  string // of a figure, as a data URL
	Alt      string // what the picture shows
	Sections []section

	names   []string // of the results, in the lesson's order
	changed bool     // the lesson is not the one that was run
}

// section is a heading and the prose below it.
type section struct {
	Anchor  string `json:"anchor"`
	Heading string `json:"heading"`
	Text    string `json:"text"`
}

var aboutLesson = regexp.MustCompile(`<script[^>]* id="lesson"[^>]*>(.*?)</script>`)

// entry reads what the page of a lesson says of itself, or the lesson where there is no page.
func (l *lab) entry(path string) (*entry, error) {
	n, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	name := lessonName(path) + ".html"
	page, err := os.ReadFile(filepath.Join(l.pages(), name))
	if errors.Is(err, fs.ErrNotExist) {
		return &entry{Title: n.Title()}, nil
	}
	if err != nil {
		return nil, err
	}
	e := &entry{}
	about := aboutLesson.FindSubmatch(page)
	if about == nil || json.Unmarshal(about[1], e) != nil {
		return nil, fmt.Errorf("%s does not say what it is: delete it and export the lesson again", l.relative(filepath.Join(l.pages(), name)))
	}
	e.Page, e.names, e.changed = name, notebook.Names(n), e.Source != n.Hash()
	return e, nil
}

// State is how the lesson's run went, in a word for the style.
func (e *entry) State() string {
	switch {
	case e.Ran == "":
		return "none"
	case e.Failure != "":
		return "failed"
	}
	return "good"
}

// Status is how the lesson's run went.
func (e *entry) Status() string {
	switch e.State() {
	case "none":
		return "not run"
	case "failed":
		return fmt.Sprintf("failed on %s: %s", e.Ran, e.Failure)
	}
	said := fmt.Sprintf("run on %s in %s", e.Ran, duration(e.Seconds))
	if e.Quick {
		said += ", in the quick setting"
	}
	if e.Sample {
		said += ", on the bundled sample"
	}
	if e.changed {
		said += ", before the lesson's last change"
	}
	return said
}

// duration writes seconds as people say them.
func duration(seconds float64) string {
	if seconds < 120 {
		return fmt.Sprintf("%.0f s", seconds)
	}
	return fmt.Sprintf("%.0f min", seconds/60)
}

var dataURL = regexp.MustCompile(`^data:image/(svg\+xml|png|jpeg);base64,[A-Za-z0-9+/=]+$`)

// Image is the picture where it is one that runs nothing and loads nothing.
func (e *entry) Image() template.URL {
	if !dataURL.MatchString(e.Picture) {
		return ""
	}
	return template.URL(e.Picture)
}

// result is a named result as a reader wants to see it.
type result struct{ Name, What, Value, Reference string }

// Measured lists the results in the lesson's order. What others measured holds beside the full
// setting on the real reviews only.
func (e *entry) Measured() []result {
	names := slices.Clone(e.names)
	for _, name := range slices.Sorted(maps.Keys(e.Results)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var list []result
	for _, name := range names {
		v, ok := e.Results[name]
		if !ok {
			continue
		}
		r := result{Name: name, Value: strconv.FormatFloat(v, 'g', 4, 64)}
		if m, ok := measures[name]; ok {
			r.What, r.Value = m.what, m.format(v)
			if !e.Quick && !e.Sample {
				r.Reference = m.reference
			}
		}
		list = append(list, r)
	}
	return list
}
