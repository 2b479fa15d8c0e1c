package fetch

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

// origin is what a part was begun from: another address, or a file that changed
// since, cannot be continued.
type origin struct {
	URL       string
	Validator string // the strong ETag or the Last-Modified date, for If-Range
}

func (d *download) part() string   { return d.path + ".part" }
func (d *download) origin() string { return d.path + ".part.json" }

// discard forgets what came so far.
func (d *download) discard() {
	os.Remove(d.part())
	os.Remove(d.origin())
}

// kept is the size of the part that can be continued, and its origin.
func (d *download) kept() (int64, origin) {
	var o origin
	info, err := os.Stat(d.part())
	if err != nil {
		return 0, o
	}
	text, err := os.ReadFile(d.origin())
	if err != nil || json.Unmarshal(text, &o) != nil || o.URL != d.url {
		return 0, origin{}
	}
	return info.Size(), o
}

// attempt makes one connection and appends what comes to the part. It says
// whether the part is whole now, and sets fresh if it began a new one. Its error
// is a *transient where another attempt may help.
func (d *download) attempt(ctx context.Context, fresh *bool) (whole bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stall := time.AfterFunc(d.Stall, func() { cancel(errStall{d.Stall}) })
	defer stall.Stop()

	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url, nil)
	if err != nil {
		return false, err
	}
	size, from := d.kept()
	if size > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", size))
		if from.Validator != "" {
			req.Header.Set("If-Range", from.Validator)
		}
	}
	// Asked for no compression, the server's byte positions are the file's.
	req.Header.Set("Accept-Encoding", "identity")
	client := *d.HTTP
	client.CheckRedirect = httpsOnly
	resp, err := client.Do(req)
	if err != nil {
		return false, networkError(ctx, err)
	}
	defer resp.Body.Close()

	switch code := resp.StatusCode; {
	case code == http.StatusOK:
		size, *fresh = 0, true
	case code == http.StatusPartialContent && size > 0 && startsAt(resp.Header.Get("Content-Range"), size):
	case code == http.StatusRequestedRangeNotSatisfiable && size > 0:
		if resp.Header.Get("Content-Range") == fmt.Sprintf("bytes */%d", size) {
			return true, nil // all of it had come; it was not verified yet
		}
		d.discard()
		return false, nil
	case code == http.StatusPartialContent:
		d.discard()
		return false, nil
	case code >= 500, code == http.StatusTooManyRequests, code == http.StatusRequestTimeout:
		return false, &transient{fmt.Errorf("the server answers %q", resp.Status)}
	default:
		return false, fmt.Errorf("the server answers %q", resp.Status)
	}
	total := int64(-1)
	if resp.ContentLength >= 0 {
		total = size + resp.ContentLength
	}
	if total > d.MaxBytes {
		return false, fmt.Errorf("the file has %d bytes, more than %d", total, d.MaxBytes)
	}
	f, err := d.openPart(size, resp)
	if err != nil {
		return false, writeError(d.part(), err)
	}
	body := &body{r: resp.Body, done: size, total: total, max: d.MaxBytes, progress: d.progress,
		alive: func() { stall.Reset(d.Stall) }}
	_, err = io.Copy(f, body)
	if syncErr := f.Sync(); err == nil {
		err = syncErr
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	d.progress(body.done, total)
	switch {
	case body.done > body.max:
		return false, body.err
	case body.err != nil:
		if context.Cause(ctx) == nil {
			return false, &transient{networkError(ctx, body.err)} // it worked so far
		}
		return false, networkError(ctx, body.err)
	case err != nil:
		return false, writeError(d.part(), err)
	}
	return true, nil
}

// openPart opens the part for appending at size; at 0 it begins a new one.
func (d *download) openPart(size int64, resp *http.Response) (*os.File, error) {
	if size > 0 {
		return os.OpenFile(d.part(), os.O_WRONLY|os.O_APPEND, 0)
	}
	// The old part goes first: it must not be taken for one of the new origin.
	f, err := os.OpenFile(d.part(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, err
	}
	etag := resp.Header.Get("ETag")
	if strings.HasPrefix(etag, "W/") {
		etag = "" // a weak one does not promise the same bytes
	}
	text, err := json.Marshal(origin{URL: d.url, Validator: cmp.Or(etag, resp.Header.Get("Last-Modified"))})
	if err == nil {
		err = Replace(d.origin(), func(f *os.File) error {
			_, err := f.Write(text)
			return err
		})
	}
	if err != nil {
		f.Close()
	}
	return f, err
}

// startsAt says whether a Content-Range header begins at size.
func startsAt(header string, size int64) bool {
	return strings.HasPrefix(header, fmt.Sprintf("bytes %d-", size))
}

// httpsOnly follows a few redirects, none of them to an address without TLS.
func httpsOnly(req *http.Request, via []*http.Request) error {
	switch {
	case req.URL.Scheme != "https":
		return fmt.Errorf("it leads to %s, which is no https address", req.URL)
	case len(via) > 5:
		return errors.New("it is redirected more than 5 times")
	}
	return nil
}

// body reads a response, keeps its error apart from the file's, and reports.
type body struct {
	r                io.Reader
	done, total, max int64
	err              error
	alive            func()
	progress         Progress
	told             time.Time
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.done += int64(n)
	if n > 0 {
		b.alive()
	}
	if time.Since(b.told) > 200*time.Millisecond {
		b.told = time.Now()
		b.progress(b.done, b.total)
	}
	if err == nil && b.done > b.max {
		err = fmt.Errorf("the file has more than %d bytes", b.max)
	}
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}
