package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparseq/pkg/notebook"
)

func TestFresh(t *testing.T) {
	l, _ := newLab(t, map[string][]string{"00-a": {"a.x"}})
	path := filepath.Join(l.root, "notebooks", "00-a.ipynb")
	n, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	copied := l.executed(path, true)
	write := func(quick, ok bool, hash string) {
		t.Helper()
		text := `{"nbformat":4,"cells":[],"metadata":{"sparseq":{"quick":` + boolText(quick) + `,"ok":` + boolText(ok) + `,"source":"` + hash + `"}}}`
		if err := notebook.WriteFile(copied, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	pkg := filepath.Join(l.root, "pkg", "show", "a.go")
	if l.fresh(path, copied, true) {
		t.Error("a missing copy is fresh")
	}
	for _, c := range []struct {
		name      string
		quick, ok bool
		hash      string
		want      bool
	}{
		{"the same", true, true, n.Hash(), true},
		{"the full setting", false, true, n.Hash(), false},
		{"a failed run", true, false, n.Hash(), false},
		{"other cells", true, true, "0", false},
	} {
		write(c.quick, c.ok, c.hash)
		if got := l.fresh(path, copied, true); got != c.want {
			t.Errorf("%s: fresh %v", c.name, got)
		}
	}
	write(true, true, n.Hash())
	if err := notebook.WriteFile(pkg, nil); err != nil {
		t.Fatal(err)
	}
	hour := time.Now().Add(time.Hour)
	if err := os.Chtimes(pkg, hour, hour); err != nil {
		t.Fatal(err)
	}
	if l.fresh(path, copied, true) {
		t.Error("a copy older than the packages is fresh")
	}
	if err := os.Rename(pkg, strings.Replace(pkg, "a.go", "a_test.go", 1)); err != nil {
		t.Fatal(err)
	}
	if !l.fresh(path, copied, true) {
		t.Error("tests make a copy stale")
	}
}

func boolText(b bool) string { return map[bool]string{true: "true", false: "false"}[b] }

func TestIndex(t *testing.T) {
	l, _ := newLab(t, map[string][]string{"00-a": nil, "01-b": nil})
	for _, name := range []string{"style.css", "index.html.tmpl"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "..", "docker", "export", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := notebook.WriteFile(filepath.Join(l.root, "docker", "export", name), b); err != nil {
			t.Fatal(err)
		}
	}
	page := filepath.Join(l.pages(), "00-a.html")
	about := `<script id="lesson" type="application/json">{"title":"A \u003cb>","about":"x & y","seconds":3.4,"quick":true,"results":{"a.x":0.5}}</script>`
	if err := notebook.WriteFile(page, []byte(about)); err != nil {
		t.Fatal(err)
	}
	if err := l.index(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(l.pages(), "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<a href="00-a.html">A &lt;b&gt;</a>`, "x &amp; y", "3 s, in the quick setting", "<code>a.x = 0.5</code>", "ol.lessons"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the index lacks %s", want)
		}
	}
	if strings.Contains(string(b), "01-b") {
		t.Error("the index lists a page that is not there")
	}
	if err := os.WriteFile(page, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := l.index(); err == nil || !strings.Contains(err.Error(), "export the lesson again") {
		t.Errorf("a strange page: %v", err)
	}
}
