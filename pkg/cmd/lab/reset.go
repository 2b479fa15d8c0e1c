package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"sparseq/pkg/notebook"
)

// mine is in the name of a learner's copy, which is no lesson.
var mine = regexp.MustCompile(`\.mine-\d{8}-\d{6}(-\d+)?\.ipynb$`)

// reset puts lessons back to what git's last commit has, and keeps what they were as a copy
// beside each: 00-encoding.mine-20260131-150405.ipynb.
func (l *lab) reset(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return errors.New("reset needs a lesson: make reset ONLY=00")
	}
	names, err := l.published(ctx, names)
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := l.git(ctx, "show", "HEAD:./"+name)
		if err != nil {
			return err
		}
		path := filepath.Join(l.root, "notebooks", name)
		copied, err := replace(path, text, time.Now())
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", lessonName(path), err)
		case copied == path:
			l.print("%s  is as published: nothing to do\n", lessonName(path))
		case copied == "":
			l.print("%s  is there again\n", lessonName(path))
		default:
			l.print("%s  is as published; yours is now %s; where it is open in JupyterLab: File, Reload Notebook from Disk\n",
				lessonName(path), l.relative(copied))
		}
	}
	return nil
}

// published lists the files of the lessons that names choose, of those in the last commit: one
// that a learner has deleted is among them.
func (l *lab) published(ctx context.Context, names []string) ([]string, error) {
	out, err := l.git(ctx, "ls-tree", "--name-only", "-z", "HEAD", "./")
	if err != nil {
		return nil, err
	}
	var all []string
	for name := range strings.SplitSeq(string(out), "\x00") {
		if ok, _ := filepath.Match(lessonFiles, name); ok && !mine.MatchString(name) {
			all = append(all, name)
		}
	}
	return chosen(all, names)
}

// git runs git among the lessons; its error is one line.
func (l *lab) git(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = filepath.Join(l.root, "notebooks")
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &exit):
		return nil, fmt.Errorf("there is no published lesson to go back to: git says %q; only a clone made with git can reset", lastLine(string(exit.Stderr), err))
	}
	return nil, fmt.Errorf("there is no published lesson to go back to: git does not start here (%w); install git", err)
}

// replace makes text the content of path, and keeps what the file was under a new name, which it
// returns: "" if there was no file, path itself if there was nothing to replace.
func replace(path string, text []byte, now time.Time) (copied string, err error) {
	before, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", notebook.WriteFile(path, text)
	case err != nil:
		return "", err
	case bytes.Equal(before, text):
		return path, nil
	}
	if copied, err = keep(path, now); err != nil {
		return "", fmt.Errorf("your copy cannot be kept, so the lesson stays as it is: %w", err)
	}
	return copied, notebook.WriteFile(path, text)
}

// keep gives the file a second name that nothing has yet. It is a link, so that what another
// program writes into the file meanwhile is kept too; where the disk has no links, a copy.
func keep(path string, now time.Time) (copied string, err error) {
	stem := strings.TrimSuffix(path, ".ipynb") + ".mine-" + now.Format("20060102-150405")
	for n := 1; ; n++ {
		copied = stem + ".ipynb"
		if n > 1 {
			copied = fmt.Sprintf("%s-%d.ipynb", stem, n)
		}
		err = link(path, copied)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			err = copyFile(path, copied)
		}
		if !errors.Is(err, fs.ErrExist) {
			return copied, err
		}
	}
}

// link is os.Link; a test takes it for a disk without links.
var link = os.Link

// copyFile copies a file to a name that nothing has yet, onto the disk.
func copyFile(from, to string) (err error) {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(to))
		}
	}()
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
