package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of a lesson's cells.
const (
	MaxColumns = 88 // of a code line; a tab stands for TabWidth columns
	MaxLines   = 30 // of a code cell
	TabWidth   = 4  // as JupyterLab shows it

	WishedLines = 12 // of a code cell
	WishedWords = 60 // of a Markdown cell
)

var slideTypes = []string{"slide", "subslide", "fragment", "skip", "notes", "-"}

// absolutePath finds paths that hold on one machine only.
var absolutePath = regexp.MustCompile(
	`(?:^|[\s"'` + "`" + `(=:])((?:/(?:home|root|Users|work|tmp|usr|opt|mnt|media|etc|var)/|[A-Za-z]:\\)[^\s"'` + "`" + `)]*)`)

// Lint checks the bytes of a lesson's file against the lab's rules. Faults
// break a rule; wishes are advice about length. Each is one line that names
// the cell, counted from 1. An error means that the bytes are no notebook.
func Lint(data []byte) (faults, wishes []string, err error) {
	n, err := Parse(data)
	if err != nil {
		return nil, nil, err
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, nil, err
	}
	if k := f.Metadata.Kernel; k.Name != "gonb" || k.Display != "Go" {
		faults = append(faults, fmt.Sprintf("the kernel is %q (%q): choose the kernel Go in JupyterLab", k.Name, k.Display))
	}
	if len(n.Cells) == 0 || n.Cells[0].Type != Markdown || !strings.HasPrefix(n.Cells[0].Source, "# ") {
		faults = append(faults, "the first cell is not a Markdown cell with the title, # …")
	}
	parameters := 0
	for i := range n.Cells {
		c := &n.Cells[i]
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Sprintf("cell %d: ", i+1)+fmt.Sprintf(format, args...))
		}
		if len(c.Outputs) > 0 || c.Count != 0 {
			fault("it holds outputs or an execution count: run lab tidy")
		}
		if !slices.Contains(slideTypes, c.Slide) {
			fault("it has no slide type: choose one of %s", strings.Join(slideTypes, ", "))
		}
		if m := absolutePath.FindStringSubmatch(c.Source); m != nil {
			fault("it names the absolute path %s", m[1])
		}
		if c.Has(TagParameters) {
			parameters++
		}
		switch c.Type {
		case Code:
			lintCode(c, fault)
			if k := strings.Count(c.Source, "\n") + 1; k > WishedLines && k <= MaxLines {
				wishes = append(wishes, fmt.Sprintf("cell %d: %d lines of code, %d are wished", i+1, k, WishedLines))
			}
		case Markdown:
			if k := len(strings.Fields(c.Source)); k > WishedWords && !c.Has(TagSolution) {
				wishes = append(wishes, fmt.Sprintf("cell %d: %d words, %d are wished", i+1, k, WishedWords))
			}
		case Raw:
			fault("it is a raw cell, which no lesson needs")
		}
	}
	if parameters > 1 {
		faults = append(faults, fmt.Sprintf("%d cells are tagged %q where one is wanted", parameters, TagParameters))
	}
	if _, err := Exercises(n); err != nil {
		faults = append(faults, err.Error())
	}
	if _, err := Expectations(n); err != nil {
		faults = append(faults, err.Error())
	}
	if !bytes.Equal(data, n.Bytes()) {
		faults = append(faults, "it is not in normal form (outputs, metadata, gofmt, ids): run lab tidy")
	}
	return faults, wishes, nil
}

var anyResultCall = regexp.MustCompile(`lesson\.Result\(`)

// lintCode checks what only code cells can break.
func lintCode(c *Cell, fault func(format string, args ...any)) {
	if strings.TrimSpace(c.Source) == "" {
		fault("it is empty")
		return
	}
	lines := strings.Split(c.Source, "\n")
	if len(lines) > MaxLines {
		fault("%d lines of code, at most %d are allowed: split it", len(lines), MaxLines)
	}
	for k, line := range lines {
		if w := Columns(line); w > MaxColumns {
			fault("line %d has %d columns, at most %d are allowed: break it", k+1, w, MaxColumns)
		}
	}
	if len(anyResultCall.FindAllString(c.Source, -1)) != len(resultCall.FindAllString(c.Source, -1)) {
		fault(`the name of a lesson.Result is not a string literal, so the README's table cannot know it`)
	}
}

// Columns is the width of a code line as JupyterLab shows it: one a character,
// tabs up to the next multiple of TabWidth.
func Columns(line string) int {
	w := 0
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if r == '\t' {
			w += TabWidth - w%TabWidth
		} else {
			w++
		}
		i += size
	}
	return w
}
