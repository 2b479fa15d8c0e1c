package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"sparseq/pkg/notebook"
)

// html exports the lessons, executed, as pages with an index.
func (l *lab) html(ctx context.Context, paths []string, quick bool) error {
	var copies []string
	for _, path := range paths {
		copied := l.executed(path, quick)
		if !l.fresh(path, copied, quick) {
			if _, err := l.execute(ctx, path, quick); err != nil {
				return fmt.Errorf("%s: %w", lessonName(path), err)
			}
		}
		copies = append(copies, copied)
	}
	if err := l.export(ctx, copies); err != nil {
		return err
	}
	return l.index()
}

// fresh tells whether the executed copy shows the lesson as it is now: the
// same cells, run in the same setting, and no code of the packages that is
// newer than the copy.
func (l *lab) fresh(path, copied string, quick bool) bool {
	n, err := notebook.Read(path)
	if err != nil {
		return false
	}
	run, err := notebook.Read(copied)
	if err != nil || run.Run == nil || !run.Run.OK || run.Run.Quick != quick || run.Run.Source != n.Hash() {
		return false
	}
	info, err := os.Stat(copied)
	if err != nil {
		return false
	}
	newer := false
	for _, pattern := range []string{"go.mod", "pkg/*/*.go", "pkg/*/internal/*/*.go"} {
		files, _ := filepath.Glob(filepath.Join(l.root, filepath.FromSlash(pattern)))
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || strings.Contains(file, filepath.Join("pkg", "notebook")) {
				continue
			}
			source, err := os.Stat(file)
			newer = newer || err != nil || source.ModTime().After(info.ModTime())
		}
	}
	return !newer
}

// pages is the folder of the exported pages.
func (l *lab) pages() string { return filepath.Join(l.data, "html") }

// export writes one page for each executed notebook.
func (l *lab) export(ctx context.Context, copies []string) error {
	python := filepath.Join(l.root, ".venv", "bin", "python")
	args := append([]string{filepath.Join(l.root, "docker", "export", "export.py"), l.pages()}, copies...)
	cmd := exec.CommandContext(ctx, python, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	l.log.doing("writing %d pages", len(copies))
	defer l.log.clear()
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var failed []error
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var page struct {
			Page, Notebook, Error string
			Bytes                 int
		}
		if json.Unmarshal(lines.Bytes(), &page) != nil {
			continue
		}
		if page.Error != "" {
			failed = append(failed, fmt.Errorf("%s: %s", page.Notebook, page.Error))
			continue
		}
		l.log.clear()
		l.print("%s  %.1f MB\n", l.relative(page.Page), float64(page.Bytes)/1e6)
	}
	if err != nil && len(failed) == 0 {
		return fmt.Errorf("the export failed: %s: run make setup", lastLine(stderr.String(), err))
	}
	return errors.Join(failed...)
}

// lastLine is the last line of a program's complaint, or the error itself.
func lastLine(s string, err error) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return err.Error()
	}
	return s[strings.LastIndexByte(s, '\n')+1:]
}
