package fetch

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"reflect"
	"testing"
	"testing/iotest"
)

// member is a member of a test's archive.
type member struct {
	name string
	kind byte // 0 = a file
	body string
	link string
}

// pack makes a tar.gz archive.
func pack(t testing.TB, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	tw := tar.NewWriter(gz)
	for _, m := range members {
		h := &tar.Header{Name: m.name, Typeflag: m.kind, Linkname: m.link, Mode: 0o644, Size: int64(len(m.body))}
		if h.Typeflag == 0 {
			h.Typeflag = tar.TypeReg
		}
		if err := tw.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(tw, m.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(tw.Close(), gz.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// contents walks an archive and reads all of it.
func contents(r io.Reader, l Limits) (map[string]string, error) {
	files := map[string]string{}
	err := WalkTarGz(r, l, func(name string, size int64, body io.Reader) error {
		b, err := io.ReadAll(body)
		if int64(len(b)) != size && err == nil {
			err = fmt.Errorf("%s has %d bytes, not %d", name, len(b), size)
		}
		files[name] = string(b)
		return err
	})
	return files, err
}

func TestWalkTarGz(t *testing.T) {
	archive := pack(t,
		member{name: "top/", kind: tar.TypeDir},
		member{name: "top/a.txt", body: "one"},
		member{name: "./top//b.txt", body: ""},
		member{name: "top/a..b", body: "two"},
	)
	want := map[string]string{"top/a.txt": "one", "top/b.txt": "", "top/a..b": "two"}
	for name, r := range map[string]io.Reader{
		"at once":     bytes.NewReader(archive),
		"in halves":   iotest.HalfReader(bytes.NewReader(archive)),
		"byte wise":   iotest.OneByteReader(bytes.NewReader(archive)),
		"data + EOF":  iotest.DataErrReader(bytes.NewReader(archive)),
		"two members": bytes.NewReader(splitMembers(t, archive)),
	} {
		got, err := contents(r, Limits{})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// splitMembers packs the same tar file as two gzip members, as pigz and cat do.
func splitMembers(t *testing.T, archive []byte) []byte {
	gz, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(gz)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, part := range [][]byte{plain[:700], plain[700:]} {
		w := gzip.NewWriter(&b)
		w.Write(part)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestWalkTarGzRefuses(t *testing.T) {
	good := pack(t, member{name: "a", body: string(content[:5000])}, member{name: "b", body: "b"})
	altered := bytes.Clone(good)
	altered[2000] ^= 1
	wrongSum := bytes.Clone(good)
	wrongSum[len(wrongSum)-6] ^= 1
	var noTar bytes.Buffer
	gz := gzip.NewWriter(&noTar)
	gz.Write(content)
	gz.Close()
	small := Limits{Files: 3, FileBytes: 10_000, TotalBytes: 20_000, Ratio: 50}
	zeros := string(make([]byte, 2<<20))
	tests := []struct {
		name    string
		archive []byte
		limits  Limits
		word    string
	}{
		{"upwards", pack(t, member{name: "../a", body: "x"}), small, "leads out"},
		{"upwards inside", pack(t, member{name: "a/../../b", body: "x"}), small, "leads out"},
		{"up and back", pack(t, member{name: "a/../b", body: "x"}), small, "leads out"},
		{"absolute", pack(t, member{name: "/etc/passwd", body: "x"}), small, "leads out"},
		{"backslash", pack(t, member{name: `..\a`, body: "x"}), small, "leads out"},
		{"no name", pack(t, member{name: "", body: "x"}), small, "leads out"},
		{"symbolic link", pack(t, member{name: "a", kind: tar.TypeSymlink, link: "/etc/passwd"}), small, "no regular file"},
		{"hard link", pack(t, member{name: "a", kind: tar.TypeLink, link: "b"}), small, "no regular file"},
		{"device", pack(t, member{name: "a", kind: tar.TypeChar}), small, "no regular file"},
		{"pipe", pack(t, member{name: "a", kind: tar.TypeFifo}), small, "no regular file"},
		{"many files", pack(t, member{name: "a"}, member{name: "b"}, member{name: "c"}, member{name: "d"}), small, "more than 3 files"},
		{"a large file", pack(t, member{name: "a", body: string(content[:10_001])}), small, "more than 10000"},
		{"large in sum", pack(t, member{name: "a", body: string(content[:9000])}, member{name: "b", body: string(content[:9000])}, member{name: "c", body: string(content[:9000])}), small, "more than 20000 bytes"},
		{"bomb", pack(t, member{name: "a", body: zeros}), Limits{}, "over 200 times its size"},
		{"bomb of padding", append(pack(t, member{name: "a"}), gzipped(zeros)...), Limits{}, "over 200 times its size"},
		{"endless padding", append(pack(t, member{name: "a"}), gzipped(zeros)...), Limits{Files: 3, TotalBytes: 1000, Ratio: 1 << 40}, "more than 1000 bytes"},
		{"empty", nil, small, "cut short"},
		{"header only", good[:10], small, "cut short"},
		{"half", good[:len(good)/2], small, "cut short"},
		{"without its checksum", good[:len(good)-8], small, "cut short"},
		{"without its last byte", good[:len(good)-1], small, "cut short"},
		{"one bit altered", altered, small, "bad archive"},
		{"wrong checksum", wrongSum, small, "damaged"},
		{"a web page", []byte("<!DOCTYPE html><html>Log in to the network</html>"), small, "no gzip file"},
		{"no tar file", noTar.Bytes(), Limits{}, "no tar.gz archive"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := contents(bytes.NewReader(test.archive), test.limits)
			wantError(t, err, test.word)
			if !errors.Is(err, ErrArchive) {
				t.Errorf("%v is no ErrArchive", err)
			}
		})
	}
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	io.WriteString(gz, s)
	gz.Close()
	return b.Bytes()
}

// An error of the function or of the disk comes back as it is.
func TestWalkTarGzPassesErrors(t *testing.T) {
	archive := pack(t, member{name: "a", body: string(content)})
	mine := errors.New("mine")
	err := WalkTarGz(bytes.NewReader(archive), Limits{}, func(string, int64, io.Reader) error { return mine })
	if err != mine {
		t.Error(err)
	}
	r := io.MultiReader(bytes.NewReader(archive[:len(archive)/2]), iotest.ErrReader(mine))
	if _, err := contents(r, Limits{}); err != mine {
		t.Error(err)
	}
}

func FuzzWalkTarGz(f *testing.F) {
	good := pack(f, member{name: "a/", kind: tar.TypeDir}, member{name: "a/b", body: "text"}, member{name: "c", kind: tar.TypeSymlink, link: "a"})
	f.Add(good, false)
	f.Add(good[:len(good)/2], false)
	gz, _ := gzip.NewReader(bytes.NewReader(good))
	plain, _ := io.ReadAll(gz)
	f.Add(plain, true)
	l := Limits{Files: 10, FileBytes: 1000, TotalBytes: 5000, Ratio: 20}
	f.Fuzz(func(t *testing.T, b []byte, compress bool) {
		if compress { // the fuzzer cannot make a right checksum
			b = gzipped(string(b))
		}
		files, err := contents(bytes.NewReader(b), l)
		total := 0
		for name, body := range files {
			if clean, e := cleanName(name); e != nil || clean != name {
				t.Errorf("unclean name %q", name)
			}
			if total += len(body); len(body) > 1000 {
				t.Errorf("%q has %d bytes", name, len(body))
			}
		}
		if total > 5000 || len(files) > 10 {
			t.Errorf("%d files, %d bytes", len(files), total)
		}
		if err != nil && !errors.Is(err, ErrArchive) {
			t.Errorf("%v is no ErrArchive", err)
		}
	})
}
