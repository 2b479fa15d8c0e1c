package fetch

import (
	"archive/tar"
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Limits bound what [WalkTarGz] unpacks; a zero field has the default given.
type Limits struct {
	Files      int   // members, folders included (1,000,000)
	FileBytes  int64 // bytes of one file (1 GiB)
	TotalBytes int64 // bytes unpacked (16 GiB)
	Ratio      int64 // unpacked over packed bytes, after the first MiB (200)
}

func (l Limits) withDefaults() Limits {
	def := func(v *int64, d int64) {
		if *v == 0 {
			*v = d
		}
	}
	if l.Files == 0 {
		l.Files = 1_000_000
	}
	def(&l.FileBytes, 1<<30)
	def(&l.TotalBytes, 16<<30)
	def(&l.Ratio, 200)
	return l
}

// ErrArchive is in the chain of every error of [WalkTarGz] that the archive
// itself is to blame for: it is cut short, damaged, or hostile.
var ErrArchive = errors.New("bad archive")

func archiveError(format string, a ...any) error {
	return fmt.Errorf("%w: %s", ErrArchive, fmt.Sprintf(format, a...))
}

// WalkTarGz reads a tar.gz archive to its end and calls fn for each regular
// file in it: name is a clean relative path with slashes, body its size bytes,
// to be read before fn returns. It writes nothing, and stops at the first error
// of fn, which it returns.
//
// It refuses names that are absolute or lead upwards, links, devices and all
// that is neither file nor folder, and more than limits allows. The checksum of
// the whole is known at its end only: keep nothing of what fn saw if WalkTarGz
// returns an error.
func WalkTarGz(r io.Reader, limits Limits, fn func(name string, size int64, body io.Reader) error) error {
	l := limits.withDefaults()
	packed := &countingReader{r: r}
	// gzip reads bytes one at a time unless it is given a buffer.
	gz, err := gzip.NewReader(bufio.NewReaderSize(packed, 1<<18))
	if err != nil {
		return readError(err, packed)
	}
	unpacked := &inflated{r: gz, packed: packed, limits: l}
	tr := tar.NewReader(unpacked)
	var bytes int64
	for files := 0; ; files++ {
		h, err := tr.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return readError(err, packed)
		}
		if files >= l.Files {
			return archiveError("it has more than %d files", l.Files)
		}
		name, err := cleanName(h.Name)
		if err != nil {
			return err
		}
		switch h.Typeflag {
		case tar.TypeDir, tar.TypeXGlobalHeader:
			continue
		case tar.TypeReg:
		default:
			return archiveError("%q is no regular file (type %q)", h.Name, h.Typeflag)
		}
		if h.Size > l.FileBytes {
			return archiveError("%q has %d bytes, more than %d", h.Name, h.Size, l.FileBytes)
		}
		// A sparse file's bytes are more than those that the archive holds.
		if bytes += h.Size; bytes > l.TotalBytes {
			return archiveError("it has more than %d bytes", l.TotalBytes)
		}
		body := &memberReader{r: tr}
		if err := fn(name, h.Size, body); err != nil {
			if body.err != nil {
				return readError(body.err, packed)
			}
			return err
		}
	}
	// The checksum stands behind the last member and its padding.
	if _, err := io.Copy(io.Discard, unpacked); err != nil {
		return readError(err, packed)
	}
	return nil
}

// cleanName is the name of a member as a clean relative path.
func cleanName(name string) (string, error) {
	clean := path.Clean(name)
	if name == "" || strings.ContainsAny(name, "\\\x00") || !fs.ValidPath(clean) || strings.Contains("/"+name+"/", "/../") {
		return "", archiveError("the name %q leads out of the archive's folder", name)
	}
	return clean, nil
}

// readError turns what gzip, tar or the disk said into an error of the archive,
// or of the file that it comes from.
func readError(err error, packed *countingReader) error {
	var corrupt flate.CorruptInputError
	switch {
	case packed.err != nil:
		return packed.err
	case errors.Is(err, ErrArchive):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return archiveError("it is cut short")
	case errors.Is(err, gzip.ErrHeader) && packed.n <= 1<<18:
		return archiveError("it is no gzip file")
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return archiveError("it is damaged (%s)", err)
	case errors.Is(err, tar.ErrHeader):
		return archiveError("it is no tar.gz archive, or damaged")
	}
	return archiveError("%s", err)
}

// countingReader counts the bytes read and keeps an error of the source itself.
type countingReader struct {
	r   io.Reader
	n   int64
	err error
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// inflated holds the unpacked stream, headers and padding too, to the limits.
type inflated struct {
	r      io.Reader
	packed *countingReader
	limits Limits
	n      int64
}

func (u *inflated) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.n += int64(n)
	// A member's header and padding take under 2 kB, whatever its size.
	if u.n > u.limits.TotalBytes+int64(u.limits.Files)*2048 {
		return n, archiveError("it has more than %d bytes", u.limits.TotalBytes)
	}
	if u.n > 1<<20 && u.n/u.limits.Ratio > u.packed.n {
		return n, archiveError("it unpacks to over %d times its size", u.limits.Ratio)
	}
	return n, err
}

// memberReader remembers whether reading a member failed: then the archive is
// to blame, not the function that read it.
type memberReader struct {
	r   io.Reader
	err error
}

func (m *memberReader) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if err != nil && err != io.EOF {
		m.err = err
	}
	return n, err
}
