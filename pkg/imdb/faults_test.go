package imdb

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

var longAgo = time.Now().Add(-time.Hour)

func TestBadArchives(t *testing.T) {
	files := reviewFiles()
	good := pack(t, files)
	altered := bytes.Clone(good)
	altered[len(altered)/2] ^= 0x10
	with := func(f ...file) []byte { return pack(t, slices.Concat(files, f)) }
	var first int // a labelled review of the training set
	for first = range files {
		if strings.Contains(files[first].name, "/train/neg/") {
			break
		}
	}
	tests := []struct {
		name    string
		archive []byte
		words   []string
	}{
		{"empty", nil, []string{"cut short"}},
		{"half", good[:len(good)/2], []string{"cut short", "get the archive again, from https://"}},
		{"altered", altered, []string{"bad archive"}},
		{"a web page", []byte("<html>please log in</html>"), []string{"no gzip file"}},
		{"a review less", pack(t, slices.Delete(slices.Clone(files), first, first+1)), []string{"train set has 39 negative and 40 positive reviews instead of 40 of each"}},
		{"a review more", with(file{name: "aclImdb/test/pos/99_9.txt"}), []string{"test set has 40 negative and 41 positive"}},
		{"unlabelled more", with(file{name: "aclImdb/train/unsup/99_0.txt"}), []string{"31 unlabelled reviews instead of 30"}},
		{"twice", pack(t, slices.Concat(slices.Delete(slices.Clone(files), first, first+1), []file{{name: "aclImdb/train/neg/3_3.txt"}})), []string{"twice"}},
		{"upwards", with(file{name: "../../evil.txt", body: "x"}), []string{"leads out of the archive's folder"}},
		{"link", with(file{name: "aclImdb/link", kind: tar.TypeSymlink}), []string{"no regular file"}},
		{"bomb", with(file{name: "aclImdb/bomb", body: string(make([]byte, 8<<20))}), []string{"100 times its size"}},
		{"a long review", with(file{name: "aclImdb/train/pos/99_9.txt", body: strings.Repeat("word ", 300_000)}), []string{"no review is that long"}},
		{"other content", pack(t, []file{{name: "a.txt", body: "a"}}), []string{"0 negative and 0 positive reviews"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.name == "twice" && strings.Contains(files[first].name, "/3_") {
				t.Fatal("the test removes the review that it doubles")
			}
			path := put(t, filepath.Join(t.TempDir(), "a.tar.gz"), test.archive)
			dir := t.TempDir()
			t.Setenv("SPARSEQ_IMDB", path)
			_, err := testLoader(dir).load()
			wantError(t, err, append(test.words, "SPARSEQ_IMDB="+path)...)
			if cached, _ := filepath.Glob(filepath.Join(dir, "cache", "*.reviews")); cached != nil {
				t.Errorf("a bad archive was cached: %q", cached)
			}
			if left := leftovers(t, dir); left != nil {
				t.Errorf("%q were left behind", left)
			}
		})
	}
	for path, word := range map[string]string{
		filepath.Join(t.TempDir(), "nothing"): "no such archive or folder",
		t.TempDir():                           "0 negative and 0 positive reviews",
		"/dev/null":                           "neither an archive nor a folder",
	} {
		t.Setenv("SPARSEQ_IMDB", path)
		_, err := testLoader(t.TempDir()).load()
		wantError(t, err, word, "SPARSEQ_IMDB="+path)
	}
}

// A cache that is cut short, altered or emptied is built again, never trusted.
func TestDamagedCache(t *testing.T) {
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, reviewFiles()))
	dir := t.TempDir()
	want := read(mustLoad(t, testLoader(dir), archive))
	files, err := filepath.Glob(filepath.Join(dir, "cache", "imdb-*"))
	if err != nil || len(files) != 4 {
		t.Fatalf("the cache holds %q, %v", files, err)
	}
	for _, path := range files {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		damages := [][]byte{nil, whole[:1], whole[:len(whole)/2], whole[:len(whole)-1], append(bytes.Clone(whole), 0)}
		for at := 0; at < len(whole); at += 1 + len(whole)/15 {
			altered := bytes.Clone(whole)
			altered[at] ^= 0x40
			damages = append(damages, altered)
		}
		for i, damaged := range damages {
			// A new file, as a broken disk or program would leave it: the old one
			// is mapped by the corpora above.
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			put(t, path, damaged)
			if got := read(mustLoad(t, testLoader(dir), archive)); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s, damage %d: another corpus", filepath.Base(path), i)
			}
		}
	}
}

// A file stands where the cache should be: permissions do not stop root.
func TestCacheCannotBeWritten(t *testing.T) {
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, reviewFiles()))
	dir := t.TempDir()
	put(t, filepath.Join(dir, "cache"), nil)
	t.Setenv("SPARSEQ_IMDB", archive)
	_, err := testLoader(dir).load()
	wantError(t, err, "cannot write "+filepath.Join(dir, "cache"), "not a directory", "SPARSEQ_DATA")
}

// A cache that others made and that cannot be written is good to read.
func TestReadOnlyCache(t *testing.T) {
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, reviewFiles()))
	dir := t.TempDir()
	want := mustLoad(t, testLoader(dir), archive)
	before, err := os.ReadDir(filepath.Join(dir, "cache"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "cache"), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "cache"), 0o755) })
	wantSame(t, mustLoad(t, testLoader(dir), archive), want)
	after, _ := os.ReadDir(filepath.Join(dir, "cache"))
	if len(after) != len(before) {
		t.Errorf("the cache went from %v to %v", before, after)
	}
}
