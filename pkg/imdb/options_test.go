package imdb

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestOptions(t *testing.T) {
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, reviewFiles()))
	dir := t.TempDir()
	load := func(o Options) *Corpus {
		l := testLoader(dir)
		l.Options = o
		l.Dir = dir
		return mustLoad(t, l, archive)
	}
	c := load(Options{Vocabulary: 20, Reviews: 30, Validation: .25, Seed: 7})
	if c.Vocabulary.Len() != 20 || c.Train.Len() != 22 || c.Validation.Len() != 8 || c.Test.Len() != 30 {
		t.Errorf("%d ids, %d + %d + %d reviews", c.Vocabulary.Len(), c.Train.Len(), c.Validation.Len(), c.Test.Len())
	}
	wantSame(t, load(Options{Vocabulary: 20, Reviews: 30, Validation: .25, Seed: 7}), c)
	if other := load(Options{Vocabulary: 20, Reviews: 30, Validation: .25, Seed: 8}); other.Train.Text(0) == c.Train.Text(0) && other.Train.Text(1) == c.Train.Text(1) {
		t.Error("another seed chose the same reviews")
	}
	if all := load(Options{Reviews: 1000}); all.Train.Len()+all.Validation.Len() != 80 {
		t.Errorf("more reviews than there are: %d", all.Train.Len())
	}
	for _, test := range []struct {
		o    Options
		word string
	}{
		{Options{Vocabulary: 4}, "Vocabulary is 4"},
		{Options{Vocabulary: -1}, "Vocabulary is -1"},
		{Options{Reviews: -1}, "Reviews is -1"},
		{Options{Reviews: 5}, "Reviews is 5"},
		{Options{Validation: 1}, "Validation is 1"},
		{Options{Validation: -.1}, "Validation is -0.1"},
	} {
		_, err := Load(test.o)
		wantError(t, err, test.word)
	}
}

// Many settings do not fill the disk, and the one in use stays.
func TestPrune(t *testing.T) {
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, reviewFiles()))
	dir := t.TempDir()
	stale := put(t, filepath.Join(dir, "cache", ".imdb-1.ids.123"), []byte("of a killed process"))
	if err := os.Chtimes(stale, longAgo, longAgo); err != nil {
		t.Fatal(err)
	}
	for size := range keep + 5 {
		l := testLoader(dir)
		l.Vocabulary = 10 + size
		mustLoad(t, l, archive)
		l = testLoader(dir)
		l.Vocabulary = 10
		l.Log = func(line string) {
			if size > 0 {
				t.Errorf("the settings used last were removed: %s", line)
			}
		}
		mustLoad(t, l, archive)
	}
	files, err := filepath.Glob(filepath.Join(dir, "cache", "imdb-*.ids"))
	if err != nil || len(files) != keep {
		t.Errorf("%d files are kept, want %d", len(files), keep)
	}
	if left := leftovers(t, dir); left != nil {
		t.Errorf("%q are left", left)
	}
}

// The parts are the same on every machine and stay so.
func TestChoose(t *testing.T) {
	set := func(n int) *reviews {
		r := &reviews{labels: make([]uint8, n)}
		for i := n / 2; i < n; i++ {
			r.labels[i] = 1
		}
		return r
	}
	got := choose(set(20), set(10), Options{Seed: 1, Validation: .2})
	want := choice{
		train:      []uint32{3, 2, 0, 13, 6, 18, 12, 9, 17, 19, 8, 7, 16, 10, 11, 4},
		validation: []uint32{14, 1, 15, 5},
		test:       []uint32{5, 3, 8, 7, 1, 2, 0, 9, 6, 4},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
