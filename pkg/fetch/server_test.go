package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// content is the file that the tests download, with its sum.
var content, contentSum = func() ([]byte, string) {
	random := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 300_000)
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	sum := sha256.Sum256(b)
	return b, hex.EncodeToString(sum[:])
}()

// faulty serves content; its fields make it misbehave.
type faulty struct {
	etag     string
	content  []byte
	cut      []int // bytes sent by the first, second … request before the connection breaks
	status   []int // statuses of the first requests
	noRange  bool  // ignores Range
	requests atomic.Int32
	ranges   chan string // the Range headers that came
}

func (s *faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := int(s.requests.Add(1)) - 1
	s.ranges <- r.Header.Get("Range")
	if n < len(s.status) {
		http.Error(w, "no", s.status[n])
		return
	}
	if s.etag != "" {
		w.Header().Set("ETag", s.etag)
	}
	if s.noRange {
		r.Header.Del("Range")
	}
	if n < len(s.cut) {
		w = &cutter{w, s.cut[n]}
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(s.content))
}

// cutter breaks the connection after some bytes.
type cutter struct {
	http.ResponseWriter
	left int
}

func (c *cutter) Write(p []byte) (int, error) {
	n := min(len(p), c.left)
	c.left -= n
	c.ResponseWriter.Write(p[:n])
	if c.left == 0 {
		c.ResponseWriter.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	return n, nil
}

// serve starts a TLS server and a client that trusts it and does not wait.
func serve(t *testing.T, h http.Handler) (url string, c *Client) {
	t.Helper()
	if f, ok := h.(*faulty); ok {
		f.ranges = make(chan string, 100)
		if f.content == nil {
			f.content = content
		}
	}
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL + "/file.bin", &Client{HTTP: s.Client(), Pause: time.Millisecond, Stall: 2 * time.Second}
}

// wantFile fails unless the folder holds the whole file and nothing else.
func wantFile(t *testing.T, path string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, content) {
		t.Fatalf("the file has %d wrong bytes", len(got))
	}
	wantOnly(t, filepath.Dir(path), filepath.Base(path))
}

// wantOnly fails unless the folder holds just these files.
func wantOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(names) {
		t.Errorf("the folder holds %q, want %q", got, names)
	}
}

// wantError fails unless err is one line with all the words.
func wantError(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", words)
	}
	if strings.ContainsAny(err.Error(), "\n\r") {
		t.Errorf("more than a line: %q", err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error lacks %q: %q", w, err)
		}
	}
}

func background(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}
