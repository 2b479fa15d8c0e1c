package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// md and code are cells of test notebooks.
func md(source string, tags ...string) Cell {
	return Cell{Type: Markdown, Source: source, Tags: tags, Slide: "slide"}
}

func code(source string, tags ...string) Cell {
	return Cell{Type: Code, Source: source, Tags: tags, Slide: "slide"}
}

// solution is a solution cell around Go code.
func solution(code string) Cell {
	return md("<details><summary>Solution</summary>\n\n```go\n"+code+"\n```\n\n</details>", TagSolution)
}

// lesson is a faultless lesson with one exercise.
func lesson() *Notebook {
	n := &Notebook{Cells: []Cell{
		md("# Doubling\n\nYou should see `double.value` between 1 and 3."),
		code("import \"sparseq/pkg/lesson\"\n\nvar size = lesson.Int(\"size\", 10, 2)", TagParameters),
		code("%%\nlesson.Result(\"double.value\", 2)"),
		md("## Exercise"),
		code("func double(x int) int { return 0 }", TagExercise),
		code("%%\nlesson.Check(\"double\", double(2), 4)", TagCheck),
		solution("func double(x int) int { return 2 * x }"),
	}}
	n.Normalise()
	return n
}

func TestParseReadsWhatTheLabUses(t *testing.T) {
	n, err := Parse([]byte(`{"nbformat":4,"nbformat_minor":5,
		"metadata":{"kernelspec":{"name":"gonb"},"sparseq":{"seconds":1.5,"quick":true,"source":"ab","ok":true}},
		"cells":[
		{"cell_type":"markdown","id":"a","metadata":{"slideshow":{"slide_type":"skip"}},"source":["# T *x*\n","b\n"]},
		{"cell_type":"code","id":"b","execution_count":3,"metadata":{"tags":["check"]},"source":"x\r\ny\n\n","outputs":[
			{"output_type":"stream","name":"stdout","text":["1\n","2"]},
			{"output_type":"error","ename":"E","evalue":"bad","traceback":[]},
			{"output_type":"display_data","data":{"text/plain":"p"},"metadata":{}}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := &Notebook{
		Run: &Run{Seconds: 1.5, Quick: true, Source: "ab", OK: true},
		Cells: []Cell{
			{ID: "a", Type: Markdown, Source: "# T *x*\nb", Slide: "skip"},
			{ID: "b", Type: Code, Source: "x\ny", Tags: []string{"check"}, Count: 3, Outputs: []Output{
				{Type: "stream", Name: "stdout", Text: "1\n2"},
				{Type: "error", Name: "E", Text: "bad"},
				{Type: "display_data", Data: map[string]json.RawMessage{"text/plain": json.RawMessage(`"p"`)}},
			}},
		},
	}
	if !reflect.DeepEqual(n, want) {
		t.Errorf("got  %+v\nwant %+v", n, want)
	}
	if n.Title() != "T *x" || n.Heading(1) != "T *x" {
		t.Errorf("title %q, heading %q", n.Title(), n.Heading(1))
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{"", "not a notebook"},
		{"[]", "not a notebook"},
		{"{}", "format 4"},
		{`{"nbformat":3}`, "format 4"},
		{`{"nbformat":4,"cells":[{"cell_type":"code","source":1}]}`, "neither a string nor a list"},
		{`{"nbformat":4,"cells":[{"cell_type":"worksheet","source":""}]}`, `cell 1 has the unknown type "worksheet"`},
	} {
		if _, err := Parse([]byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Parse(%s): error %v, want one with %q", c.data, err, c.want)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("Parse(%s): the error has several lines: %v", c.data, err)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "no.ipynb")); err == nil {
		t.Error("a missing file was read")
	}
}

func TestNormalFormIsStable(t *testing.T) {
	n := lesson()
	b := n.Bytes()
	again, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Bytes(); !bytes.Equal(got, b) {
		t.Errorf("normal form is not stable:\n%s\n%s", b, got)
	}
	if !bytes.HasSuffix(b, []byte("}\n")) || bytes.Contains(b, []byte(`\u003c`)) {
		t.Error("the file does not end in a newline, or escapes < for no reason")
	}
	if n.Hash() != again.Hash() {
		t.Error("the hash of the same cells differs")
	}
	again.Cells[0].Source += "!"
	if n.Hash() == again.Hash() {
		t.Error("the hash of different cells is the same")
	}
}

func TestNormaliseDropsWhatARunLeaves(t *testing.T) {
	n := lesson()
	want := n.Bytes()
	n.Run = &Run{Seconds: 3}
	n.Cells[2].Count = 7
	n.Cells[2].Outputs = []Output{{Type: "stream", Name: "stdout", Text: "x"}}
	n.Cells[2].Source += "\n\n"
	n.Cells[1].Tags = []string{TagParameters, TagParameters}
	if got := n.Bytes(); !bytes.Equal(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if len(n.Cells[2].Outputs) != 1 {
		t.Error("Bytes changed the notebook")
	}
}

func TestNormaliseGivesIDs(t *testing.T) {
	n := &Notebook{Cells: []Cell{{ID: "cell-02"}, {ID: ""}, {ID: "keep"}, {ID: "keep"}, {ID: "no good"}}}
	n.Normalise()
	var got []string
	for _, c := range n.Cells {
		got = append(got, c.ID)
	}
	want := []string{"cell-02", "cell-03", "keep", "cell-04", "cell-05"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("ids %q, want %q", got, want)
	}
}

func TestNormaliseFormatsGo(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"declarations", "func  f( ) int{return 1}", "func f() int { return 1 }"},
		{"imports", "import \"fmt\"\nvar x=1", "import \"fmt\"\n\nvar x = 1"},
		{"statements", "%%\nif x{\ny( )\n}", "%%\nif x {\n\ty()\n}"},
		{"both", "var x=1\n%%\nf( x)", "var x = 1\n\n%%\nf(x)"},
		{"both, apart", "var x=1\n\n%%\nf( x)", "var x = 1\n\n%%\nf(x)"},
		{"no Go", "%%\nf( x", "%%\nf( x"},
		{"a command of the kernel", "!ls  -l", "!ls  -l"},
		{"a command before Go", "%noautoget\nvar x=1", "%noautoget\nvar x = 1"},
	} {
		n := &Notebook{Cells: []Cell{code(c.in)}}
		n.Normalise()
		if got := n.Cells[0].Source; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWriteFileReplacesOrLeaves(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "new folder", "a")
	for _, text := range []string{"one", "two"} {
		if err := WriteFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != text {
			t.Errorf("read %q, %v", b, err)
		}
	}
	blocked := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(blocked, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(blocked, nil); err == nil {
		t.Error("a folder was replaced by a file")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("a temporary file is left: %v, %v", left, err)
	}
}

// TestNormalFormIsJupyters holds the normal form to what JupyterLab writes, so
// that saving a lesson there changes nothing but outputs.
func TestNormalFormIsJupyters(t *testing.T) {
	python, err := filepath.Abs("../../.venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Skip("no .venv: make setup makes it")
	}
	n := lesson()
	n.Cells = append(n.Cells, md("é <b> & \" \\"), code(""))
	path := filepath.Join(t.TempDir(), "a.ipynb")
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
	script := "import nbformat,sys; n=nbformat.read(sys.argv[1],4); nbformat.validate(n); " +
		"nbformat.write(n,sys.argv[1]+'.out')"
	if out, err := exec.Command(python, "-c", script, path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want, err := os.ReadFile(path + ".out")
	if err != nil {
		t.Fatal(err)
	}
	if got := n.Bytes(); !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nJupyter writes\n%s", got, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(lesson().Bytes())
	f.Add([]byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":["a\r\n","%%\n"],"metadata":{"tags":["check"]}}]}`))
	f.Add([]byte(`{"nbformat":4,"metadata":{"sparseq":{}},"cells":[{"cell_type":"raw","source":"\ud800"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := Parse(data)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("an error of several lines: %q", err)
			}
			return
		}
		b := n.Bytes()
		again, err := Parse(b)
		if err != nil {
			t.Fatalf("the normal form cannot be read: %v\n%s", err, b)
		}
		if !bytes.Equal(again.Bytes(), b) {
			t.Fatalf("the normal form is not stable:\n%s\n%s", b, again.Bytes())
		}
		if _, _, err := Lint(data); err != nil {
			t.Fatalf("Lint rejects what Parse reads: %v", err)
		}
		_, _ = Results(n)
		_, _ = Checks(n)
		_, _ = Expectations(n)
		_, _ = WithSolutions(n)
		if figures, err := Figures(n); err == nil {
			for i := range figures {
				figures[i].Faults()
			}
		}
	})
}

func ExampleLint() {
	n := &Notebook{Cells: []Cell{
		{Type: Markdown, Source: "# A lesson", Slide: "slide"},
		{Type: Code, Source: "%%\nlesson.Result(name, 1)", Slide: "slide"},
	}}
	faults, _, err := Lint(n.Bytes())
	fmt.Println(strings.Join(faults, "\n"), err)
	// Output:
	// cell 2: the name of a lesson.Result is not a string literal, so the README's table cannot know it <nil>
}
