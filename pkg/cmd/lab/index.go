package main

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"

	"sparseq/pkg/notebook"
)

// index writes the page that lists the lessons and searches those that have pages, and leads from
// each page to its neighbours.
func (l *lab) index() error {
	all, err := l.choose(nil)
	if err != nil {
		return err
	}
	var entries []*entry
	for _, path := range all {
		e, err := l.entry(path)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	if err := l.connect(entries); err != nil {
		return err
	}
	folder := filepath.Join(l.root, "docker", "export")
	var parts [3]string
	for i, name := range []string{"style.css", "colours.js", "search.js"} {
		b, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		parts[i] = string(b)
	}
	t, err := template.ParseFiles(filepath.Join(folder, "index.html.tmpl"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, map[string]any{
		"Style": template.CSS(parts[0]), "Colours": template.JS(parts[1]), "Search": template.JS(parts[2]),
		"Lessons": entries, "Remark": remark(entries), "Sections": sections(entries),
	}); err != nil {
		return err
	}
	path := filepath.Join(l.pages(), "index.html")
	if err := notebook.WriteFile(path, b.Bytes()); err != nil {
		return err
	}
	l.print("%s\n", l.relative(path))
	return nil
}

// remark says what holds for the results of several lessons, "" if nothing.
func remark(entries []*entry) string {
	ran, quick, sample := 0, 0, 0
	for _, e := range entries {
		if e.Ran == "" {
			continue
		}
		ran++
		if e.Quick {
			quick++
		}
		if e.Sample {
			sample++
		}
	}
	var said []string
	if quick > 0 {
		said = append(said, fmt.Sprintf("%s in the quick setting, which learns from little and for a short time", share(quick, ran)))
	}
	if sample > 0 {
		said = append(said, fmt.Sprintf("%s on the bundled sample of generated reviews instead of the real ones", share(sample, ran)))
	}
	if len(said) == 0 {
		return ""
	}
	return strings.Join(said, "; ") + ". Their results show how the pages look, not what the models can do."
}

// share says how many of the lessons were run so.
func share(n, of int) string {
	if n == of {
		return "All lessons here were run"
	}
	return fmt.Sprintf("%d of %d lessons here were run", n, of)
}

// found is what the search knows of one lesson.
type found struct {
	Page     string    `json:"page"`
	Title    string    `json:"title"`
	Sections []section `json:"sections"`
}

// sections collects what can be found.
func sections(entries []*entry) []found {
	list := []found{}
	for _, e := range entries {
		if e.Page != "" {
			list = append(list, found{e.Page, e.Title, e.Sections})
		}
	}
	return list
}
