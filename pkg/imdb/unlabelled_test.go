package imdb

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestUnlabelled(t *testing.T) {
	files := reviewFiles()
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, files))
	var want []string
	for _, f := range files {
		if strings.Contains(f.name, "/unsup/") {
			want = append(want, f.body)
		}
	}
	dir := t.TempDir()
	c := mustLoad(t, testLoader(dir), archive)
	texts, err := c.Unlabelled()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range texts.Len() {
		got = append(got, texts.Text(i))
	}
	slices.Sort(got)
	slices.Sort(want)
	if len(got) != few.unlabelled || !slices.Equal(got, want) {
		t.Errorf("got %d texts:\n%.200q\nwant\n%.200q", len(got), got, want)
	}

	caches, err := filepath.Glob(filepath.Join(dir, "cache", "*.unlabelled"))
	if err != nil || len(caches) != 1 {
		t.Fatalf("cached in %q, %v", caches, err)
	}
	if err := os.Truncate(caches[0], 100); err != nil {
		t.Fatal(err)
	}
	_, err = c.Unlabelled()
	wantError(t, err, "unlabelled", "damaged", "remove the folder")

	sample := mustLoad(t, testLoader(t.TempDir()), "sample")
	if texts, err := sample.Unlabelled(); err != nil || texts.Len() != 0 {
		t.Errorf("the sample has %d unlabelled reviews, %v", texts.Len(), err)
	}
	without := slices.DeleteFunc(slices.Clone(files), func(f file) bool { return strings.Contains(f.name, "/unsup/") })
	c = mustLoad(t, testLoader(t.TempDir()), unpack(t, without))
	if texts, err := c.Unlabelled(); err != nil || texts.Len() != 0 {
		t.Errorf("an archive without them has %d unlabelled reviews, %v", texts.Len(), err)
	}
}
