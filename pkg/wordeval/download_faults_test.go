package wordeval

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBadDownload(t *testing.T) {
	good := pack(t, "combined.tab", small)
	damaged := bytes.Clone(good)
	damaged[45] ^= 0xff // in the packed content
	for name, c := range map[string]struct {
		content []byte
		says    string
	}{
		"a page":        {[]byte("<html>come back later</html>"), "no zip archive"},
		"cut short":     {good[:len(good)-30], "no zip archive"},
		"damaged":       {damaged, "the archive is damaged"},
		"another file":  {pack(t, "set1.tab", small), "holds no combined.tab"},
		"other content": {pack(t, "combined.tab", small+"a\tb\t1\r\n"), "SHA-256 sum of its combined.tab is"},
		"bomb":          {pack(t, "combined.tab", strings.Repeat("a", maxFile+1)), "has more than 1048576 bytes"},
		"large":         {make([]byte, maxArchive+1), "has more than 4194304 bytes"},
		"empty":         {nil, "no zip archive"},
	} {
		t.Run(name, func(t *testing.T) {
			s := testSet(t)
			serve(t, &s, func(w http.ResponseWriter, _ *http.Request) { w.Write(c.content) })
			_, err := s.load(nil, false)
			wantError(t, err, c.says)
			wantFiles(t, s, "small.tab.failed")
		})
	}
}

// A connection that breaks, one that is refused, and hosts that are not found or do not answer.
func TestNoNetwork(t *testing.T) {
	s := testSet(t)
	serve(t, &s, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Write([]byte("PK"))
	})
	_, err := s.load(nil, false)
	wantError(t, err, "unexpected EOF")

	s = testSet(t)
	_, err = s.load(nil, false)
	wantError(t, err, "connection refused")

	for _, c := range []struct {
		err  error
		says string
	}{
		{&net.DNSError{Err: "no such host", Name: "www.example.org", IsNotFound: true}, "no network: the host www.example.org is not found"},
		{&net.OpError{Op: "dial", Net: "tcp", Err: os.ErrDeadlineExceeded}, "no network: the server does not answer in time"},
		{context.DeadlineExceeded, "no network: the server does not answer in time"},
	} {
		wantError(t, plain(&url.Error{Op: "Get", URL: "http://www.example.org", Err: c.err}), c.says)
	}
}

func TestUnwritableData(t *testing.T) {
	s := testSet(t)
	put(t, filepath.Join(s.data, "downloads"), "a file where the folder should be")
	_, err := s.load(nil, false)
	wantError(t, err, filepath.Join(s.data, "downloads"), "SPARSEQ_DATA can name another")
}

// The sum in the program is one, so that a typing error does not refuse the true file forever.
func TestSum(t *testing.T) {
	if sum, err := hex.DecodeString(wordSim353.sum); err != nil || len(sum) != sha256.Size {
		t.Error(sum, err)
	}
}
