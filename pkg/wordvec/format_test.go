package wordvec

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// stored are the vectors of testdata/gensim.txt and gensim.bin, which gensim 4.4.0 wrote (NumPy
// 2.4.6):
//
//	x = numpy.random.default_rng(1).normal(size=(7, 4)).astype("float32"); x[2] = [0, -0.0, 1e-30, 3.4e38]
//	kv = KeyedVectors(4); kv.add_vectors(words, x); kv.save_word2vec_format(path, binary=...)
//
// ours.txt and ours.bin are what this package writes of them; gensim 4.4.0 read both and found
// the same words and the same bits.
func stored(t *testing.T) *Vectors {
	bits := [][]uint32{
		{0x3eb0f069, 0x3f525591, 0x3ea92f0c, 0xbfa6cddb}, {0x3f67c567, 0x3ee48b35, 0xbf0975c4, 0x3f14c428},
		{0x0, 0x80000000, 0xda24260, 0x7f7fc99e}, {0xbf3c8841, 0xbe26d1de, 0xbef6d858, 0x3f194dfc},
		{0x3d22b3a6, 0xbe95bce4, 0xbf482b27, 0xbe83aeb4}, {0x3c0566c8, 0xbe8d1bd3, 0x3fa5a3e2, 0x3f80dc58},
		{0xc02d83b0, 0xbff1cb30, 0xbe32f775, 0xbed82957},
	}
	x := make([][]float32, len(bits))
	for i, row := range bits {
		for _, b := range row {
			x[i] = append(x[i], math.Float32frombits(b))
		}
	}
	return mustNew(t, []string{"film", "the", "i've", "Paris", "é", "<b>", "日本"}, x)
}

// wantVectors fails unless the words and all bits of the vectors are the same.
func wantVectors(t *testing.T, what string, got, want *Vectors) {
	t.Helper()
	if !reflect.DeepEqual(got.words, want.words) || len(got.vectors) != len(want.vectors) {
		t.Fatalf("%s: the words are %q, want %q", what, got.words, want.words)
	}
	for i, row := range want.vectors {
		if len(got.vectors[i]) != len(row) {
			t.Fatalf("%s: vector %d is %v, want %v", what, i, got.vectors[i], row)
		}
		for j, x := range row {
			if math.Float32bits(got.vectors[i][j]) != math.Float32bits(x) {
				t.Errorf("%s: vector %d is %v, want %v", what, i, got.vectors[i], row)
				break
			}
		}
	}
}

func TestLoadGensim(t *testing.T) {
	for _, name := range []string{"gensim.txt", "gensim.bin", "ours.txt", "ours.bin"} {
		v, err := Load(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		wantVectors(t, name, v, stored(t))
	}
}

func TestSave(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	for _, name := range []string{"ours.txt", "ours.bin"} {
		path := filepath.Join(dir, name)
		for range 2 { // the second time over the first
			if err := stored(t).Save(path); err != nil {
				t.Fatal(err)
			}
		}
		got, _ := os.ReadFile(path)
		want, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is %q, want %q, %v", name, got, want, err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("the folder holds %v", entries)
	}
	for _, word := range []string{"", "a b", "a\nb", "a\tb", strings.Repeat("a", maxWord+1)} {
		path := filepath.Join(t.TempDir(), "x.bin")
		wantError(t, mustNew(t, []string{word}, [][]float32{{1}}).Save(path), "cannot be written")
		if _, err := os.Stat(path); err == nil {
			t.Errorf("a file was written of %q", word)
		}
	}
	_, err := Load(filepath.Join(dir, "none.bin"))
	wantError(t, err, "cannot read", "none.bin", "no such file")
}

// raw are the bytes of numbers in the binary format.
func raw(x ...float32) string {
	b, _ := binary.Append(nil, binary.LittleEndian, x)
	return string(b)
}

func TestReadFaults(t *testing.T) {
	for content, part := range map[string]string{
		"":                              "no word2vec file",
		"2\n":                           "no word2vec file",
		"a b\nc d\n":                    `begins with "a b"`,
		"0 3\n":                         "no word2vec file",
		"-1 3\n":                        "no word2vec file",
		"1 65537\n":                     "no word2vec file",
		"99999999999999999999 3\n":      "no word2vec file",
		strings.Repeat("7", 100) + "\n": "no word2vec file",
		"2000000000 65536\n":            "promises 2000000000 words, but it ends within word 1",
	} {
		for _, read := range []func(io.Reader) (*Vectors, error){ReadText, ReadBinary} {
			_, err := read(strings.NewReader(content))
			wantError(t, err, part)
		}
	}
	for content, part := range map[string]string{
		"2 2\na 1 2\n":        "promises 2 words, but it ends within word 2",
		"2 2\na 1 2\nb 1\n":   `line 3, "b 1": it has a word and 1 numbers instead of 2`,
		"1 2\na 1 2 3\n":      "3 numbers instead of 2",
		"1 2\na 1 x\n":        `"x" is no number`,
		"1 2\na 1  2\n":       "instead of 2",
		"1 2\na 1 1e99\n":     `"1e99" is no number`,
		"1 2\n 1 2\n":         "begins with no word",
		"1 2\na 1 2\nb 1 2\n": "more follows",
		"2 1\na 1\na 2\n":     "words 0 and 1 are the same",
		"1 2\na NaN 2\n":      "holds NaN",
		"1 2\na 1 +Inf\n":     "holds +Inf",
		"1 1\n" + strings.Repeat("a", maxWord+100) + " 1\n": "line 2 is too long",
	} {
		_, err := ReadText(strings.NewReader(content))
		wantError(t, err, part)
	}
	for content, part := range map[string]string{
		"2 2\na " + raw(1, 2) + "\n": "ends within word 2",
		"1 2\na " + raw(1):           "ends within word 1",
		"1 2\na":                     "ends within word 1",
		"1 2\n " + raw(1, 2):         "word 1 of 1: it is empty",
		"1 1\n" + strings.Repeat("a", maxWord+1) + " " + raw(1): "more than 4096 bytes",
		"1 1\na " + raw(1) + "b " + raw(1):                      "more follows",
		"2 1\na " + raw(1) + "a " + raw(2):                      "the same",
		"1 1\na " + raw(float32(math.Inf(-1))):                  "holds -Inf",
	} {
		_, err := ReadBinary(strings.NewReader(content))
		wantError(t, err, part)
	}
	broken := errors.New("the disk is on fire")
	for _, read := range []func(io.Reader) (*Vectors, error){ReadText, ReadBinary} {
		for _, start := range []string{"", "2 1\n", "2 1\na"} {
			_, err := read(io.MultiReader(strings.NewReader(start), iotest.ErrReader(broken)))
			wantError(t, err, "on fire")
		}
	}
}

func TestReadVariants(t *testing.T) {
	want := mustNew(t, []string{"a", "b"}, [][]float32{{1, -2}, {.5, 3}})
	for _, content := range []string{"2 2\na 1 -2 \nb .5 3 \n", "2 2\r\na 1 -2\r\nb 5e-1 3", " 2  2 \na 1 -2\nb 0.5 3\n\n"} {
		v, err := ReadText(strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		wantVectors(t, content, v, want)
	}
}

func fuzzFormat(f *testing.F, read func(io.Reader) (*Vectors, error), write func(*Vectors, io.Writer) error) {
	f.Fuzz(func(t *testing.T, content []byte) {
		v, err := read(iotest.OneByteReader(bytes.NewReader(content)))
		if err != nil {
			wantError(t, err)
			return
		}
		var again bytes.Buffer
		if err := write(v, &again); err != nil {
			wantError(t, err, "cannot be written")
			return
		}
		same, err := read(&again)
		if err != nil {
			t.Fatal(err)
		}
		wantVectors(t, "read again", same, v)
	})
}

func FuzzReadText(f *testing.F) {
	for _, s := range []string{"1 2\na 1 2\n", "2 1\na 1\na 2\n", "9999999 65536\na", "1 1\nb nan", "2 2\r\na 1 -2 \r\nb 1e-40 0x1p-2"} {
		f.Add([]byte(s))
	}
	fuzzFormat(f, ReadText, (*Vectors).WriteText)
}

func FuzzReadBinary(f *testing.F) {
	for _, s := range []string{"1 1\na " + raw(1), "2 1\na " + raw(1) + "\nb " + raw(2) + "\n", "9999999 65536\na "} {
		f.Add([]byte(s))
	}
	fuzzFormat(f, ReadBinary, (*Vectors).WriteBinary)
}
