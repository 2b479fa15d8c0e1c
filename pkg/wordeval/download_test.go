package wordeval

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// pack makes a zip archive of one file.
func pack(t *testing.T, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(f, content)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// serve makes a server the set's home.
func serve(t *testing.T, s *set, h http.HandlerFunc) {
	t.Helper()
	server := httptest.NewUnstartedServer(h)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	s.url = server.URL + "/small.zip"
}

// wantFiles fails unless downloads holds just these files.
func wantFiles(t *testing.T, s set, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(s.data, "downloads"))
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if err != nil || strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("downloads holds %q, %v, want %q", got, err, names)
	}
}

func TestDownload(t *testing.T) {
	s := testSet(t)
	archive := pack(t, "wordsim353/combined.tab", small) // a folder in it is no obstacle
	var requests atomic.Int32
	serve(t, &s, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if r.URL.Path == "/small.zip" {
			http.Redirect(w, r, "/moved.zip", http.StatusMovedPermanently)
			return
		}
		w.Write(archive)
	})
	var lines []string
	pairs, err := s.load(func(line string) { lines = append(lines, line) }, false)
	if err != nil || len(pairs) != 3 || strings.Join(lines, "|") != "downloading "+s.url {
		t.Fatal(pairs, err, lines)
	}
	wantFiles(t, s, "small.tab")
	content, err := os.ReadFile(filepath.Join(s.data, "downloads", "small.tab"))
	if err != nil || string(content) != small {
		t.Errorf("the file is %q, %v", content, err)
	}
	wantPairs(t, s)
	if n := requests.Load(); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
}

func TestDownloadTogether(t *testing.T) {
	s := testSet(t)
	archive := pack(t, "combined.tab", small)
	var requests atomic.Int32
	serve(t, &s, func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.Write(archive)
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if pairs, err := s.load(nil, false); err != nil || len(pairs) != 3 {
				t.Error(pairs, err)
			}
		})
	}
	all.Wait()
	wantFiles(t, s, "small.tab")
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

func TestFailedDownloadIsRemembered(t *testing.T) {
	s := testSet(t)
	archive := pack(t, "combined.tab", small)
	requests, down := 0, true
	serve(t, &s, func(w http.ResponseWriter, _ *http.Request) {
		if requests++; down {
			http.Error(w, "closed", http.StatusForbidden)
			return
		}
		w.Write(archive)
	})
	path := filepath.Join(s.data, "downloads", "small.tab")
	_, err := s.load(nil, false)
	wantError(t, err, "Small: the download failed", "403 Forbidden", "put combined.tab of "+s.url+" at "+path, "SPARSEQ_WORDEVAL")
	_, err = s.load(nil, false)
	wantError(t, err, "403 Forbidden", "tried 0s ago")
	if requests != 1 {
		t.Errorf("%d requests, want 1", requests)
	}
	if _, err = s.load(nil, true); err == nil || requests != 2 {
		t.Errorf("prefetching: %v after %d requests", err, requests)
	}
	wantFiles(t, s, "small.tab.failed")

	// Long ago, in the future (the clock was wrong) and damaged: it is tried again.
	for _, memory := range []string{stamp(t, -time.Hour), stamp(t, time.Hour), "{"} {
		put(t, path+".failed", memory)
		before := requests
		if _, err := s.load(nil, false); err == nil || requests != before+1 {
			t.Errorf("after %q: %v, %d requests", memory, err, requests-before)
		}
	}
	down = false
	if _, err := s.load(nil, true); err != nil {
		t.Fatal(err)
	}
	wantPairs(t, s)
	wantFiles(t, s, "small.tab")
}

// stamp is the memory of a failure at a time from now.
func stamp(t *testing.T, d time.Duration) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"Time": time.Now().Add(d), "Cause": "then"})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
