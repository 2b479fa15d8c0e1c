package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparseq/pkg/notebook"
)

// slidesLab is a checkout with the lessons 00-a and 01-b, a package reveal.js that was fetched,
// and a Python that says what it is asked.
func slidesLab(t *testing.T, python string) (l *lab, out fmt.Stringer) {
	t.Helper()
	l, buffer := newLab(t, map[string][]string{"00-a": {"a.x"}, "01-b": nil})
	sum := sha256.Sum256([]byte("reveal"))
	pinned, err := json.Marshal(pin{File: "reveal.tgz", URL: "https://registry.example/reveal.tgz", SHA256: hex.EncodeToString(sum[:])})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"docker/slides/reveal.json": string(pinned), "data/downloads/reveal.tgz": "reveal",
		".venv/bin/python": "#!/bin/sh\n" + python,
	} {
		if err := notebook.WriteFile(filepath.Join(l.root, name), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(l.root, ".venv", "bin", "python"), 0o755); err != nil {
		t.Fatal(err)
	}
	return l, buffer
}

// ran leaves an executed copy of a lesson.
func ran(t *testing.T, l *lab, name string, quick, ok bool) {
	t.Helper()
	path := filepath.Join(l.root, "notebooks", name+".ipynb")
	n, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf(`{"nbformat":4,"cells":[],"metadata":{"sparseq":{"quick":%v,"ok":%v,"source":%q}}}`, quick, ok, n.Hash())
	if err := notebook.WriteFile(l.executed(path, quick), []byte(text)); err != nil {
		t.Fatal(err)
	}
}

func TestSlides(t *testing.T) {
	const python = `[ "$(cat "$3")" = reveal ] || exit 3
shift 3
for copy; do echo '{"page": "'"$(basename "$copy" .ipynb)"'.html", "bytes": 2500000}'; done
`
	l, out := slidesLab(t, python)
	run := func(args ...string) error { return l.run(t.Context(), append([]string{"slides"}, args...)) }
	complains := func(what string, err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want one line with %q", what, err, want)
		}
	}
	complains("nothing was run", run(), `no slides of 00-a (not run yet), 01-b (not run yet): first make lessons ONLY="00 01"`)
	complains("nothing was run quickly", run("-quick", "01"), `first make lessons ONLY="01" QUICK=1`)
	ran(t, l, "00-a", false, false)
	complains("a cell failed", run("00"), "00-a (a cell failed)")
	if out.String() != "" {
		t.Errorf("it prints %q", out)
	}

	ran(t, l, "00-a", false, true)
	complains("one was run", run(), `no slides of 01-b (not run yet): first make lessons ONLY="01"`)
	if out.String() != "00-a.html  2.5 MB\n" {
		t.Errorf("it prints %q", out)
	}
	ran(t, l, "01-b", false, true)
	if err := run(); err != nil || !strings.HasSuffix(out.String(), "00-a.html  2.5 MB\n01-b.html  2.5 MB\n") {
		t.Errorf("%v, it prints %q", err, out)
	}

	changed := &notebook.Notebook{Cells: []notebook.Cell{{Type: notebook.Markdown, Source: "# Changed"}}}
	if err := changed.Write(filepath.Join(l.root, "notebooks", "00-a.ipynb")); err != nil {
		t.Fatal(err)
	}
	complains("a changed lesson", run("00"), "00-a (changed since it was run)")
	if err := os.WriteFile(l.executed("01-b.ipynb", false), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	complains("a damaged copy", run("01"), "01-b (not run to its end)")
}

func TestSlidesFail(t *testing.T) {
	for _, c := range []struct{ name, python, want string }{
		{"a formula", `echo '{"notebook": "00-a", "error": "the formula cannot be rendered"}'; exit 1`, "00-a: the formula cannot be rendered"},
		{"a broken set-up", "echo Traceback >&2; echo ModuleNotFoundError >&2; exit 1", "the slides failed: ModuleNotFoundError: run make setup"},
	} {
		l, _ := slidesLab(t, c.python)
		ran(t, l, "00-a", true, true)
		if err := l.run(t.Context(), []string{"slides", "-quick", "00"}); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}

	l, _ := slidesLab(t, "exit 0")
	ran(t, l, "00-a", false, true)
	reveal := filepath.Join(l.data, "downloads", "reveal.tgz")
	if err := os.WriteFile(reveal, []byte("another"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := l.run(t.Context(), []string{"slides", "00"}); err == nil || !strings.Contains(err.Error(), "another SHA-256 sum") || strings.Contains(err.Error(), "\n") {
		t.Errorf("another reveal.js: %v", err)
	}
	if err := os.Remove(reveal); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := l.run(stopped, []string{"slides", "00"}); err == nil {
		t.Error("interrupted, and no error")
	}
}

// TestPinnedReveal holds the pin to an exact version.
func TestPinnedReveal(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docker", "slides", "reveal.json"))
	if err != nil {
		t.Fatal(err)
	}
	var p pin
	if err := json.Unmarshal(text, &p); err != nil || len(p.SHA256) != 64 || !strings.HasSuffix(p.URL, "/"+p.File) || !strings.HasPrefix(p.URL, "https://registry.npmjs.org/") {
		t.Errorf("%v: %+v", err, p)
	}
}
