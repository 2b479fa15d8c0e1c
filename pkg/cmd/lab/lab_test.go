package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparseq/pkg/notebook"
)

// newLab is a checkout with the given lessons, each of which reports the
// results named after it.
func newLab(t *testing.T, lessons map[string][]string) (*lab, *bytes.Buffer) {
	t.Helper()
	root := t.TempDir()
	for name, results := range lessons {
		n := &notebook.Notebook{Cells: []notebook.Cell{{Type: notebook.Markdown, Source: "# " + name, Slide: "slide"}}}
		for _, result := range results {
			n.Cells = append(n.Cells, notebook.Cell{
				Type: notebook.Code, Source: "%%\nlesson.Result(\"" + result + "\", 1)", Slide: "slide"})
		}
		if err := n.Write(filepath.Join(root, "notebooks", name+".ipynb")); err != nil {
			t.Fatal(err)
		}
	}
	out := new(bytes.Buffer)
	return &lab{root: root, data: filepath.Join(root, "data"), out: out, log: &status{w: io.Discard}}, out
}

func TestChoose(t *testing.T) {
	l, _ := newLab(t, map[string][]string{"00-a": nil, "01-b-c": nil, "02-d": nil})
	for _, c := range []struct {
		names []string
		want  string
	}{
		{nil, "00-a 01-b-c 02-d"},
		{[]string{"01"}, "01-b-c"},
		{[]string{"02", "00-a"}, "00-a 02-d"},
		{[]string{"notebooks/01-b-c.ipynb", "01"}, "01-b-c"},
	} {
		paths, err := l.choose(c.names)
		var got []string
		for _, path := range paths {
			got = append(got, lessonName(path))
		}
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("choose(%q) = %q, %v, want %s", c.names, got, err, c.want)
		}
	}
	for _, bad := range []string{"03", "0", "b", ""} {
		if _, err := l.choose([]string{bad}); err == nil || !strings.Contains(err.Error(), "there are 00-a, 01-b-c, 02-d") {
			t.Errorf("choose(%q): error %v", bad, err)
		}
	}
	l.root = t.TempDir()
	if _, err := l.choose(nil); err == nil {
		t.Error("a folder without lessons was taken")
	}
}

func TestBadCommands(t *testing.T) {
	l, _ := newLab(t, map[string][]string{"00-a": nil})
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"dance"}, `"dance" is no command`},
		{[]string{"lessons", "-fast"}, "-fast"},
		{[]string{"tidy", "-quick"}, "-quick"},
		{[]string{"lessons", "07"}, "there is no lesson"},
		{[]string{"readme", "00"}, "takes no arguments"},
		{[]string{"readme"}, "run make lessons"},
		{[]string{"html", "00"}, "make setup"},
		{[]string{"lessons", "00"}, "1 of 1 lessons failed: 00-a"},
	} {
		if err := l.run(t.Context(), c.args); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: error %v, want one line with %q", c.args, err, c.want)
		}
	}
	if err := l.run(t.Context(), nil); err == nil {
		t.Error("no command is no error")
	}
}

func TestTidy(t *testing.T) {
	l, out := newLab(t, map[string][]string{"00-a": {"a.x"}})
	path := filepath.Join(l.root, "notebooks", "00-a.ipynb")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(good, []byte("\n "), []byte("\n    ")), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := l.run(t.Context(), []string{"tidy"}); err != nil || out.String() != "00-a  tidied\n" {
		t.Errorf("%v, said %q", err, out)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(after, good) {
		t.Errorf("tidied to %s", after)
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(good, []byte("# 00-a"), []byte("00-a")), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := l.run(t.Context(), []string{"tidy", "00"}); err == nil || !strings.Contains(out.String(), "title") {
		t.Errorf("a fault was not told: %v, %q", err, out)
	}
}
