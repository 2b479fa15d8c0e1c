package imdb

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"syscall"
	"unsafe"
)

// A store is a cache file of raw arrays: a header of 32 bytes, the arrays, each
// at a multiple of 8 bytes, and a table of them in JSON.
//
//	0  magic and format version
//	8  1 as an int64 in the machine's byte order
//	16 length of the table
//	24 CRC-32C of all that follows
//
// A file that was cut short, damaged or written by another version or machine
// does not open, and is built again.
type store struct {
	data  []byte // the whole file, mapped
	table table
}

type table struct {
	Meta   json.RawMessage
	Arrays map[string]span
}

// span is where an array's bytes lie in the file.
type span struct{ Offset, Bytes int64 }

const (
	magic      = "spseq\x00\x00\x01" // its last byte is the format version
	headerSize = 32
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errStore is the error of a file that is no store, or a damaged one.
var errStore = errors.New("damaged cache file")

// openStore maps the file, checks all of it and reads meta, a pointer, from it.
// The mapping lasts as long as the process.
func openStore(path string, meta any) (*store, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() < headerSize || !info.Mode().IsRegular() {
		return nil, errStore
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("cannot map %s: %w", path, err)
	}
	s, err := parseStore(data, meta)
	if err != nil {
		_ = syscall.Munmap(data)
	}
	return s, err
}

// parseStore checks the bytes of a store.
func parseStore(data []byte, meta any) (*store, error) {
	if len(data) < headerSize || string(data[:8]) != magic || binary.NativeEndian.Uint64(data[8:]) != 1 {
		return nil, errStore
	}
	body := data[headerSize:]
	length := binary.NativeEndian.Uint64(data[16:])
	if length > uint64(len(body)) || crc32.Checksum(body, castagnoli) != binary.NativeEndian.Uint32(data[24:]) {
		return nil, errStore
	}
	s := &store{data: data}
	if json.Unmarshal(body[len(body)-int(length):], &s.table) != nil || json.Unmarshal(s.table.Meta, meta) != nil {
		return nil, errStore
	}
	for _, a := range s.table.Arrays {
		if a.Offset < headerSize || a.Offset%8 != 0 || a.Bytes < 0 || a.Bytes > int64(len(data)) || a.Offset > int64(len(data))-a.Bytes {
			return nil, errStore
		}
	}
	return s, nil
}

// number is what the arrays of a store hold.
type number interface{ uint8 | uint32 | int32 | int64 }

// array is the array of a name, not copied; nil if there is none.
func array[T number](s *store, name string) []T {
	a, ok := s.table.Arrays[name]
	size := int64(unsafe.Sizeof(T(0)))
	if !ok || a.Bytes < size {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&s.data[a.Offset])), a.Bytes/size)
}

// raw is the bytes of numbers as they lie in memory.
func raw[T number](x []T) []byte {
	if len(x) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), len(x)*int(unsafe.Sizeof(x[0])))
}
