package imdb

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sparseq/pkg/text"
)

func TestLoad(t *testing.T) {
	files := reviewFiles()
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, files))
	dir := t.TempDir()
	c := mustLoad(t, testLoader(dir), archive)

	bodies := map[string]string{} // text to name
	for _, f := range files {
		bodies[f.body] = f.name
	}
	seen := map[string]bool{}
	counts := text.Counts{}
	for name, s := range map[string]Split{"train": c.Train, "validation": c.Validation, "test": c.Test} {
		want := map[string]int{"train": 72, "validation": 8, "test": 80}[name]
		positive := 0
		for i := range s.Len() {
			file := bodies[s.Text(i)]
			if seen[file] {
				t.Errorf("%s: %s stands twice", name, file)
			}
			seen[file] = true
			set := strings.Replace(name, "validation", "train", 1)
			label := map[float32]string{0: "neg", 1: "pos"}[s.Labels[i]]
			if !strings.Contains(file, "/"+set+"/"+label+"/") {
				t.Errorf("%s: %s has label %g", name, file, s.Labels[i])
			}
			positive += int(s.Labels[i])
			if _, end, _ := strings.Cut(file, "_"); end != string(rune('0'+s.Stars(i)))+".txt" && s.Stars(i) != 10 {
				t.Errorf("%s: %s has %d stars", name, file, s.Stars(i))
			}
			words := text.Tokens(s.Text(i))
			if want := slices.Concat([]int32{text.Start}, c.Vocabulary.Encode(words)); !reflect.DeepEqual(s.IDs(i), want) {
				t.Errorf("%s: %s is encoded as %v, want %v", name, file, s.IDs(i), want)
			}
			if s.Length(i) != len(words) {
				t.Errorf("%s: %s has %d words, not %d", name, file, s.Length(i), len(words))
			}
			if name == "train" {
				counts.Add(words)
			}
		}
		if s.Len() != want || positive != want/2 {
			t.Errorf("%s has %d reviews, %d positive, want %d", name, s.Len(), positive, want)
		}
	}
	if !reflect.DeepEqual(c.Counts(), counts) {
		t.Error("words were not counted on the training part alone")
	}
	if want := text.MostFrequent(counts, 60).Words(); !reflect.DeepEqual(c.Vocabulary.Words(), want) {
		t.Errorf("the vocabulary is %q, want %q", c.Vocabulary.Words(), want)
	}
	if c.Duplicates != 2 {
		t.Errorf("%d duplicates, want 2", c.Duplicates)
	}
	if s := c.Source.String(); c.Source.Sample || !strings.Contains(s, "reviews.tar.gz (not the official file") || !strings.Contains(s, "80 reviews to train, 80 to test, 30 unlabelled") {
		t.Errorf("the source is %q", s)
	}
	if left := leftovers(t, dir); left != nil {
		t.Errorf("%q were left behind", left)
	}

	t.Run("coverage", func(t *testing.T) {
		total, first := 0, 0
		for _, n := range counts {
			total += n
		}
		for _, w := range counts.Words()[:6] {
			first += counts[w]
		}
		want := []float64{0, 0, float64(first) / float64(total), 1, 1}
		if got := c.Coverage(0, 4, 10, 4+len(counts), 1e6); !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
	t.Run("from the cache", func(t *testing.T) {
		l := testLoader(dir)
		l.Log = func(line string) { t.Errorf("it works on: %s", line) }
		wantSame(t, mustLoad(t, l, archive), c)
		wantSame(t, mustLoad(t, l, ""), c) // where SPARSEQ_IMDB was set once
	})
	t.Run("from a folder", func(t *testing.T) {
		folder := unpack(t, files)
		for _, path := range []string{folder, filepath.Join(folder, "aclImdb")} {
			got := mustLoad(t, testLoader(t.TempDir()), path)
			wantSame(t, got, c)
			if !strings.Contains(got.Source.Remark, "unpacked folder") {
				t.Errorf("the source is %q", got.Source)
			}
		}
		// Without the unlabelled reviews, as the Keras tutorial leaves it.
		if err := os.RemoveAll(filepath.Join(folder, "aclImdb/train/unsup")); err != nil {
			t.Fatal(err)
		}
		wantSame(t, mustLoad(t, testLoader(t.TempDir()), folder), c)
	})
	t.Run("another archive", func(t *testing.T) {
		other := slices.Clone(files)
		other[0].body += " more"
		other[1].body += " more"
		path := put(t, filepath.Join(t.TempDir(), "other.tar.gz"), pack(t, other))
		got := mustLoad(t, testLoader(dir), path)
		if !strings.Contains(got.Source.Name, "other.tar.gz") {
			t.Errorf("the source is %q", got.Source)
		}
		wantSame(t, mustLoad(t, testLoader(dir), archive), c)
	})
	t.Run("an archive that changes", func(t *testing.T) {
		path := put(t, filepath.Join(t.TempDir(), "a.tar.gz"), pack(t, files))
		dir := t.TempDir()
		wantSame(t, mustLoad(t, testLoader(dir), path), c)
		put(t, path, []byte("no archive any more"))
		t.Setenv("SPARSEQ_IMDB", path)
		_, err := testLoader(dir).load()
		wantError(t, err, "a.tar.gz", "no gzip file")
	})
}

func TestLoadRelativePath(t *testing.T) {
	root := t.TempDir()
	put(t, filepath.Join(root, "repo", "go.mod"), []byte("module sparseq\n"))
	put(t, filepath.Join(root, "shared", "a.tar.gz"), pack(t, reviewFiles()))
	put(t, filepath.Join(root, "repo", "notebooks", "x"), nil)
	t.Chdir(filepath.Join(root, "repo", "notebooks"))
	t.Setenv("SPARSEQ_ROOT", "")
	t.Setenv("SPARSEQ_DATA", "")
	mustLoad(t, testLoader(""), "../shared/a.tar.gz")    // from the repository's folder
	mustLoad(t, testLoader(""), "../../shared/a.tar.gz") // from the working folder
	if entries, _ := os.ReadDir(filepath.Join(root, "repo", "data", "cache")); len(entries) == 0 {
		t.Error("nothing in the repository's data/cache")
	}
}

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
