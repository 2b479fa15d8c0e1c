package main

import (
	"bufio"
	"bytes"
	"cmp"
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

// html exports the lessons, executed, as pages with an index. A lesson that fails has a page too, as
// far as it came, and is an error after the others' pages are written.
func (l *lab) html(ctx context.Context, paths []string, quick bool) error {
	var copies, failed []string
	var first error
	for _, path := range paths {
		copied := l.executed(path, quick)
		if !l.fresh(path, copied, quick) {
			_, err := l.execute(ctx, path, quick)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				err = fmt.Errorf("%s: %w", lessonName(path), err)
				first, failed = cmp.Or(first, err), append(failed, lessonName(path))
				if !l.ran(path, copied, quick) {
					continue
				}
				l.print("%v\n", err)
			}
		}
		copies = append(copies, copied)
	}
	if len(copies) == 0 {
		return first
	}
	if err := l.export(ctx, copies); err != nil {
		return err
	}
	if err := l.index(); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("%d of %d lessons failed: %s", len(failed), len(paths), strings.Join(failed, ", "))
	}
	return nil
}

// ran tells whether the executed copy is one of the lesson as it is now, in the same setting.
func (l *lab) ran(path, copied string, quick bool) bool {
	n, err := notebook.Read(path)
	if err != nil {
		return false
	}
	run, err := notebook.Read(copied)
	return err == nil && run.Run != nil && run.Run.Quick == quick && run.Run.Source == n.Hash()
}

// fresh tells whether the executed copy shows the lesson as it is now: the
// same cells, run in the same setting, and no code of the packages that is
// newer than the copy.
func (l *lab) fresh(path, copied string, quick bool) bool {
	run, err := notebook.Read(copied)
	if err != nil || !l.ran(path, copied, quick) || !run.Run.OK {
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
	l.log.doing("writing %d pages", len(copies))
	return l.convert(ctx, "the export", append([]string{filepath.Join("export", "export.py"), l.pages()}, copies...)...)
}

// convert runs a script of docker/ that makes pages of notebooks, and prints what it reports of each.
// what names the work in an error.
func (l *lab) convert(ctx context.Context, what string, script ...string) error {
	args := append([]string{filepath.Join(l.root, "docker", script[0])}, script[1:]...)
	cmd := exec.CommandContext(ctx, filepath.Join(l.root, ".venv", "bin", "python"), args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
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
		return fmt.Errorf("%s failed: %s: run make setup", what, lastLine(stderr.String(), err))
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
