package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sparseq/pkg/notebook"
)

// The README's table of results stands between these lines.
const (
	tableBegin = "<!-- results:begin -->\n"
	tableEnd   = "<!-- results:end -->"
)

// readme fills in the README's table from the results of the full setting.
func (l *lab) readme() error {
	results, err := readResults(l.recorded(setting{}))
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("there are no results of the full setting on the real reviews yet: run make lessons")
	}
	if err != nil {
		return err
	}
	lessons, err := l.choose(nil)
	if err != nil {
		return err
	}
	text, err := table(lessons, results)
	if err != nil {
		return err
	}
	path := filepath.Join(l.root, "README.md")
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, _, after, err := splitReadme(string(b))
	if err != nil {
		return err
	}
	return notebook.WriteFile(path, []byte(before+text+after))
}

// splitReadme splits the README at its table of results.
func splitReadme(s string) (before, table, after string, err error) {
	i, j := strings.Index(s, tableBegin), strings.Index(s, tableEnd)
	if i < 0 || j < i {
		return "", "", "", fmt.Errorf("README.md lacks the lines %s and %s, between which the results stand",
			strings.TrimSpace(tableBegin), tableEnd)
	}
	i += len(tableBegin)
	return s[:i], s[i:j], s[j:], nil
}
