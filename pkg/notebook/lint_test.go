package notebook

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestLintPassesAGoodLesson(t *testing.T) {
	faults, wishes, err := Lint(lesson().Bytes())
	if err != nil || len(faults) > 0 || len(wishes) > 0 {
		t.Errorf("faults %q, wishes %q, error %v", faults, wishes, err)
	}
}

func TestLintFindsFaults(t *testing.T) {
	long := "%%\n// " + strings.Repeat("x", 86)
	for _, c := range []struct {
		name, want string
		change     func(n *Notebook)
	}{
		{"no title", "title", func(n *Notebook) { n.Cells = n.Cells[1:] }},
		{"no slide type", "cell 2: it has no slide type", func(n *Notebook) { n.Cells[1].Slide = "" }},
		{"odd slide type", "slide type", func(n *Notebook) { n.Cells[1].Slide = "film" }},
		{"long line", "line 2 has 89 columns", func(n *Notebook) { n.Cells[2].Source = long }},
		{"many lines", "31 lines of code", func(n *Notebook) { n.Cells[2].Source = "%%" + strings.Repeat("\nf()", 30) }},
		{"empty cell", "cell 3: it is empty", func(n *Notebook) { n.Cells[2].Source = "" }},
		{"raw cell", "raw", func(n *Notebook) { n.Cells[2] = Cell{Type: Raw, Source: "x", Slide: "slide"} }},
		{"a path in code", "/home/me/x", func(n *Notebook) { n.Cells[2].Source = "%%\nf(\"/home/me/x\")" }},
		{"a path in text", "/tmp/data", func(n *Notebook) { n.Cells[3].Source += "\nsee /tmp/data" }},
		{"a Windows path", `C:\data`, func(n *Notebook) { n.Cells[3].Source += "\nsee C:\\data" }},
		{"two parameter cells", "2 cells are tagged", func(n *Notebook) { n.Cells[2].Tags = []string{TagParameters} }},
		{"no check", "has no check cell", func(n *Notebook) { n.Cells = n.Cells[:5] }},
		{"no solution", "no Markdown cell tagged", func(n *Notebook) { n.Cells = n.Cells[:6] }},
		{"no stub", "no exercise cell is open", func(n *Notebook) { n.Cells[4].Tags = nil }},
		{"a bare solution", "not wrapped", func(n *Notebook) { n.Cells[6].Source = "```go\nx\n```" }},
		{"a solution without code", "0 blocks", func(n *Notebook) {
			n.Cells[6].Source = "<details><summary>Solution</summary>\n\nthink\n\n</details>"
		}},
		{"a stray solution", "does not follow a check", func(n *Notebook) { n.Cells = append(n.Cells, n.Cells[6]) }},
		{"a computed name", "not a string literal", func(n *Notebook) { n.Cells[2].Source = "%%\nlesson.Result(name, 2)" }},
		{"an empty range", "not a range", func(n *Notebook) { n.Cells[0].Source = "# T\n`a.b` between 3 and 1" }},
	} {
		n := lesson()
		c.change(n)
		n.Normalise()
		faults, _, err := Lint(n.Bytes())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if len(faults) != 1 || !strings.Contains(faults[0], c.want) {
			t.Errorf("%s: faults %q, want one with %q", c.name, faults, c.want)
		}
	}
}

func TestLintFindsWhatOnlyTheFileShows(t *testing.T) {
	good := lesson().Bytes()
	for _, c := range []struct{ name, from, to, want string }{
		{"another kernel", `"name": "gonb"`, `"name": "python3"`, "choose the kernel Go"},
		{"outputs", `"outputs": []`, `"outputs": [{"output_type":"stream","name":"stdout","text":"x"}]`, "outputs"},
		{"a count", `"execution_count": null`, `"execution_count": 1`, "execution count"},
		{"two spaces", "\n ", "\n  ", "normal form"},
		{"not gofmt", "int { return 0 }", "int {  return 0 }", "normal form"},
		{"other metadata", `"language_info": {`, `"language_info": {"version": "1.26",`, "normal form"},
	} {
		bad := bytes.Replace(good, []byte(c.from), []byte(c.to), 1)
		if bytes.Equal(bad, good) {
			t.Fatalf("%s: nothing was changed", c.name)
		}
		faults, _, err := Lint(bad)
		if err != nil || !strings.Contains(strings.Join(faults, "\n"), c.want) {
			t.Errorf("%s: faults %q, error %v, want %q", c.name, faults, err, c.want)
		}
	}
	if _, _, err := Lint([]byte("x")); err == nil {
		t.Error("what is no notebook was linted")
	}
}

func TestLintWishes(t *testing.T) {
	n := lesson()
	n.Cells[3].Source = "## Exercise\n" + strings.Repeat("word ", 60)
	n.Cells[2].Source += strings.Repeat("\nf()", 12)
	n.Normalise()
	_, wishes, err := Lint(n.Bytes())
	if err != nil || len(wishes) != 2 {
		t.Errorf("wishes %q, error %v", wishes, err)
	}
}

func TestLintAllowsLinks(t *testing.T) {
	n := lesson()
	n.Cells[3].Source = "## Exercise\nhttps://example.org/home/page and data/runs, 1/2, `and/or`"
	n.Normalise()
	if faults, _, err := Lint(n.Bytes()); err != nil || len(faults) > 0 {
		t.Errorf("faults %q, error %v", faults, err)
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		line string
		want int
	}{{"", 0}, {"abc", 3}, {"\ta", 5}, {"ab\tc", 5}, {"abcd\te", 9}, {"é→", 2}, {"\xff", 1}} {
		if got := Columns(c.line); got != c.want {
			t.Errorf("Columns(%q) = %d, want %d", c.line, got, c.want)
		}
	}
}

func TestWithSolutionsAppendsThem(t *testing.T) {
	n := lesson()
	before := n.Bytes()
	solved, err := WithSolutions(n)
	if err != nil {
		t.Fatal(err)
	}
	if len(solved.Cells) != len(n.Cells)+2 {
		t.Fatalf("%d cells of %d", len(solved.Cells), len(n.Cells))
	}
	code, check := solved.Cells[len(n.Cells)], solved.Cells[len(n.Cells)+1]
	if code.Source != "func double(x int) int { return 2 * x }" || check.Source != n.Cells[5].Source {
		t.Errorf("appended %q and %q", code.Source, check.Source)
	}
	if code.ID == "" || code.ID == check.ID || check.ID == n.Cells[5].ID {
		t.Errorf("ids %q, %q", code.ID, check.ID)
	}
	if !bytes.Equal(n.Bytes(), before) {
		t.Error("the lesson itself was changed")
	}
	if !json.Valid(solved.Bytes()) {
		t.Error("the result is no JSON")
	}
}
