package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sparseq/pkg/notebook"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		m    measure
		v    float64
		want string
	}{
		{measure{digits: 4}, .88224, "0.8822"},
		{measure{digits: 4}, 12.3456, "12.35"},
		{measure{digits: 2, unit: "s"}, .0513, "0.051 s"},
		{measure{digits: 2, unit: "s"}, 1234, "1234 s"},
		{measure{digits: 3}, 0, "0.000"},
		{measure{digits: 3}, -2.5, "-2.50"},
	} {
		if got := c.m.format(c.v); got != c.want {
			t.Errorf("%+v of %g: %q, want %q", c.m, c.v, got, c.want)
		}
	}
}

func TestReadmeCommand(t *testing.T) {
	l, _ := newLab(t, map[string][]string{"00-a": {"imdb1.accuracy"}})
	path := filepath.Join(l.root, "README.md")
	put := func(path, text string) {
		t.Helper()
		if err := notebook.WriteFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	put(l.recorded(setting{}), `{"imdb1.accuracy": 0.88211}`)
	put(path, "a\n"+tableBegin+"old\n"+tableEnd+"\nb\n")
	if err := l.readme(); err != nil {
		t.Fatal(err)
	}
	b, _ := os.ReadFile(path)
	row := "| [00-a](notebooks/00-a.ipynb) | test accuracy, mean of three trainings (`imdb1.accuracy`) | 0.8821 |"
	if s := string(b); !strings.Contains(s, row) || strings.Contains(s, "old") || !strings.HasPrefix(s, "a\n<!--") || !strings.HasSuffix(s, "-->\nb\n") {
		t.Errorf("README is %s", s)
	}
	put(path, "no table")
	if err := l.readme(); err == nil || !strings.Contains(err.Error(), "results:begin") {
		t.Errorf("a README without a table: %v", err)
	}
	put(l.recorded(setting{}), `{}`)
	if err := l.readme(); err == nil || !strings.Contains(err.Error(), "not measured yet") {
		t.Errorf("a missing result: %v", err)
	}
	l, _ = newLab(t, map[string][]string{"00-a": {"new.result"}})
	put(l.recorded(setting{}), `{"new.result": 1}`)
	if err := l.readme(); err == nil || !strings.Contains(err.Error(), "does not describe") {
		t.Errorf("a result without a description: %v", err)
	}
}

var measuredRow = regexp.MustCompile("\\(`([^`]+)`\\) \\| ([-0-9.]+)")

// TestReadme holds the README's table to the lessons: it has exactly their
// named results, in the form that lab readme writes, with values inside the
// ranges that the lessons state, and those of the last full run if there is
// one.
func TestReadme(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	b, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, got, _, err := splitReadme(string(b))
	if err != nil {
		t.Fatal(err)
	}
	l := &lab{root: root, data: filepath.Join(root, "data")}
	lessons, err := l.choose(nil)
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]float64{}
	var names []string
	for _, m := range measuredRow.FindAllStringSubmatch(got, -1) {
		v, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			t.Errorf("%s: %v", m[1], err)
		}
		written[m[1]] = v
		names = append(names, m[1])
	}
	var wanted, broken []string
	for _, path := range lessons {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		wanted = append(wanted, notebook.Names(n)...)
		broken = append(broken, promises(n, written)...)
	}
	if !slices.Equal(names, wanted) {
		t.Fatalf("README has the results %q, the lessons report %q: run make lessons and make readme", names, wanted)
	}
	for _, line := range broken {
		t.Error(line)
	}
	if want, err := table(lessons, written); err != nil || got != want {
		t.Errorf("the table is not as lab readme writes it: run make readme\n%s\nwant\n%s%v", got, want, err)
	}
	results, err := readResults(l.recorded(setting{}))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if want, err := table(lessons, results); err != nil || got != want {
		t.Errorf("the table is not that of the last full run: run make readme\n%s\nwant\n%s%v", got, want, err)
	}
}
