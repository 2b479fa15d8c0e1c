package fit

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/checkpoint"
)

// A run is written into a folder beside its own and takes that one's place when it is whole.
// A folder cannot replace another in one step: the former is renamed first, and comes back
// if the process dies in between.

func formerDir(dir string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+".former")
}

func newDir(dir string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".new-")
}

// checkWritable finds out before the training whether its run can be kept.
func checkWritable(dir string) error {
	temp, err := newDir(dir)
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
	temp, err := newDir(r.dir)
	if err == nil {
		defer os.RemoveAll(temp) // moved away by then, or not whole
		if err = r.fill(temp, best, last); err == nil {
			err = replace(r.dir, temp)
		}
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
	return nil
}

// replace puts temp in the place of dir. Where two processes do so at once, one of their runs
// stays, whole.
func replace(dir, temp string) (err error) {
	const attempts = 20
	former := formerDir(dir)
	for range attempts {
		if _, err := os.Stat(dir); err == nil {
			if err := os.RemoveAll(former); err != nil {
				return err
			}
			if err := os.Rename(dir, former); err != nil && !errors.Is(err, os.ErrNotExist) {
				continue
			}
		}
		if err = os.Rename(temp, dir); err == nil {
			return os.RemoveAll(former)
		}
	}
	recoverFormer(dir)
	return err
}

// recoverFormer gives a run its name back that a replacement cut short has left without.
func recoverFormer(dir string) {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		_ = os.Rename(formerDir(dir), dir) // mostly there is none
	}
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
