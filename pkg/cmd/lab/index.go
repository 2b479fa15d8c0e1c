package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"sparseq/pkg/notebook"
)

// entry is one lesson in the index: what its page says of itself, so that the
// two always agree.
type entry struct {
	Page    string `json:"-"`
	Title   string
	About   string
	Seconds float64
	Quick   bool
	Results map[string]float64
}

// Sorted lists the results as name = value.
func (e entry) Sorted() []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(e.Results)) {
		list = append(list, name+" = "+strconv.FormatFloat(e.Results[name], 'g', 4, 64))
	}
	return list
}

var aboutLesson = regexp.MustCompile(`<script[^>]* id="lesson"[^>]*>(.*?)</script>`)

// index writes the page that lists the pages there are.
func (l *lab) index() error {
	all, err := l.choose(nil)
	if err != nil {
		return err
	}
	var entries []entry
	for _, path := range all {
		e := entry{Page: lessonName(path) + ".html"}
		page, err := os.ReadFile(filepath.Join(l.pages(), e.Page))
		if err != nil {
			continue // not exported yet
		}
		about := aboutLesson.FindSubmatch(page)
		if about == nil || json.Unmarshal(about[1], &e) != nil {
			return fmt.Errorf("%s does not say what it is: delete it and export the lesson again", l.relative(filepath.Join(l.pages(), e.Page)))
		}
		entries = append(entries, e)
	}
	folder := filepath.Join(l.root, "docker", "export")
	style, err := os.ReadFile(filepath.Join(folder, "style.css"))
	if err != nil {
		return err
	}
	t, err := template.ParseFiles(filepath.Join(folder, "index.html.tmpl"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, map[string]any{"Style": template.CSS(style), "Lessons": entries}); err != nil {
		return err
	}
	path := filepath.Join(l.pages(), "index.html")
	if err := notebook.WriteFile(path, b.Bytes()); err != nil {
		return err
	}
	l.print("%s\n", l.relative(path))
	return nil
}
