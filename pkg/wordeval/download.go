package wordeval

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"time"

	"sparseq/pkg/fetch"
)

const maxArchive = 4 << 20 // bytes

// client gives up soon: a lesson waits for it. The address is no https one, which does no harm
// where the content's sum is checked.
var client = &http.Client{
	Timeout: 20 * time.Second,
	Transport: &http.Transport{
		Proxy:       http.ProxyFromEnvironment,
		DialContext: (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
	},
}

// download fetches the set into file, unless that failed a moment ago. Of several
// processes one does it, and the others wait for it.
func (s set) download(file string, log func(line string), again bool) error {
	unlock, err := fetch.Lock(context.Background(), file+".lock")
	if err != nil {
		return fmt.Errorf("%w (SPARSEQ_DATA can name another data folder)", err)
	}
	defer unlock()
	if _, err := os.Stat(file); err == nil {
		return nil // another process was faster
	}
	if err := fetch.Recall(file); err != nil && !again {
		return err
	}
	log("downloading " + s.url)
	content, err := s.fetch()
	if err == nil {
		fetch.Forget(file)
		return fetch.Replace(file, func(f *os.File) error {
			_, err := f.Write(content)
			return err
		})
	}
	err = fmt.Errorf("the download failed: %w; put %s of %s at %s, or set SPARSEQ_WORDEVAL to where it is", err, s.member, s.url, file)
	fetch.Remember(file, err)
	return err
}

// fetch is the content of the set's file, verified.
func (s set) fetch() ([]byte, error) {
	resp, err := client.Get(s.url)
	if err != nil {
		return nil, plain(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %q", resp.Status)
	}
	archive, err := io.ReadAll(io.LimitReader(resp.Body, maxArchive+1))
	if err != nil {
		return nil, plain(err)
	}
	if len(archive) > maxArchive {
		return nil, fmt.Errorf("the archive has more than %d bytes", maxArchive)
	}
	content, err := member(archive, s.member)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != s.sum {
		return nil, fmt.Errorf("the SHA-256 sum of its %s is %x instead of %s: it was changed on the way or at its source", s.member, sum, s.sum)
	}
	return content, nil
}

// member is the content of the file of a name in a zip archive, whatever folder it is in.
func member(archive []byte, name string) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, errors.New("what came is no zip archive, or damaged")
	}
	at := slices.IndexFunc(z.File, func(f *zip.File) bool { return path.Base(f.Name) == name })
	if at < 0 {
		return nil, fmt.Errorf("the archive holds no %s", name)
	}
	f, err := z.File[at].Open()
	if err != nil {
		return nil, fmt.Errorf("the archive is damaged (%w)", err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the archive is damaged (%w)", err)
	case len(content) > maxFile:
		return nil, fmt.Errorf("the archive's %s has more than %d bytes", name, maxFile)
	}
	return content, nil
}

// plain says in a few words what went wrong on the network.
func plain(err error) error {
	if u := new(url.Error); errors.As(err, &u) {
		err = u.Err // without the method and the address
	}
	var timeout net.Error
	switch dns := new(net.DNSError); {
	case errors.As(err, &dns):
		return fmt.Errorf("no network: the host %s is not found", dns.Name)
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("no network: the server does not answer in time")
	}
	return err
}
