package imdb

import (
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"io"
	"os"

	"sparseq/pkg/fetch"
)

// storeWriter writes a store. After an error it writes nothing more.
type storeWriter struct {
	f     *os.File
	at    int64
	sum   uint32
	table table
	err   error
}

// writeStore makes the store path: fill adds the arrays. It replaces a former
// file only when it is complete.
func writeStore(path string, meta any, fill func(w *storeWriter)) error {
	return fetch.Replace(path, func(f *os.File) error {
		text, err := json.Marshal(meta)
		if err != nil {
			return err
		}
		w := &storeWriter{f: f, at: headerSize, table: table{Meta: text, Arrays: map[string]span{}}}
		if _, err := f.Seek(headerSize, io.SeekStart); err != nil {
			return err
		}
		fill(w)
		last, err := json.Marshal(w.table)
		if err != nil {
			return err
		}
		w.write(last)
		if w.err != nil {
			return w.err
		}
		header := append(make([]byte, 0, headerSize), magic...)
		header = binary.NativeEndian.AppendUint64(header, 1)
		header = binary.NativeEndian.AppendUint64(header, uint64(len(last)))
		header = binary.NativeEndian.AppendUint32(header, w.sum)
		_, err = f.WriteAt(header[:headerSize], 0)
		return err
	})
}

// add writes the bytes of an array.
func (w *storeWriter) add(name string, bytes []byte) {
	w.write(make([]byte, -w.at&7))
	w.table.Arrays[name] = span{w.at, int64(len(bytes))}
	w.write(bytes)
}

func (w *storeWriter) write(p []byte) {
	if w.err != nil {
		return
	}
	n, err := w.f.Write(p)
	w.at += int64(n)
	w.sum = crc32.Update(w.sum, castagnoli, p[:n])
	w.err = err
}
