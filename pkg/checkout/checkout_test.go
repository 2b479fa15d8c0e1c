package checkout

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRootAndData(t *testing.T) {
	t.Setenv("SPARSEQ_ROOT", "")
	t.Setenv("SPARSEQ_DATA", "")
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	inner := filepath.Join(top, "a lab", "notebooks")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(inner)
	if dir, err := Root(); err == nil || !strings.Contains(err.Error(), "SPARSEQ_ROOT") {
		t.Errorf("outside of the repository: %q, %v", dir, err)
	}
	// Another module's folder below is passed by.
	for dir, mod := range map[string]string{inner: "module other\n", filepath.Dir(inner): "// the lab\nmodule sparseq\n"} {
		if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if dir, err := Root(); err != nil || dir != filepath.Dir(inner) {
		t.Errorf("root %q, %v", dir, err)
	}
	if dir, err := Data(); err != nil || dir != filepath.Join(filepath.Dir(inner), "data") {
		t.Errorf("data %q, %v", dir, err)
	}
	t.Setenv("SPARSEQ_ROOT", top)
	t.Setenv("SPARSEQ_DATA", "elsewhere")
	if dir, err := Root(); err != nil || dir != top {
		t.Errorf("SPARSEQ_ROOT: %q, %v", dir, err)
	}
	if dir, err := Data(); err != nil || dir != filepath.Join(inner, "elsewhere") {
		t.Errorf("SPARSEQ_DATA: %q, %v", dir, err)
	}
}

func TestLocate(t *testing.T) {
	root, elsewhere := t.TempDir(), t.TempDir()
	t.Setenv("SPARSEQ_ROOT", root)
	t.Chdir(elsewhere)
	for _, file := range []string{filepath.Join(root, "both"), filepath.Join(root, "there"), filepath.Join(elsewhere, "both")} {
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		"both": "both", "there": filepath.Join(root, "there"), "nowhere": "nowhere",
		filepath.Join(elsewhere, "there"): filepath.Join(elsewhere, "there"),
	} {
		if got := Locate(path); got != want {
			t.Errorf("Locate(%q) = %q, want %q", path, got, want)
		}
	}
}
