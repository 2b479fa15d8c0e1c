package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sparseq/pkg/notebook"
)

func TestRecordMerges(t *testing.T) {
	l, _ := newLab(t, map[string][]string{"00-a": {"a.x", "a.y"}, "01-b": {"b.x"}})
	path := filepath.Join(l.data, "runs", "results.json")
	old := `{"a.x": 1, "a.y": 2, "b.x": 3, "gone.x": 4}`
	if err := notebook.WriteFile(path, []byte(old)); err != nil {
		t.Fatal(err)
	}
	// Lesson a was run again and did not report a.y.
	if err := l.record(setting{}, []string{"a.x", "a.y"}, map[string]float64{"a.x": 7}); err != nil {
		t.Fatal(err)
	}
	got, err := readResults(path)
	if want := map[string]float64{"a.x": 7, "b.x": 3}; err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	b, _ := os.ReadFile(path)
	if string(b) != "{\n \"a.x\": 7,\n \"b.x\": 3\n}\n" {
		t.Errorf("the file is %s", b)
	}
	if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := l.record(setting{}, nil, nil); err == nil || !strings.Contains(err.Error(), "delete it") {
		t.Errorf("a damaged file: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := l.record(setting{}, []string{"b.x"}, map[string]float64{"b.x": 8}); err != nil {
		t.Errorf("the first results: %v", err)
	}
}

func TestSettingsHaveFilesOfTheirOwn(t *testing.T) {
	files := map[string]bool{}
	for _, s := range []setting{{}, {quick: true}, {sample: true}, {overrides: []string{"SPARSEQ_EPOCHS"}}} {
		files[s.file()] = true
		if full := s.file() == "results.json"; full != s.promised() {
			t.Errorf("%+v: file %s, promised %v", s, s.file(), s.promised())
		}
	}
	if len(files) != 4 {
		t.Errorf("files %v", files)
	}
	got := overridden([]string{"HOME=/x", "SPARSEQ_QUICK=1", "SPARSEQ_EPOCHS=3", "SPARSEQ_BATCH=", "SPARSEQ_IMDB=a=b"})
	if !slices.Equal(got, []string{"SPARSEQ_EPOCHS"}) {
		t.Errorf("overridden %q", got)
	}
}

func TestPromises(t *testing.T) {
	n := &notebook.Notebook{Cells: []notebook.Cell{{Type: notebook.Markdown,
		Source: "`a.x` between 1 and 2, `a.y` between 0 and 1, `a.z` between 0 and 9"}}}
	got := promises(n, map[string]float64{"a.x": 1.5, "a.y": 1.25, "a.q": 100})
	if len(got) != 2 || !strings.Contains(got[0], "a.y = 1.25 is not between 0 and 1") || !strings.Contains(got[1], "a.z") {
		t.Errorf("got %q", got)
	}
	if line := resultLine("notebooks/00-a.ipynb", 12.34, map[string]float64{"a.y": .5, "a.x": 1e-3}); line != "00-a  12.3 s  a.x=0.001  a.y=0.5" {
		t.Errorf("line %q", line)
	}
}
