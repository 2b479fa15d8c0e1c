package imdb

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unsafe"
)

func TestStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store")
	err := writeStore(path, "about it", func(w *storeWriter) {
		w.add("bytes", []byte("abc"))
		w.add("longs", raw([]int64{1, -2, 3}))
		w.add("none", nil)
		w.add("words", raw([]uint32{7}))
	})
	if err != nil {
		t.Fatal(err)
	}
	var meta string
	s, err := openStore(path, &meta)
	if err != nil || meta != "about it" {
		t.Fatal(meta, err)
	}
	for name, pair := range map[string][2]any{
		"bytes":   {array[uint8](s, "bytes"), []uint8("abc")},
		"longs":   {array[int64](s, "longs"), []int64{1, -2, 3}},
		"none":    {array[int32](s, "none"), []int32(nil)},
		"words":   {array[uint32](s, "words"), []uint32{7}},
		"missing": {array[uint32](s, "missing"), []uint32(nil)},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s: %v, want %v", name, pair[0], pair[1])
		}
	}
	var number int
	if _, err := openStore(path, &number); !errors.Is(err, errStore) {
		t.Errorf("meta of another type: %v", err)
	}
	if _, err := openStore(path+"2", &meta); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// FuzzStore gives the readers of the cache files whose checksum is right and
// whose content is not: they must find out, or read within bounds.
func FuzzStore(f *testing.F) {
	dir := f.TempDir()
	archive := put(f, filepath.Join(dir, "a.tar.gz"), pack(f, reviewFiles()))
	mustLoad(f, testLoader(dir), archive)
	files, _ := filepath.Glob(filepath.Join(dir, "cache", "imdb-*"))
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	o, err := testLoader(dir).Options.withDefaults()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < headerSize {
			b = append(b, make([]byte, headerSize-len(b))...)
		}
		aligned := make([]int64, len(b)/8+1) // as a mapped file is
		data := unsafe.Slice((*byte)(unsafe.Pointer(&aligned[0])), len(b))
		copy(data, b)
		copy(data, magic)
		binary.NativeEndian.PutUint64(data[8:], 1)
		binary.NativeEndian.PutUint32(data[24:], crc32.Checksum(data[headerSize:], castagnoli))
		var about reviewsMeta
		if s, err := parseStore(data, &about); err == nil {
			if train, test, err := s.labelled(); err == nil {
				for _, r := range []*reviews{train, test} {
					for i := range r.len() {
						_ = r.text(i)
					}
				}
			}
		}
		var meta idsMeta
		if s, err := parseStore(data, &meta); err == nil {
			if e, err := s.encoded(meta, o); err == nil {
				some := &reviews{labels: make([]uint8, 80), stars: make([]uint8, 80), offsets: make([]int64, 81)}
				if c, err := (&sets{train: some, test: some}).with(e); err == nil {
					read(c)
					c.Coverage(10)
				}
			}
		}
	})
}
