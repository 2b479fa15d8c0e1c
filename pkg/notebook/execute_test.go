package notebook

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// fakeRoot is a checkout whose .venv/bin/python is the given shell script; it
// gets execute.py's arguments, so that the last one is the executed notebook.
func fakeRoot(t *testing.T, script string) string {
	t.Helper()
	root := t.TempDir()
	bin := filepath.Join(root, ".venv", "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	script = "#!/bin/sh\nfor out; do :; done\n" + script
	if err := os.WriteFile(filepath.Join(bin, "python"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return root
}

// saved writes the notebook to a file of its own.
func saved(t *testing.T, n *Notebook) (in, out string) {
	t.Helper()
	dir := t.TempDir()
	in = filepath.Join(dir, "in.ipynb")
	if err := n.Write(in); err != nil {
		t.Fatal(err)
	}
	return in, filepath.Join(dir, "out.ipynb")
}

func TestExecuteFollowsTheRun(t *testing.T) {
	in, out := saved(t, lesson())
	root := fakeRoot(t, `cp "`+in+`" "$out"
echo '{"event":"start","cells":4}'
echo 'a stray line'
echo '{"event":"cell","cell":2,"number":1}'
echo '{"event":"done","cell":2,"number":1,"seconds":0.5,"ok":true}'
echo '{"event":"end","ok":true,"seconds":1}'`)
	var got []Progress
	n, err := Execute(t.Context(), in, out, Options{Root: root, Progress: func(p Progress) { got = append(got, p) }})
	if err != nil || len(n.Cells) != 7 {
		t.Fatal(n, err)
	}
	want := []Progress{
		{Cell: 2, Number: 1, Of: 4, Heading: "Doubling"},
		{Cell: 2, Number: 1, Of: 4, Heading: "Doubling", Done: true, OK: true, Seconds: .5},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("progress %+v, want %+v", got, want)
	}
}

func TestExecutePassesTheSetting(t *testing.T) {
	in, out := saved(t, lesson())
	root := fakeRoot(t, `cp "`+in+`" "$out"
echo "quick=$SPARSEQ_QUICK more=$MORE $*" >"$out.args"
echo '{"event":"end","ok":true}'`)
	o := Options{Root: root, Quick: true, Env: []string{"MORE=1"}, Timeout: time.Minute}
	if _, err := Execute(t.Context(), in, out, o); err != nil {
		t.Fatal(err)
	}
	args, err := os.ReadFile(out + ".args")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"quick=1 more=1", "--timeout 60", "--dir " + filepath.Dir(in), `"quick":true`, lesson().Hash()} {
		if !strings.Contains(string(args), want) {
			t.Errorf("the run got %s, want %s", args, want)
		}
	}
}

func TestExecuteSaysWhatFailed(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"a cell", `cp "$in" "$out"; echo '{"event":"end","cell":5,"message":"no double"}'`, "cell 6 (Exercise): no double"},
		{"the run", `echo '{"event":"end","message":"the kernel gonb is not installed"}'`, "the kernel gonb is not installed"},
		{"python", "echo Traceback >&2; echo 'ModuleNotFoundError: nbclient' >&2; exit 1", "ended early: ModuleNotFoundError: nbclient"},
		{"python, silently", "exit 3", "ended early: exit status 3"},
		{"python, at ease", "exit 0", "ended early: it said nothing"},
	} {
		in, out := saved(t, lesson())
		_, err := Execute(t.Context(), in, out, Options{Root: fakeRoot(t, "in='"+in+"'\n"+c.script)})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
	in, out := saved(t, lesson())
	if _, err := Execute(t.Context(), in, out, Options{Root: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "make setup") {
		t.Errorf("without .venv: %v", err)
	}
}

// labRoot is this checkout, set up; the test is skipped unless lessons are to
// be run.
func labRoot(t *testing.T) string {
	t.Helper()
	if os.Getenv("SPARSEQ_LESSONS") != "1" {
		t.Skip("make test runs the Go kernel (SPARSEQ_LESSONS=1)")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, ".venv", "bin", "gonb")); err != nil {
		t.Skip("no Go kernel in .venv: make setup installs it")
	}
	return root
}

// failing is a notebook whose second code cell is the given one.
func failing(source string) *Notebook {
	n := &Notebook{Cells: []Cell{
		md("# T"), code("import \"fmt\"\n\n%%\nfmt.Println(\"first\")"), md("## Two"), code(source),
		code("%%\nfmt.Println(\"never\")")}}
	n.Normalise()
	return n
}

func TestExecuteRunsTheKernel(t *testing.T) {
	root := labRoot(t)
	in, out := saved(t, failing("%%\nfmt.Println(\"second\", 6*7)"))
	n, err := Execute(t.Context(), in, out, Options{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	if got := n.Cells[3].Outputs; len(got) != 1 || got[0].Text != "second 42\n" || n.Cells[4].Count != 3 {
		t.Errorf("outputs %+v, count %d", got, n.Cells[4].Count)
	}
	if source, _ := Read(in); n.Run == nil || !n.Run.OK || n.Run.Seconds <= 0 || n.Run.Source != source.Hash() {
		t.Errorf("run %+v", n.Run)
	}
	nothingLeft(t)
}

func TestExecuteNamesTheFailingCell(t *testing.T) {
	root := labRoot(t)
	for _, c := range []struct{ name, source, want string }{
		{"compile", "%%\nvar x int = \"s\"\nfmt.Println(x)", "its line 2 does not compile: cannot use \"s\""},
		{"exit", "import \"os\"\n\n%%\nfmt.Fprintln(os.Stderr, \"the file is missing: add it\")\nos.Exit(1)", "the file is missing: add it"},
		{"panic", "%%\nvar m map[string]int\nm[\"a\"] = 1", "panic: assignment to entry in nil map"},
		{"death", "import (\n\t\"os\"\n\t\"syscall\"\n)\n\n%%\nsyscall.Kill(os.Getppid(), syscall.SIGKILL)\nselect {}", "the kernel died"},
		{"timeout", "import \"time\"\n\n%%\ntime.Sleep(time.Hour)", "longer than 3 s"},
	} {
		in, out := saved(t, failing(c.source))
		n, err := Execute(t.Context(), in, out, Options{Root: root, Timeout: 3 * time.Second})
		var failure *CellError
		if !errors.As(err, &failure) || failure.Cell != 3 || failure.Heading != "Two" || !strings.Contains(failure.Message, c.want) {
			t.Errorf("%s: error %v, want cell 4 (Two) and %q", c.name, err, c.want)
			continue
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the error has several lines: %q", c.name, err)
		}
		if n == nil || len(n.Cells[1].Outputs) != 1 || len(n.Cells[4].Outputs) != 0 || n.Run == nil || n.Run.OK {
			t.Errorf("%s: the outputs so far were not kept", c.name)
		}
	}
	nothingLeft(t)
}

func TestExecuteIsInterrupted(t *testing.T) {
	root := labRoot(t)
	in, out := saved(t, failing("import \"time\"\n\n%%\ntime.Sleep(time.Hour)"))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	start := time.Now()
	_, err := Execute(ctx, in, out, Options{Root: root, Progress: func(p Progress) {
		if p.Cell == 3 {
			time.AfterFunc(time.Second, cancel)
		}
	}})
	if !errors.Is(err, context.Canceled) || time.Since(start) > time.Minute {
		t.Errorf("error %v after %v", err, time.Since(start))
	}
	if n, err := Read(out); err != nil || len(n.Cells[1].Outputs) != 1 {
		t.Errorf("the outputs so far were not kept: %v", err)
	}
	nothingLeft(t)
}

// nothingLeft checks that no folder of a run and no process in one is left.
func nothingLeft(t *testing.T) {
	t.Helper()
	mine := fmt.Sprintf("sparseq-run-%d-", os.Getpid())
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), mine+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if out, err := exec.Command("ps", "-eo", "args").Output(); err == nil && strings.Contains(string(out), mine) {
		t.Error("a process of a run is left")
	}
}
