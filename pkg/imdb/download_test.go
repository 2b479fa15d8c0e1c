package imdb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sparseq/pkg/fetch"
)

// serve starts a TLS server and a client that trusts it.
func serve(t *testing.T, h http.HandlerFunc) (url string, c *fetch.Client) {
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL + "/aclImdb_v1.tar.gz", &fetch.Client{HTTP: s.Client(), Pause: time.Millisecond}
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func TestDownload(t *testing.T) {
	archive := pack(t, reviewFiles())
	down := true
	requests := 0
	url, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if requests++; down {
			http.Error(w, "closed", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(archive)))
		w.Write(archive)
	})
	dir := t.TempDir()
	var log []string
	loader := func() *loader {
		l := testLoader(dir)
		l.url, l.sum, l.client = url, sumOf(archive), client
		l.Log = func(line string) { log = append(log, line) }
		return l
	}
	for range 2 { // the second time it does not even try
		c := mustLoad(t, loader(), "")
		s := c.Source.String()
		if !c.Source.Sample || !strings.Contains(s, "NOT the IMDB data") || !strings.Contains(s, "403 Forbidden") || !strings.Contains(s, "SPARSEQ_IMDB") || strings.Contains(s, "\n") {
			t.Errorf("the source is %q", s)
		}
	}
	if requests != 1 {
		t.Errorf("%d requests, want 1", requests)
	}
	l := loader()
	l.prefetch = true
	_, err := l.load()
	wantError(t, err, "403 Forbidden", url, filepath.Join(dir, "downloads", "aclImdb_v1.tar.gz"))
	if requests != 2 {
		t.Errorf("%d requests, want 2", requests)
	}

	down = false
	if c := mustLoad(t, loader(), ""); !c.Source.Sample {
		t.Error("it tried again at once")
	}
	l.prefetch = true
	c := mustLoad(t, l, "")
	if c.Source.Sample || c.Source.String() != "IMDB reviews (Maas et al. 2011) from aclImdb_v1.tar.gz" {
		t.Errorf("the source is %q", c.Source)
	}
	wantSame(t, mustLoad(t, loader(), ""), c)
	if err := os.RemoveAll(filepath.Join(dir, "cache")); err != nil {
		t.Fatal(err)
	}
	wantSame(t, mustLoad(t, loader(), ""), c) // from downloads, as if put there by hand
	if requests != 3 {
		t.Errorf("%d requests, want 3", requests)
	}
	entries, _ := os.ReadDir(filepath.Join(dir, "downloads"))
	if len(entries) != 1 {
		t.Errorf("downloads holds %v", entries)
	}
	if !slices.Contains(log, "downloading "+url) || !strings.Contains(strings.Join(log, "\n"), "(100 %)") {
		t.Errorf("the log is %q", log)
	}
}

// A network that swallows all packets costs one short wait, once.
func TestNoNetwork(t *testing.T) {
	dir := t.TempDir()
	dials := 0
	for range 3 {
		l := testLoader(dir)
		l.client = &fetch.Client{HTTP: &http.Client{Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				dials++
				return nil, &net.OpError{Op: "dial", Net: network, Err: os.ErrDeadlineExceeded}
			},
		}}}
		c := mustLoad(t, l, "")
		if !strings.Contains(c.Source.Remark, "no network: localhost:1 does not answer") {
			t.Errorf("the source is %q", c.Source)
		}
	}
	if dials != 1 {
		t.Errorf("%d attempts, want 1", dials)
	}
}

// An archive put into downloads by hand is checked like any other.
func TestBadDownload(t *testing.T) {
	dir := t.TempDir()
	path := put(t, filepath.Join(dir, "downloads", "aclImdb_v1.tar.gz"), pack(t, reviewFiles())[:1000])
	t.Setenv("SPARSEQ_IMDB", "")
	_, err := testLoader(dir).load()
	wantError(t, err, path, "cut short")
	if _, err := os.Stat(path); err != nil {
		t.Error("the file is gone")
	}
}
