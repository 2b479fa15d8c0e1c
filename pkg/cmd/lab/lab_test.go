package main

import (
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

func TestRecordMerges(t *testing.T) {
	l, _ := newLab(t, map[string][]string{"00-a": {"a.x", "a.y"}, "01-b": {"b.x"}})
	path := filepath.Join(l.data, "runs", "results.json")
	old := `{"a.x": 1, "a.y": 2, "b.x": 3, "gone.x": 4}`
	if err := notebook.WriteFile(path, []byte(old)); err != nil {
		t.Fatal(err)
	}
	earlier, err := l.earlier(setting{})
	if err != nil {
		t.Fatal(err)
	}
	// Lesson a was run again and did not report a.y.
	if err := l.record(setting{}, earlier, []string{"a.x", "a.y"}, map[string]float64{"a.x": 7}); err != nil {
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
	if _, err := l.earlier(setting{}); err == nil || !strings.Contains(err.Error(), "delete it") {
		t.Errorf("a damaged file: %v", err)
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

func TestStatus(t *testing.T) {
	var b bytes.Buffer
	s := &status{w: &b, live: true}
	s.doing("%s", strings.Repeat("é", 100))
	s.done("left out")
	s.line("kept")
	lines := strings.Split(b.String(), "\r\x1b[K")
	if len(lines) != 3 || len([]rune(lines[1])) != statusWidth || lines[2] != "kept\n" {
		t.Errorf("on a terminal: %q", lines)
	}
	b.Reset()
	s = &status{w: &b}
	s.doing("unseen")
	s.done("step")
	s.line("line")
	if b.String() != "step\nline\n" {
		t.Errorf("elsewhere: %q", b.String())
	}
}

// TestStatusFromSeveralGoroutines is for the race detector: the clock draws
// while lines change.
func TestStatusFromSeveralGoroutines(t *testing.T) {
	s := &status{w: io.Discard, live: true}
	done := make(chan bool)
	for range 4 {
		go func() {
			for range 200 {
				s.doing("x")
				s.clear()
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
}

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
