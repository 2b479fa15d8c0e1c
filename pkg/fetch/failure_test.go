package fetch

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFailure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "downloads", "archive")
	if err := Recall(file); err != nil {
		t.Errorf("nothing failed, but: %v", err)
	}
	Remember(file, errors.New("no network"))
	if err := Recall(file); err == nil || err.Error() != "no network; tried 0s ago" {
		t.Errorf("it recalls %v", err)
	}
	if err := os.WriteFile(file+".failed", []byte(`{"Time": "2001-01-01T00:00:00Z", "Cause": "then"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Recall(file); err != nil {
		t.Errorf("long ago is no reason: %v", err)
	}
	Remember(file, errors.New("again"))
	Forget(file)
	if err := Recall(file); err != nil {
		t.Errorf("it was forgotten, but: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) > 0 {
		t.Errorf("there are left %v, %v", entries, err)
	}
	Remember(filepath.Join(os.DevNull, "nowhere"), errors.New(strings.Repeat("x", 10))) // writes nothing, and is no fault
}
