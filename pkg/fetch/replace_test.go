package fetch

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func text(s string) func(*os.File) error {
	return func(f *os.File) error {
		_, err := io.WriteString(f, s)
		return err
	}
}

func TestReplace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "file")
	for _, s := range []string{"first", "second, longer", ""} {
		if err := Replace(path, text(s)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != s {
			t.Errorf("read %q, %v, want %q", got, err, s)
		}
		wantOnly(t, filepath.Dir(path), "file")
	}
}

func TestReplaceErrors(t *testing.T) {
	mine := errors.New("mine")
	fail := func(err error) func(*os.File) error {
		return func(f *os.File) error {
			io.WriteString(f, "half")
			return err
		}
	}
	tests := []struct {
		name  string
		write func(*os.File) error
		words []string
	}{
		{"full disk", fail(&os.PathError{Op: "write", Path: "tmp", Err: syscall.ENOSPC}), []string{"file: no space left on device: free some space"}},
		{"over the quota", fail(syscall.EDQUOT), []string{"file: ", "quota", "free some space"}},
		{"read-only", fail(syscall.EROFS), []string{"file: read-only file system: make the folder writable"}},
		{"bad disk", fail(&os.PathError{Op: "write", Path: "tmp", Err: syscall.EIO}), []string{"file: input/output error"}},
		{"own error", fail(mine), []string{"mine"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file")
			if err := Replace(path, text("old")); err != nil {
				t.Fatal(err)
			}
			wantError(t, Replace(path, test.write), test.words...)
			if got, _ := os.ReadFile(path); string(got) != "old" {
				t.Errorf("the old file now reads %q", got)
			}
			wantOnly(t, filepath.Dir(path), "file")
		})
	}
	path := filepath.Join(t.TempDir(), "folder")
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o777); err != nil {
		t.Fatal(err)
	}
	wantError(t, Replace(path, text("x")), "cannot write "+path, "move it away")
	wantOnly(t, filepath.Dir(path), "folder")
}
