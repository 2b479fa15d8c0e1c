package notebook

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// validID is the format's rule for cell ids.
var validID = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// Normalise brings the notebook into the lab's normal form, in place: outputs
// and execution counts go, code is formatted as gofmt does, tags are sorted,
// and each cell has an id. Ids that are valid and unique are kept, so that a
// cell keeps its id whatever moves around it.
func (n *Notebook) Normalise() {
	n.Run = nil
	seen := map[string]bool{}
	for i := range n.Cells {
		c := &n.Cells[i]
		c.Outputs, c.Count = nil, 0
		c.Source = strings.ToValidUTF8(c.Source, "\uFFFD")
		if c.Type == Code {
			c.Source = formatCell(c.Source)
		}
		c.Source = strings.TrimRight(c.Source, "\n")
		slices.Sort(c.Tags)
		c.Tags = slices.Compact(c.Tags)
		if !validID.MatchString(c.ID) || seen[c.ID] {
			c.ID = freshID(i, seen)
		}
		seen[c.ID] = true
	}
}

// freshID is the first free id of the form cell-07 from the cell's position on.
func freshID(position int, seen map[string]bool) string {
	for k := position + 1; ; k++ {
		if id := fmt.Sprintf("cell-%02d", k); !seen[id] {
			return id
		}
	}
}

// formatCell formats a cell's Go code. A cell is declarations, then, after a
// line "%%", statements; lines before them may be commands of the kernel, as
// %noautoget. Code that does not parse stays as it is.
func formatCell(source string) string {
	rest, commands := source, ""
	for strings.HasPrefix(rest, "%") && !strings.HasPrefix(rest, "%%") {
		line, after, _ := strings.Cut(rest, "\n")
		commands, rest = commands+line+"\n", after
	}
	if strings.HasPrefix(rest, "!") || strings.Contains(rest, "\n!") {
		return source // a shell's command, which could pass for a Go expression
	}
	declarations, statements, main := strings.Cut("\n"+rest, "\n%%\n")
	formatted := commands
	for i, part := range []string{declarations, statements} {
		b, err := format.Source([]byte(part))
		if err != nil {
			return source
		}
		part = strings.Trim(string(b), "\n")
		if i == 0 && part != "" && main {
			part += "\n\n"
		}
		if i == 1 && main {
			part = "%%\n" + part
		}
		formatted += part
	}
	return formatted
}

// The normal form's structures: their fields are in the order of the keys.
type (
	normalFile struct {
		Cells    []any          `json:"cells"`
		Metadata normalMetadata `json:"metadata"`
		Format   int            `json:"nbformat"`
		Minor    int            `json:"nbformat_minor"`
	}
	normalMetadata struct {
		Kernel   normalKernel   `json:"kernelspec"`
		Language normalLanguage `json:"language_info"`
	}
	normalKernel struct {
		Display  string `json:"display_name"`
		Language string `json:"language"`
		Name     string `json:"name"`
	}
	normalLanguage struct {
		Extension string `json:"file_extension"`
		MIME      string `json:"mimetype"`
		Name      string `json:"name"`
	}
	normalText struct {
		Type     string         `json:"cell_type"`
		ID       string         `json:"id"`
		Metadata normalCellMeta `json:"metadata"`
		Source   []string       `json:"source"`
	}
	normalCode struct {
		Type     string         `json:"cell_type"`
		Count    *int           `json:"execution_count"`
		ID       string         `json:"id"`
		Metadata normalCellMeta `json:"metadata"`
		Outputs  []string       `json:"outputs"`
		Source   []string       `json:"source"`
	}
	normalCellMeta struct {
		Slideshow *normalSlide `json:"slideshow,omitempty"`
		Tags      []string     `json:"tags,omitempty"`
	}
	normalSlide struct {
		Type string `json:"slide_type"`
	}
)

// Bytes is the notebook file in normal form. It normalises a copy: n keeps
// its outputs.
func (n *Notebook) Bytes() []byte {
	c := Notebook{Cells: slices.Clone(n.Cells)}
	for i := range c.Cells {
		c.Cells[i].Tags = slices.Clone(c.Cells[i].Tags)
	}
	c.Normalise()
	f := normalFile{Format: 4, Minor: 5, Cells: []any{}, Metadata: normalMetadata{
		Kernel:   normalKernel{Display: "Go", Language: "go", Name: "gonb"},
		Language: normalLanguage{Extension: ".go", MIME: "text/x-go", Name: "go"},
	}}
	for _, cell := range c.Cells {
		meta := normalCellMeta{Tags: cell.Tags}
		if cell.Slide != "" {
			meta.Slideshow = &normalSlide{cell.Slide}
		}
		source := strings.SplitAfter(cell.Source, "\n")
		if cell.Source == "" {
			source = []string{}
		}
		if cell.Type == Code {
			f.Cells = append(f.Cells, normalCode{cell.Type, nil, cell.ID, meta, []string{}, source})
		} else {
			f.Cells = append(f.Cells, normalText{cell.Type, cell.ID, meta, source})
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(f); err != nil {
		panic(err) // strings and integers always encode
	}
	return b.Bytes()
}

// Hash identifies the notebook's cells, whatever their outputs: the SHA-256 of
// its normal form in hexadecimal.
func (n *Notebook) Hash() string {
	sum := sha256.Sum256(n.Bytes())
	return hex.EncodeToString(sum[:])
}

// Write writes the notebook in normal form, atomically.
func (n *Notebook) Write(path string) error { return WriteFile(path, n.Bytes()) }

// WriteFile writes data under a temporary name beside path and renames it, so
// that path is never half written; missing folders are made.
func WriteFile(path string, data []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}
