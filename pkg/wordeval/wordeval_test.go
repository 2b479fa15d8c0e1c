package wordeval

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"sparseq/pkg/checkout"
)

// given is what SPARSEQ_WORDEVAL was outside of the tests.
var given = os.Getenv("SPARSEQ_WORDEVAL")

// testSet is a set of small's pairs that nobody serves, in a new data folder.
func testSet(t *testing.T) set {
	t.Setenv("SPARSEQ_WORDEVAL", "")
	sum := sha256.Sum256([]byte(small))
	return set{name: "Small", data: t.TempDir(), file: "small.tab", url: "http://127.0.0.1:1/small.zip",
		member: "combined.tab", sum: hex.EncodeToString(sum[:]), pairs: 3}
}

func put(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func wantPairs(t *testing.T, s set) {
	t.Helper()
	pairs, err := s.load(nil, false)
	if err != nil || !reflect.DeepEqual(pairs, smallPairs) {
		t.Fatalf("%v, %v", pairs, err)
	}
}

func TestGiven(t *testing.T) {
	s := testSet(t)
	root := t.TempDir()
	file := put(t, filepath.Join(root, "sets", "small.tab"), small)
	put(t, filepath.Join(root, "repo", "go.mod"), "module sparseq\n")
	put(t, filepath.Join(root, "repo", "notebooks", "x"), "")
	t.Setenv("SPARSEQ_ROOT", "")
	t.Chdir(filepath.Join(root, "repo", "notebooks"))
	for _, path := range []string{file, filepath.Dir(file), "../sets", "../sets/small.tab", "../../sets"} {
		t.Setenv("SPARSEQ_WORDEVAL", path)
		wantPairs(t, s)
	}
	if entries, err := os.ReadDir(s.data); len(entries) != 0 || err != nil {
		t.Errorf("the data folder holds %v, %v", entries, err)
	}
}

func TestGivenFaults(t *testing.T) {
	s := testSet(t)
	dir := t.TempDir()
	short := put(t, filepath.Join(dir, "short.tab"), small[:strings.Index(small, "king")])
	other := put(t, filepath.Join(dir, "other.tab"), "no such thing")
	for _, c := range []struct{ path, says string }{
		{filepath.Join(dir, "missing"), "cannot read " + filepath.Join(dir, "missing") + ": no such file"},
		{dir, "cannot read " + filepath.Join(dir, "small.tab")},
		{short, "2 pairs instead of 3: it is cut short"},
		{other, `line 1 is "no such thing"`},
	} {
		t.Setenv("SPARSEQ_WORDEVAL", c.path)
		_, err := s.load(nil, false)
		wantError(t, err, "Small: SPARSEQ_WORDEVAL="+c.path+": ", c.says)
	}
}

// A file put into downloads by hand is checked like any other.
func TestByHand(t *testing.T) {
	s := testSet(t)
	path := put(t, filepath.Join(s.data, "downloads", "small.tab"), small)
	wantPairs(t, s)
	put(t, path, small[:20])
	_, err := s.load(nil, false)
	wantError(t, err, "Small: "+path, "remove the file")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err = s.load(nil, false)
	wantError(t, err, path)
}

// The set itself, where SPARSEQ_WORDEVAL names it.
func TestWordSim353(t *testing.T) {
	if given == "" {
		t.Skip("SPARSEQ_WORDEVAL does not name the file of WordSim-353")
	}
	t.Setenv("SPARSEQ_WORDEVAL", given)
	pairs, err := WordSim353(nil)
	if err != nil || len(pairs) != 353 {
		t.Fatal(len(pairs), err)
	}
	content, err := os.ReadFile(checkout.LocateFile(given, wordSim353.file))
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != wordSim353.sum {
		t.Errorf("its sum is %x", sum)
	}
	last := ""
	if err := Prefetch(t.TempDir(), func(line string) { last = line }); err != nil || last != "ready: WordSim-353, 353 pairs of words" {
		t.Errorf("%q, %v", last, err)
	}
}
