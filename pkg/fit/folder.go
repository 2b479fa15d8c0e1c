package fit

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/checkpoint"
)

// A run is written into a folder beside its own and takes that one's place when it is whole.
// A folder cannot replace another in one step: the former is set aside first, and comes back
// if the process dies in between.

const (
	newMark    = ".new-"
	formerMark = ".former-"
	formerRun  = "run"
)

// beside makes a hidden, empty folder next to dir.
func beside(dir, mark string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+mark)
}

// besides lists the folders that beside has made.
func besides(dir, mark string) []string {
	prefix := "." + filepath.Base(dir) + mark
	entries, _ := os.ReadDir(filepath.Dir(dir)) // none where it cannot be read
	var found []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			found = append(found, filepath.Join(filepath.Dir(dir), e.Name()))
		}
	}
	return found
}

// checkWritable finds out before the training whether its run can be kept.
func checkWritable(dir string) error {
	temp, err := beside(dir, newMark)
	if err == nil {
		err = os.Remove(temp)
	}
	if err != nil {
		return fmt.Errorf("the run %q cannot be written: %w", filepath.Base(dir), cause(err))
	}
	return nil
}

// write writes the run, then puts it in place of the former.
func (r *Run) write(best, last *model.Store) (err error) {
	temp, err := beside(r.dir, newMark)
	if err == nil {
		defer func() { _ = os.RemoveAll(temp) }() // moved away by then, or not whole
		if err = r.fill(temp, best, last); err == nil {
			err = replace(r.dir, temp)
		}
		sweep(r.dir)
	}
	if err != nil {
		return fmt.Errorf("the run %q cannot be written: %w", filepath.Base(r.dir), cause(err))
	}
	return nil
}

func (r *Run) fill(dir string, best, last *model.Store) error {
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	h := history{r.History, r.Best, r.Seconds, r.Stopped}
	for name, value := range map[string]any{settingsFile: r.record, historyFile: h} {
		text, err := json.MarshalIndent(value, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	for name, store := range map[string]*model.Store{bestDir: best, lastDir: last} {
		h, err := checkpoint.Build(store).Dir(filepath.Join(dir, name)).
			WithCompression(checkpoint.BinUncompressed).Done() // weights hardly shrink
		if err != nil {
			return err
		}
		if err := h.Save(); err != nil {
			return err
		}
	}
	return writeSums(dir)
}

// replace puts temp in the place of dir. Where several processes do so at once, one of their
// runs stays, whole.
func replace(dir, temp string) error {
	const attempts = 100
	var last error
	for range attempts {
		former, err := setAside(dir)
		if err != nil {
			last = err
			continue
		}
		if last = os.Rename(temp, dir); last == nil {
			return os.RemoveAll(former)
		}
		// Where the former cannot go back, another process has put a newer run there.
		if os.Rename(filepath.Join(former, formerRun), dir) == nil || exists(dir) {
			_ = os.RemoveAll(former)
		}
	}
	return last
}

// setAside moves dir, where there is one, into a folder of its own, and returns that.
func setAside(dir string) (former string, err error) {
	former, err = beside(dir, formerMark)
	if err != nil {
		return "", err
	}
	err = os.Rename(dir, filepath.Join(former, formerRun))
	if err == nil || errors.Is(err, os.ErrNotExist) {
		return former, nil
	}
	_ = os.Remove(former)
	return "", err
}

// sweep removes what processes that died while they wrote the run have left beside it, an hour
// ago or more: writing takes a second.
func sweep(dir string) {
	if !exists(dir) {
		return
	}
	for _, mark := range []string{newMark, formerMark} {
		for _, left := range besides(dir, mark) {
			if info, err := os.Stat(left); err == nil && time.Since(info.ModTime()) > time.Hour {
				_ = os.RemoveAll(left)
			}
		}
	}
}

// recoverFormer gives a run its name back that a replacement cut short has left without.
func recoverFormer(dir string) {
	if exists(dir) {
		return
	}
	for _, former := range besides(dir, formerMark) {
		if os.Rename(filepath.Join(former, formerRun), dir) == nil {
			_ = os.Remove(former)
			return
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// cause is what the system says, without the path.
func cause(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return oneLine(err)
}
