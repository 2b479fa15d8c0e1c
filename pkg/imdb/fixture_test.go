package imdb

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// few is the counts of the archives made here.
var few = counts{perLabel: 40, unlabelled: 30}

// file is a member of a test's archive.
type file struct {
	name, body string
	kind       byte
}

// reviewFiles makes the members of a small archive, in random order. Words of
// positive and negative reviews differ, and two reviews stand in both sets.
func reviewFiles() []file {
	random := rand.New(rand.NewPCG(3, 4))
	write := func(label string, n int) string {
		var b strings.Builder
		for range 5 + random.IntN(40) {
			fmt.Fprintf(&b, "Word%d ", int(random.ExpFloat64()*20))
			if random.IntN(3) == 0 {
				fmt.Fprintf(&b, "%s-%d, <br />", label, random.IntN(9))
			}
		}
		return b.String()
	}
	var files []file
	for _, set := range []string{"train", "test"} {
		for _, label := range []string{"pos", "neg"} {
			stars := map[string]int{"pos": 7, "neg": 1}[label]
			for i := range few.perLabel {
				name := fmt.Sprintf("aclImdb/%s/%s/%d_%d.txt", set, label, i, stars+i%4)
				files = append(files, file{name: name, body: write(label, i)})
			}
		}
	}
	for i := range few.unlabelled {
		files = append(files, file{name: fmt.Sprintf("aclImdb/train/unsup/%d_0.txt", i), body: write("none", i)})
	}
	at := map[string]int{}
	for i, f := range files {
		at[f.name] = i
	}
	for i := range 2 { // the same words, written otherwise
		from, to := fmt.Sprintf("aclImdb/train/neg/%d_%d.txt", i, 1+i), fmt.Sprintf("aclImdb/test/neg/%d_%d.txt", 9+i, 1+(9+i)%4)
		files[at[to]].body = strings.ToUpper(files[at[from]].body) + "!"
	}
	files = append(files, file{name: "aclImdb/README", body: "read me"}, file{name: "aclImdb/train/", kind: tar.TypeDir})
	random.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	return files
}

// pack makes a tar.gz archive of the files.
func pack(t testing.TB, files []file) []byte {
	t.Helper()
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	tw := tar.NewWriter(gz)
	for _, f := range files {
		h := &tar.Header{Name: f.name, Mode: 0o644, Typeflag: f.kind}
		switch f.kind {
		case 0:
			h.Typeflag, h.Size = tar.TypeReg, int64(len(f.body))
		case tar.TypeSymlink:
			h.Linkname = "/etc/passwd"
		}
		if err := tw.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			io.WriteString(tw, f.body)
		}
	}
	if err := errors.Join(tw.Close(), gz.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpack writes the files into a folder.
func unpack(t testing.TB, files []file) string {
	dir := t.TempDir()
	for _, f := range files {
		if f.kind == 0 {
			put(t, filepath.Join(dir, f.name), []byte(f.body))
		}
	}
	return dir
}

func put(t testing.TB, path string, content []byte) string {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, content, 0o666)); err != nil {
		t.Fatal(err)
	}
	return path
}

// testLoader is a loader for the small archives, whose host does not exist.
func testLoader(dir string) *loader {
	l := newLoader(Options{Dir: dir, Vocabulary: 60})
	l.want = few
	l.url = "https://localhost:1/aclImdb_v1.tar.gz"
	return l
}

// mustLoad loads with SPARSEQ_IMDB set to imdb.
func mustLoad(t testing.TB, l *loader, imdb string) *Corpus {
	t.Helper()
	t.Setenv("SPARSEQ_IMDB", imdb)
	c, err := l.load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// read copies all that a corpus says, to compare.
func read(c *Corpus) map[string]any {
	all := map[string]any{"words": c.Vocabulary.Words(), "counts": c.Counts(), "duplicates": c.Duplicates}
	for name, s := range map[string]Split{"train": c.Train, "validation": c.Validation, "test": c.Test} {
		var texts []string
		var ids [][]int32
		var stars []int
		for i := range s.Len() {
			texts, ids, stars = append(texts, s.Text(i)), append(ids, s.IDs(i)), append(stars, s.Stars(i))
		}
		all[name] = []any{texts, ids, stars, s.Labels}
	}
	return all
}

// wantSame fails unless two corpora say the same, apart from their source.
func wantSame(t testing.TB, got, want *Corpus) {
	t.Helper()
	a, b := read(got), read(want)
	for key := range b {
		if !reflect.DeepEqual(a[key], b[key]) {
			t.Errorf("%s differs:\n%.300v\n%.300v", key, a[key], b[key])
		}
	}
}

// wantError fails unless err is one line with all the words.
func wantError(t testing.TB, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", words)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error lacks %q: %s", w, err)
		}
	}
	if strings.ContainsAny(err.Error(), "\n\r") || strings.Count(err.Error(), "imdb: ") > 1 {
		t.Errorf("not one clear line: %q", err)
	}
}

// leftovers are the files of a folder that only a build at work has.
func leftovers(t testing.TB, dir string) (names []string) {
	t.Helper()
	filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if base := filepath.Base(path); strings.HasPrefix(base, ".") || strings.HasSuffix(base, ".lock") {
			names = append(names, path)
		}
		return nil
	})
	return names
}
