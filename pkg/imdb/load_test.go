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
