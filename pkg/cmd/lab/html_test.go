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

// pretender stands in for Python: it "runs" lessons, of which 01 fails in its first cell, and
// "exports" them as pages that say whether they failed.
const pretender = `#!/bin/sh
script=$1
shift
case $script in
*execute.py)
	while [ $# -gt 2 ]; do
		[ "$1" != --record ] || record=${2#\{}
		shift
	done
	case $1 in *01-b*) ok=false ;; *) ok=true ;; esac
	mkdir -p "${2%/*}"
	printf '{"nbformat":4,"cells":[],"metadata":{"sparseq":{"ok":%s,"seconds":1,%s}}' $ok "$record" >"$2"
	printf '{"event":"start","cells":1}\n{"event":"end","ok":%s,"seconds":1,"cell":0,"message":"boom"}\n' $ok
	[ $ok = true ]
	;;
*export.py)
	folder=$1
	shift
	mkdir -p "$folder"
	for copy; do
		name=$(basename "$copy" .ipynb)
		failure=
		grep -q '"ok":true' "$copy" || failure=boom
		printf '<script id="lesson" type="application/json">{"title":"%s","ran":"2026-11-24","failure":"%s"}</script>' "$name" "$failure" >"$folder/$name.html"
		printf '{"page":"%s","bytes":1}\n' "$folder/$name.html"
	done
	;;
esac
`

func TestHTMLWithAFailure(t *testing.T) {
	l := exported(t, map[string][]string{"00-a": {"a.x"}, "01-b": {"b.x"}, "02-c": {"c.x"}}, nil)
	python := filepath.Join(l.root, ".venv", "bin", "python")
	if err := notebook.WriteFile(python, []byte(pretender)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(python, 0o755); err != nil {
		t.Fatal(err)
	}
	err := l.run(t.Context(), []string{"html", "-quick"})
	if err == nil || err.Error() != "1 of 3 lessons failed: 01-b" {
		t.Fatalf("error %v", err)
	}
	index := page(t, l, "index.html")
	for _, want := range []string{`<a href="00-a.html">00-a</a>`, `<a href="01-b.html">01-b</a>`, "failed on 2026-11-24: boom", `<a href="02-c.html">02-c</a>`} {
		if !strings.Contains(index, want) {
			t.Errorf("the index lacks %s", want)
		}
	}
	if strings.Count(index, "failed on") != 1 {
		t.Error("another lesson failed too")
	}
	if err := l.run(t.Context(), []string{"html", "-quick", "00", "02"}); err != nil {
		t.Errorf("those that are well: %v", err)
	}
}
