package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"sync"
	"time"
)

// Progress is told how many bytes of a download have come, of how many (-1
// where the server does not say), a few times a second.
type Progress func(done, total int64)

// Client downloads files. Its zero value is ready to use; the fields are for
// unusual networks and for tests.
type Client struct {
	HTTP     *http.Client  // default: connects within 5 s, https only
	Stall    time.Duration // gives up a connection on which no byte came so long (20 s)
	Attempts int           // connections tried before giving up (4)
	Pause    time.Duration // before the second attempt, doubled each time (1 s)
	MaxBytes int64         // refuses a longer file (4 GiB)
}

// Download fetches the https address url into the file path with the default
// [Client]; see [Client.Download].
func Download(ctx context.Context, url, path, sha256 string, progress Progress) error {
	return (&Client{}).Download(ctx, url, path, sha256, progress)
}

// Download fetches the https address url into the file path, whose content must
// have the SHA-256 sum given in hexadecimal; progress may be nil. If path has
// that content already there is nothing to do; with another content it is left
// alone, which is an error.
//
// What came is kept in path.part when the connection breaks or the program
// ends, and the next call goes on from there. The file gets its name only when
// it is whole, verified and on the disk. Of several processes that download
// into the same path one works and the others wait for it.
//
// An error is an [*Error], or ctx's.
func (c *Client) Download(ctx context.Context, url, path, sha256 string, progress Progress) error {
	d := download{Client: c.withDefaults(), url: url, path: path, sum: sha256, progress: progress}
	if d.progress == nil {
		d.progress = func(done, total int64) {}
	}
	err := d.run(ctx)
	if err == nil || ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return err
	}
	return &Error{URL: url, Path: path, Err: err}
}

func (c *Client) withDefaults() Client {
	d := *c
	d.HTTP = cmp.Or(d.HTTP, defaultHTTP)
	d.Stall = cmp.Or(d.Stall, 20*time.Second)
	d.Attempts = cmp.Or(d.Attempts, 4)
	d.Pause = cmp.Or(d.Pause, time.Second)
	d.MaxBytes = cmp.Or(d.MaxBytes, 4<<30)
	return d
}

var defaultHTTP = &http.Client{Transport: &http.Transport{
	Proxy:                 http.ProxyFromEnvironment,
	DialContext:           (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
	TLSHandshakeTimeout:   10 * time.Second,
	ResponseHeaderTimeout: 15 * time.Second,
	ForceAttemptHTTP2:     true,
}}

// download is one call of Download.
type download struct {
	Client
	url, path, sum string
	progress       Progress
}

var hexSum = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (d *download) run(ctx context.Context) error {
	if u, err := url.Parse(d.url); err != nil || u.Scheme != "https" || u.Host == "" {
		return errors.New("it is no https address")
	}
	if !hexSum.MatchString(d.sum) {
		return fmt.Errorf("%q is no SHA-256 sum of 64 hexadecimal digits", d.sum)
	}
	if done, err := d.exists(); done || err != nil {
		return err
	}
	unlock, err := d.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if done, err := d.exists(); done || err != nil {
		return err // another process was faster
	}
	if err := d.attempts(ctx); err != nil {
		return err
	}
	if err := os.Rename(d.part(), d.path); err != nil {
		return writeError(d.path, err)
	}
	os.Remove(d.origin())
	return nil
}

// exists says whether the file is there with the right content.
func (d *download) exists() (bool, error) {
	sum, err := Sum(d.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case sum != d.sum:
		return false, fmt.Errorf("the file is there already, with another SHA-256 sum (%s): remove it to download it anew", sum)
	}
	return true, nil
}

// attempts connects until the part is whole and its sum is right.
func (d *download) attempts(ctx context.Context) error {
	fresh := false // the part was begun in this call
	for n, pause := 1, d.Pause; ; n, pause = n+1, 2*pause {
		whole, err := d.attempt(ctx, &fresh)
		if err == nil && whole {
			sum, err := Sum(d.part())
			if err != nil {
				return err
			}
			if sum == d.sum {
				return nil
			}
			d.discard()
			if fresh {
				return fmt.Errorf("its SHA-256 sum is %s instead of %s: it was changed on the way or at its source", sum, d.sum)
			}
			fresh = true // an old part was wrong: once more from the beginning
			continue
		}
		var again *transient
		if err != nil && !errors.As(err, &again) {
			return err
		}
		if n >= d.Attempts {
			return cmp.Or(err, errors.New("the server does not send the rest of it"))
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
}

// lock takes the lock of the path, and reports the progress of the process that
// holds it meanwhile.
func (d *download) lock(ctx context.Context) (unlock func(), err error) {
	ctx, cancel := context.WithCancel(ctx)
	var reporting sync.WaitGroup
	defer reporting.Wait()
	defer cancel()
	reporting.Go(func() {
		tick := time.NewTicker(500 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if info, err := os.Stat(d.part()); err == nil {
					d.progress(info.Size(), -1)
				}
			}
		}
	})
	return Lock(ctx, d.path+".lock")
}
