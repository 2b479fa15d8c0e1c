package fetch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Replace writes the file path: write fills a temporary file beside it, which
// then takes its name. Whoever opens path sees the old file or the whole new
// one, whatever happens meanwhile; after an error the old one stands, and
// nothing else is left. Missing folders are made.
//
// It does not wait for the disk: after a power failure the file may be damaged,
// so that a reader that cares checks it.
func Replace(path string, write func(f *os.File) error) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return writeError(path, err)
	}
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*")
	if err != nil {
		return writeError(path, err)
	}
	defer func() {
		if err != nil {
			f.Close() // closed already where Close failed: then this does nothing
			os.Remove(f.Name())
		}
	}()
	// A temporary file is the user's alone; this one is data like any other.
	if err := f.Chmod(0o644); err != nil {
		return writeError(path, err)
	}
	if err := write(f); err != nil {
		return writeError(path, err)
	}
	if err := f.Close(); err != nil {
		return writeError(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return writeError(path, err)
	}
	return nil
}

// writeError says in one line why path could not be written and what to do.
// An error that is not the file system's passes as it is.
func writeError(path string, err error) error {
	var remedy string
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		remedy = "free some space and try again"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		remedy = "make the folder writable, or use another one"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist), errors.Is(err, syscall.EISDIR):
		remedy = "something else stands where this file or its folder should be: move it away"
	}
	if remedy == "" {
		if p := new(fs.PathError); !errors.As(err, &p) {
			return err
		}
		return fmt.Errorf("cannot write %s: %w", path, reason(err))
	}
	return fmt.Errorf("cannot write %s: %w: %s", path, reason(err), remedy)
}

// reason strips the operation and the path (of a temporary file, often) from
// an error of the file system.
func reason(err error) error {
	if p := new(fs.PathError); errors.As(err, &p) {
		return p.Err
	}
	if l := new(os.LinkError); errors.As(err, &l) {
		return l.Err
	}
	return err
}
