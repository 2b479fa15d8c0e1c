package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparseq/pkg/notebook"
)

// commit makes the lab's folder a git repository that holds its lessons.
func commit(t *testing.T, l *lab) {
	t.Helper()
	for name, value := range map[string]string{"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_SYSTEM": os.DevNull,
		"GIT_CEILING_DIRECTORIES": filepath.Dir(l.root)} {
		t.Setenv(name, value)
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "notebooks"},
		{"-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "lessons"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = l.root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v, %s", args, err, out)
		}
	}
}

// copies are what reset has kept of lesson 00-a.
func copies(t *testing.T, l *lab) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(l.root, "notebooks", "00-a.mine-*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestReset(t *testing.T) {
	l, out := newLab(t, map[string][]string{"00-a": {"a.x"}, "01-b": nil})
	commit(t, l)
	path := filepath.Join(l.root, "notebooks", "00-a.ipynb")
	published, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reset := func(want string) {
		t.Helper()
		out.Reset()
		if err := l.run(t.Context(), []string{"reset", "00"}); err != nil || !strings.HasPrefix(out.String(), want) || strings.Count(out.String(), "\n") != 1 {
			t.Errorf("%v, it prints %q, want %q", err, out, want)
		}
		if now, _ := os.ReadFile(path); string(now) != string(published) {
			t.Errorf("the lesson is now %s", now)
		}
	}

	reset("00-a  is as published: nothing to do")
	if kept := copies(t, l); len(kept) > 0 {
		t.Errorf("copies of an untouched lesson: %v", kept)
	}
	// Each version is kept, even of two within one second, and byte for byte: no notebook, too.
	works := []string{"my work, not even JSON \xff\r\n", "more work", "the third"}
	for _, work := range works {
		if err := os.WriteFile(path, []byte(work), 0o644); err != nil {
			t.Fatal(err)
		}
		reset("00-a  is as published; yours is now ")
	}
	got := map[string]bool{}
	for _, kept := range copies(t, l) {
		b, _ := os.ReadFile(kept)
		got[string(b)] = true
	}
	for _, work := range works {
		if len(got) != len(works) || !got[work] {
			t.Errorf("%q is lost of %v", work, got)
		}
	}
	// The copies are no lessons.
	if paths, err := l.choose(nil); err != nil || len(paths) != 2 {
		t.Errorf("the lessons are %v, %v", paths, err)
	}
	if err := l.run(t.Context(), []string{"tidy"}); err != nil {
		t.Errorf("tidy took a copy for a lesson: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	reset("00-a  is there again")
}

func TestResetRefuses(t *testing.T) {
	l, _ := newLab(t, map[string][]string{"00-a": nil})
	commit(t, l)
	path := filepath.Join(l.root, "notebooks", "00-a.ipynb")
	work := func() {
		t.Helper()
		if err := os.WriteFile(path, []byte("work"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	refuses := func(what, want string, names ...string) {
		t.Helper()
		err := l.run(t.Context(), append([]string{"reset"}, names...))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want one line with %q", what, err, want)
		}
		if now, _ := os.ReadFile(path); string(now) != "work" || len(copies(t, l)) > 0 {
			t.Errorf("%s: the lesson is %q, with copies %v", what, now, copies(t, l))
		}
	}
	work()
	refuses("no lesson", "make reset ONLY=00")
	refuses("no such lesson", `there is no lesson "07": there are 00-a`, "00", "07")

	git := filepath.Join(l.root, ".git")
	if err := os.Rename(git, git+".away"); err != nil {
		t.Fatal(err)
	}
	refuses("no repository", "not a git repository", "00")
	if err := os.Rename(git+".away", git); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	refuses("no git", "install git", "00")
}

// A lesson whose copy cannot be kept stays as it is.
func TestKeep(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "00-a.ipynb")
	now := time.Date(2026, 1, 31, 15, 4, 5, 0, time.UTC)
	if err := os.WriteFile(path, []byte("work"), 0o644); err != nil {
		t.Fatal(err)
	}
	if copied, err := replace(path, []byte("published"), now); err != nil || copied != filepath.Join(dir, "00-a.mine-20260131-150405.ipynb") {
		t.Errorf("kept as %s, %v", copied, err)
	}

	defer func() { link = os.Link }()
	link = func(string, string) error { return errors.ErrUnsupported } // as on FAT
	if err := os.WriteFile(path, []byte("more"), 0o644); err != nil {
		t.Fatal(err)
	}
	copied, err := replace(path, []byte("published"), now)
	if b, _ := os.ReadFile(copied); err != nil || copied != filepath.Join(dir, "00-a.mine-20260131-150405-2.ipynb") || string(b) != "more" {
		t.Errorf("without links it is kept as %s: %q, %v", copied, b, err)
	}
	if b, _ := os.ReadFile(path); string(b) != "published" {
		t.Errorf("the lesson is now %q", b)
	}

	if err := os.WriteFile(path, []byte("last"), 0o644); err != nil {
		t.Fatal(err)
	}
	// The disk breaks between the two: the file cannot be read for the copy.
	link = func(from, _ string) error { return errors.Join(errors.ErrUnsupported, os.Rename(from, from+".away")) }
	if _, err := replace(path, []byte("published"), now); err == nil || !strings.Contains(err.Error(), "cannot be kept") {
		t.Errorf("a copy that failed: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the lesson was written over without a copy")
	}
}

// TestMine tells copies from lessons by their names.
func TestMine(t *testing.T) {
	for name, want := range map[string]bool{
		"00-a.mine-20260131-150405.ipynb":             true,
		"notebooks/00-a.mine-20260131-150405-2.ipynb": true,
		"00-a.ipynb":      false,
		"00-mine.ipynb":   false,
		"00-mine-2.ipynb": false,
	} {
		if got := mine.MatchString(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	n := &notebook.Notebook{}
	l, _ := newLab(t, map[string][]string{"00-a": nil})
	if err := n.Write(filepath.Join(l.root, "notebooks", "00-a.mine-20260131-150405.ipynb")); err != nil {
		t.Fatal(err)
	}
	if paths, err := l.choose([]string{"00"}); err != nil || len(paths) != 1 || lessonName(paths[0]) != "00-a" {
		t.Errorf("lesson 00 is %v, %v", paths, err)
	}
}
