package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestDownloadErrors(t *testing.T) {
	handler := func(f func(w http.ResponseWriter, r *http.Request)) http.Handler { return http.HandlerFunc(f) }
	tests := []struct {
		name  string
		h     http.Handler
		words []string
		left  []string // files that stay: what came is kept if it can be used
	}{
		{"404", &faulty{status: []int{404, 404}}, []string{"404 Not Found"}, nil},
		{"always 500", &faulty{status: []int{500, 500, 500, 500}}, []string{"500 Internal Server Error"}, nil},
		{"other content", &faulty{content: []byte("something else")}, []string{"SHA-256 sum is", "instead of " + contentSum}, nil},
		{"empty", &faulty{content: []byte{}}, []string{"SHA-256 sum is"}, nil},
		{"breaks each time", &faulty{etag: `"e"`, cut: []int{9, 9, 9, 9}}, []string{"the connection broke"}, []string{"file.bin.part", "file.bin.part.json"}},
		{"to http", handler(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://example.org/file", http.StatusFound)
		}), []string{"http://example.org/file", "no https address"}, nil},
		{"redirected for ever", handler(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}), []string{"redirected more than 5 times"}, nil},
		{"too long", handler(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "9999999999")
		}), []string{"9999999999 bytes"}, nil},
		{"endless", handler(func(w http.ResponseWriter, r *http.Request) {
			for block := make([]byte, 1<<20); ; {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
		}), []string{"more than 4000000 bytes"}, []string{"file.bin.part", "file.bin.part.json"}},
		{"stalls", handler(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.Write([]byte("abc"))
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}), []string{"sent nothing for 50ms"}, []string{"file.bin.part", "file.bin.part.json"}},
		{"never answers", handler(func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
		}), []string{"sent nothing for 50ms"}, nil},
		{"a range nobody asked for", handler(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Range", "bytes 5-9/10")
			w.WriteHeader(http.StatusPartialContent)
		}), []string{"does not send the rest"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			url, c := serve(t, test.h)
			c.MaxBytes = 4_000_000
			if strings.Contains(test.name, "stalls") || strings.Contains(test.name, "never") {
				c.Stall = 50 * time.Millisecond
			}
			path := filepath.Join(t.TempDir(), "file.bin")
			err := c.Download(background(t), url, path, contentSum, nil)
			wantError(t, err, append(test.words, url, path)...)
			if e := new(Error); !errors.As(err, &e) || e.URL != url || e.Path != path {
				t.Errorf("%#v is no *Error of the download", err)
			}
			wantOnly(t, filepath.Dir(path), test.left...)
		})
	}
}

func TestDownloadArguments(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.bin")
	wantError(t, Download(background(t), "http://example.org/", path, contentSum, nil), "http://example.org/", "no https address")
	wantError(t, Download(background(t), "https://example.org/", path, "abc", nil), "no SHA-256 sum")
	if err := os.WriteFile(path, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	wantError(t, Download(background(t), "https://example.org/", path, contentSum, nil), "there already", "remove it")
	if mine, _ := os.ReadFile(path); string(mine) != "mine" {
		t.Error("the file that was there has changed")
	}
}

func TestDownloadNoNetwork(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.bin")
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	err = Download(background(t), "https://"+closed.Addr().String()+"/f", path, contentSum, nil)
	wantError(t, err, "refuses the connection", "by hand")

	dial := func(err error) *Client {
		return &Client{HTTP: &http.Client{Transport: &http.Transport{
			DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, err },
		}}}
	}
	notFound := &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "example.org", IsNotFound: true}}
	err = dial(notFound).Download(background(t), "https://example.org/f", path, contentSum, nil)
	wantError(t, err, "no network", "example.org is not found")
	late := &net.OpError{Op: "dial", Net: "tcp", Err: os.ErrDeadlineExceeded}
	err = dial(late).Download(background(t), "https://example.org/f", path, contentSum, nil)
	wantError(t, err, "no network", "example.org does not answer")
}

// A server that the system does not trust, as behind a school's proxy.
func TestDownloadUntrusted(t *testing.T) {
	url, _ := serve(t, new(faulty))
	err := Download(background(t), url, filepath.Join(t.TempDir(), "file.bin"), contentSum, nil)
	wantError(t, err, "certificate", "not trusted")
}
