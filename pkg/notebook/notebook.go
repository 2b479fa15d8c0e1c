// Package notebook reads, normalises, checks and executes the lab's lessons,
// which are Jupyter notebooks of format 4.5 for the kernel "gonb".
//
// A lesson is committed in normal form: no outputs, no execution counts,
// sorted keys, one-space indentation, only the metadata that the lab uses.
// [Lint] says where a file departs from it and from the lab's rules for
// lessons, [Execute] runs one, and [Results], [Checks] and [Figures] collect
// what an executed one shows.
//
// Format: https://nbformat.readthedocs.io/en/latest/format_description.html
package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Cell types of the notebook format.
const (
	Code     = "code"
	Markdown = "markdown"
	Raw      = "raw"
)

// Tags with a meaning in a lesson.
const (
	TagParameters = "parameters" // the cell of settings
	TagExercise   = "exercise"   // a stub to be completed
	TagCheck      = "check"      // compares the stub's answer with the right one
	TagSolution   = "solution"   // Markdown with the hidden answer
)

// Notebook is what the lab needs of a notebook file.
type Notebook struct {
	Cells []Cell
	// Run describes the execution; it is nil in a lesson that was not executed.
	Run *Run
}

// Cell is one cell. Outputs and Count are empty in a committed lesson.
type Cell struct {
	ID      string
	Type    string // Code, Markdown or Raw
	Source  string // without trailing newlines
	Tags    []string
	Slide   string // slide type: slide, subslide, fragment, skip, notes or -
	Count   int    // execution count, 0 = not executed
	Outputs []Output
}

// Output is one output of a code cell.
type Output struct {
	Type string                     // stream, display_data, execute_result or error
	Name string                     // of a stream: stdout or stderr
	Text string                     // of a stream, or the message of an error
	Data map[string]json.RawMessage // of a display: MIME type to content
}

// Run records one execution of a lesson.
type Run struct {
	Seconds float64 `json:"seconds"` // of all cells, kernel start included
	Quick   bool    `json:"quick"`   // the quick setting
	Source  string  `json:"source"`  // SHA-256 of the executed cells, see [Notebook.Hash]
	OK      bool    `json:"ok"`      // no cell failed
}

// Has tells whether the cell carries the tag.
func (c *Cell) Has(tag string) bool {
	for _, t := range c.Tags {
		if t == tag {
			return true
		}
	}
	return false
}

// Title is the text of the first heading, without Markdown's marks.
func (n *Notebook) Title() string {
	for i := range n.Cells {
		if h := n.Cells[i].heading(); h != "" {
			return h
		}
	}
	return ""
}

// Heading is the nearest heading at or above the cell, "" where there is none.
func (n *Notebook) Heading(cell int) string {
	for i := min(cell, len(n.Cells)-1); i >= 0; i-- {
		if h := n.Cells[i].heading(); h != "" {
			return h
		}
	}
	return ""
}

var headingLine = regexp.MustCompile(`(?m)^#{1,6}[ \t]+(.+?)[ \t#]*$`)

// heading is the first heading inside a Markdown cell.
func (c *Cell) heading() string {
	if c.Type != Markdown {
		return ""
	}
	m := headingLine.FindStringSubmatch(c.Source)
	if m == nil {
		return ""
	}
	return strings.Trim(m[1], "*_` ")
}

// file is the notebook format's own structure, as far as it is read.
type file struct {
	Format *int `json:"nbformat"`
	Minor  int  `json:"nbformat_minor"`
	Cells  []struct {
		ID       string     `json:"id"`
		Type     string     `json:"cell_type"`
		Source   lines      `json:"source"`
		Count    *int       `json:"execution_count"`
		Outputs  []fileItem `json:"outputs"`
		Metadata struct {
			Tags      []string `json:"tags"`
			Slideshow struct {
				Type string `json:"slide_type"`
			} `json:"slideshow"`
		} `json:"metadata"`
	} `json:"cells"`
	Metadata struct {
		Kernel struct {
			Name    string `json:"name"`
			Display string `json:"display_name"`
		} `json:"kernelspec"`
		Run *Run `json:"sparseq"`
	} `json:"metadata"`
}

// fileItem is an output in the notebook format.
type fileItem struct {
	Type  string                     `json:"output_type"`
	Name  string                     `json:"name"`
	Text  lines                      `json:"text"`
	Error string                     `json:"ename"`
	Value string                     `json:"evalue"`
	Data  map[string]json.RawMessage `json:"data"`
}

// lines is text that the format stores as a string or as a list of lines.
type lines string

// UnmarshalJSON accepts both forms.
func (l *lines) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*l = lines(one)
		return nil
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return errors.New("text is neither a string nor a list of strings")
	}
	*l = lines(strings.Join(many, ""))
	return nil
}

// Parse reads the bytes of a notebook file. It accepts any notebook of format
// 4 and drops what the lab does not use.
func Parse(data []byte) (*Notebook, error) {
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("not a notebook: %w", err)
	}
	if f.Format == nil || *f.Format != 4 {
		return nil, errors.New("not a notebook of format 4: open and save it with JupyterLab")
	}
	n := &Notebook{Run: f.Metadata.Run}
	for i, c := range f.Cells {
		switch c.Type {
		case Code, Markdown, Raw:
		default:
			return nil, fmt.Errorf("cell %d has the unknown type %q", i+1, c.Type)
		}
		cell := Cell{ID: c.ID, Type: c.Type, Tags: c.Metadata.Tags, Slide: c.Metadata.Slideshow.Type,
			Source: strings.TrimRight(strings.ReplaceAll(string(c.Source), "\r\n", "\n"), "\n")}
		if c.Count != nil {
			cell.Count = *c.Count
		}
		for _, o := range c.Outputs {
			out := Output{Type: o.Type, Name: o.Name, Text: string(o.Text), Data: o.Data}
			if o.Type == "error" {
				out.Name, out.Text = o.Error, o.Value
			}
			cell.Outputs = append(cell.Outputs, out)
		}
		n.Cells = append(n.Cells, cell)
	}
	return n, nil
}

// Read reads a notebook file. The error names the file.
func Read(path string) (*Notebook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	n, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return n, nil
}
