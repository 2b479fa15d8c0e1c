package fetch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestDownload(t *testing.T) {
	const etag = `"one"`
	tests := []struct {
		name   string
		server *faulty
		part   int    // bytes there already
		origin string // validator of the part
		ranges []string
	}{
		{name: "whole", server: new(faulty), ranges: []string{""}},
		{name: "resumed after a break", server: &faulty{etag: etag, cut: []int{100_000}}, ranges: []string{"", "bytes=100000-"}},
		{name: "three breaks", server: &faulty{etag: etag, cut: []int{10_000, 20_000, 30_000}},
			ranges: []string{"", "bytes=10000-", "bytes=30000-", "bytes=60000-"}},
		{name: "break without an etag", server: &faulty{cut: []int{100_000}}, ranges: []string{"", "bytes=100000-"}},
		{name: "weak etag", server: &faulty{etag: "W/" + etag, cut: []int{100_000}}, ranges: []string{"", "bytes=100000-"}},
		{name: "server ignores Range", server: &faulty{noRange: true, cut: []int{100_000}}, ranges: []string{"", "bytes=100000-"}},
		{name: "old part", server: &faulty{etag: etag}, part: 200_000, origin: etag, ranges: []string{"bytes=200000-"}},
		{name: "old part of a changed file", server: &faulty{etag: etag}, part: 200_000, origin: `"zero"`, ranges: []string{"bytes=200000-"}},
		{name: "old part that is whole", server: &faulty{etag: etag}, part: len(content), origin: etag, ranges: []string{"bytes=300000-"}},
		{name: "500 once", server: &faulty{status: []int{500}}, ranges: []string{"", ""}},
		{name: "busy twice", server: &faulty{status: []int{503, 429}}, ranges: []string{"", "", ""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			url, c := serve(t, test.server)
			path := filepath.Join(t.TempDir(), "new folder", "file.bin")
			if test.part > 0 {
				plant(t, path, content[:test.part], origin{url, test.origin})
			}
			var last int64
			err := c.Download(background(t), url, path, contentSum, func(done, total int64) { last = done })
			if err != nil {
				t.Fatal(err)
			}
			wantFile(t, path)
			close(test.server.ranges)
			var ranges []string
			for r := range test.server.ranges {
				ranges = append(ranges, r)
			}
			if strings.Join(ranges, "|") != strings.Join(test.ranges, "|") {
				t.Errorf("asked for the ranges %q, want %q", ranges, test.ranges)
			}
			if last != int64(len(content)) && test.part < len(content) {
				t.Errorf("the last progress was %d", last)
			}
			// It is there: no request more.
			if err := c.Download(background(t), "https://localhost:1/", path, contentSum, nil); err != nil {
				t.Error(err)
			}
		})
	}
}

// plant puts a part where a broken download would have left it.
func plant(t *testing.T, path string, part []byte, o origin) {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{path + ".part": part, path + ".part.json": text} {
		os.MkdirAll(filepath.Dir(name), 0o777)
		if err := os.WriteFile(name, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// A part whose bytes are wrong is thrown away, and the file fetched again.
func TestDownloadDamagedPart(t *testing.T) {
	s := &faulty{etag: `"one"`}
	url, c := serve(t, s)
	path := filepath.Join(t.TempDir(), "file.bin")
	plant(t, path, bytes.Repeat([]byte("x"), 1000), origin{url, s.etag})
	if err := c.Download(background(t), url, path, contentSum, nil); err != nil {
		t.Fatal(err)
	}
	wantFile(t, path)
}

// A part longer than the file is thrown away too.
func TestDownloadLongPart(t *testing.T) {
	s := &faulty{etag: `"one"`}
	url, c := serve(t, s)
	path := filepath.Join(t.TempDir(), "file.bin")
	plant(t, path, append(bytes.Clone(content), 0), origin{url, s.etag})
	if err := c.Download(background(t), url, path, contentSum, nil); err != nil {
		t.Fatal(err)
	}
	wantFile(t, path)
}

// Cancelled, it keeps what came.
func TestDownloadCancelled(t *testing.T) {
	s := &faulty{etag: `"one"`}
	url, c := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "300000")
		w.Write(content[:100_000])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	path := filepath.Join(t.TempDir(), "file.bin")
	ctx, cancel := context.WithCancel(background(t))
	go func() {
		for {
			if info, err := os.Stat(path + ".part"); err == nil && info.Size() == 100_000 {
				cancel()
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if err := c.Download(ctx, url, path, contentSum, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	wantOnly(t, filepath.Dir(path), "file.bin.part", "file.bin.part.json")
	// The same file at another address is not continued, but begun anew.
	url, c = serve(t, s)
	if err := c.Download(background(t), url, path, contentSum, nil); err != nil {
		t.Fatal(err)
	}
	if r := <-s.ranges; r != "" {
		t.Errorf("continued %q from another address", r)
	}
	wantFile(t, path)
}

// The disk behind /dev/full has no space left.
func TestDownloadFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	url, c := serve(t, new(faulty))
	path := filepath.Join(t.TempDir(), "file.bin")
	if err := os.Symlink("/dev/full", path+".part"); err != nil {
		t.Fatal(err)
	}
	wantError(t, c.Download(background(t), url, path, contentSum, nil), "no space left on device", "free some space")
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a file")
	}
}

// A file stands where the folder should be: nothing can be written.
func TestDownloadNoFolder(t *testing.T) {
	url, c := serve(t, new(faulty))
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	wantError(t, c.Download(background(t), url, filepath.Join(file, "file.bin"), contentSum, nil), "not a directory")
	wantOnly(t, filepath.Dir(file), "file")
}

// Several at once: all succeed, one request is made.
func TestDownloadTogether(t *testing.T) {
	s := new(faulty)
	url, c := serve(t, s)
	path := filepath.Join(t.TempDir(), "file.bin")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := c.Download(background(t), url, path, contentSum, func(done, total int64) {}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	wantFile(t, path)
	if n := s.requests.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
}
