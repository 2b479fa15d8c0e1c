package main

import (
	"bytes"
	"html/template"
	"os"
	"path/filepath"
	"regexp"

	"sparseq/pkg/notebook"
)

// neighbours is where a page leads to the lessons before and after it.
var (
	neighbours  = regexp.MustCompile(`(?s)<span class="neighbours">.*?</span>`)
	connections = template.Must(template.New("").Parse(`<span class="neighbours">` +
		`{{with .Before}}<a rel="prev" href="{{.Page}}">← {{.Title}}</a>{{end}}` +
		`{{with .After}} <a rel="next" href="{{.Page}}">{{.Title}} →</a>{{end}}</span>`))
)

// connect leads from each page to those before and after it that there are, so that no link is
// dead, whichever lessons were exported.
func (l *lab) connect(entries []*entry) error {
	var pages []*entry
	for _, e := range entries {
		if e.Page != "" {
			pages = append(pages, e)
		}
	}
	for i, e := range pages {
		var links struct{ Before, After *entry }
		if i > 0 {
			links.Before = pages[i-1]
		}
		if i+1 < len(pages) {
			links.After = pages[i+1]
		}
		var b bytes.Buffer
		if err := connections.Execute(&b, links); err != nil {
			return err
		}
		path := filepath.Join(l.pages(), e.Page)
		page, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		connected := neighbours.ReplaceAllLiteral(page, b.Bytes())
		if bytes.Equal(connected, page) {
			continue
		}
		if err := notebook.WriteFile(path, connected); err != nil {
			return err
		}
	}
	return nil
}
