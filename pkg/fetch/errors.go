package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"syscall"
	"time"
)

// Error says why a download failed. Its text is one line: the address, the
// cause and what to do.
type Error struct {
	URL  string // the address asked for
	Path string // where the file was to be put
	Err  error  // the cause, in one line
}

func (e *Error) Error() string {
	return fmt.Sprintf("cannot download %s: %s; or put the file at %s by hand", e.URL, e.Err, e.Path)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// transient marks a cause that may be gone at the next attempt.
type transient struct{ err error }

func (t *transient) Error() string { return t.err.Error() }
func (t *transient) Unwrap() error { return t.err }

// errStall ends a connection on which nothing comes.
type errStall struct{ after time.Duration }

func (e errStall) Error() string { return fmt.Sprintf("the server sent nothing for %s", e.after) }

// networkError says in plain words what went wrong on the network. Where there
// is no way to the host, another attempt is of no use: nobody should wait.
func networkError(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		if stall, ok := errors.AsType[errStall](cause); ok {
			return &transient{stall}
		}
		return cause
	}
	host := "the server"
	if u, ok := errors.AsType[*url.Error](err); ok {
		if parsed, err := url.Parse(u.URL); err == nil && parsed.Host != "" {
			host = parsed.Host
		}
		err = u.Err // without the method and the address
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return fmt.Errorf("no network: the host %s is not found", host)
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		switch {
		case op.Timeout():
			return fmt.Errorf("no network: %s does not answer", host)
		case errors.Is(op, syscall.ECONNREFUSED):
			return fmt.Errorf("%s refuses the connection", host)
		}
		return fmt.Errorf("no network: %s cannot be reached (%w)", host, op.Err)
	}
	if bad, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return fmt.Errorf("the certificate of %s is not trusted, a proxy may stand between (%w)", host, bad.Err)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) {
		return &transient{errors.New("the connection broke")}
	}
	if n, ok := errors.AsType[net.Error](err); ok {
		if n.Timeout() {
			return &transient{fmt.Errorf("%s does not answer", host)}
		}
		return &transient{err}
	}
	return err
}
