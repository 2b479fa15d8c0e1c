package wordvec

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sparseq/pkg/fetch"
)

// Save writes the vectors to a file that other programs read too: in word2vec's binary format
// if path ends with .bin, otherwise in its text format. The file stands there whole or not at
// all, whatever happens meanwhile. Missing folders are made.
func (v *Vectors) Save(path string) error {
	write := v.WriteText
	if isBinary(path) {
		write = v.WriteBinary
	}
	return fetch.Replace(path, func(f *os.File) error { return write(f) })
}

// Load reads what [Vectors.Save] or another program wrote, in the format that the name says.
func Load(path string) (*Vectors, error) {
	f, err := os.Open(path)
	if err != nil {
		if cause := new(os.PathError); errors.As(err, &cause) {
			err = cause.Err
		}
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	defer f.Close()
	read := ReadText
	if isBinary(path) {
		read = ReadBinary
	}
	v, err := read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}

func isBinary(path string) bool { return strings.EqualFold(filepath.Ext(path), ".bin") }

const (
	maxHeader = 64      // bytes
	maxDim    = 1 << 16 // numbers of a vector
	maxWord   = 1 << 12 // bytes
)

// readHeader reads the first line of both formats: how many words there are, and how long
// their vectors. It promises more than it is trusted with: memory is taken as vectors come.
func readHeader(r *bufio.Reader) (words, dim int, err error) {
	line, err := readLine(r, maxHeader)
	if err != nil && err != io.EOF && err != errTooLong {
		return 0, 0, err
	}
	fields := strings.Fields(string(line))
	if len(fields) == 2 {
		var bad error
		words, bad = strconv.Atoi(fields[0])
		dim, err = strconv.Atoi(fields[1])
		if bad == nil && err == nil && words > 0 && dim > 0 && dim <= maxDim {
			return words, dim, nil
		}
	}
	return 0, 0, fmt.Errorf("it begins with %.40q instead of the number of words and of the numbers in a vector (1 to %d): it is no word2vec file", line, maxDim)
}

// errTooLong says that a line is longer than any that belongs there.
var errTooLong = errors.New("it is too long")

// readLine reads up to the next line feed and drops it. At the end of the file it returns what
// there is, with io.EOF.
func readLine(r *bufio.Reader, most int) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > most+1:
			return line, errTooLong
		case err == bufio.ErrBufferFull:
		case err != nil:
			return line, err
		default:
			return line[:len(line)-1], nil
		}
	}
}

// checkWord says what keeps a word from being written: the formats end words with a space and
// lines with a line feed.
func checkWord(word string) error {
	switch {
	case word == "":
		return errors.New("an empty word cannot be written in the word2vec formats")
	case strings.ContainsAny(word, " \n\r\t"):
		return fmt.Errorf("the word %.40q cannot be written in the word2vec formats: they allow no white space in it", word)
	case len(word) > maxWord:
		return fmt.Errorf("the word %.40q… of %d bytes cannot be written in the word2vec formats: they allow %d here", word, len(word), maxWord)
	}
	return nil
}

// writeAll writes the header and then each word by row.
func (v *Vectors) writeAll(w io.Writer, row func(b []byte, word string, vector []float32) []byte) error {
	for _, word := range v.words {
		if err := checkWord(word); err != nil {
			return err
		}
	}
	out := bufio.NewWriterSize(w, 1<<16)
	fmt.Fprintf(out, "%d %d\n", len(v.words), len(v.vectors[0]))
	var b []byte
	for i, word := range v.words {
		b = row(b[:0], word, v.vectors[i])
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	return out.Flush()
}

// readAll reads the header and then each word by row, which gets its number i of n.
func readAll(r io.Reader, row func(in *bufio.Reader, i, n, dim int) (string, []float32, error)) (*Vectors, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	n, dim, err := readHeader(in)
	if err != nil {
		return nil, err
	}
	var words []string
	var vectors [][]float32
	for i := range n {
		word, vector, err := row(in, i, n, dim)
		if err != nil {
			return nil, err
		}
		words, vectors = append(words, word), append(vectors, vector)
	}
	if err := wantEnd(in, n); err != nil {
		return nil, err
	}
	return New(words, vectors)
}

// tooFew says that the file ends before all the words it promises.
func tooFew(got, want int) error {
	return fmt.Errorf("its first line promises %d words, but it ends within word %d: it is cut short", want, got+1)
}

// wantEnd says if there is more than white space after the last vector.
func wantEnd(r *bufio.Reader, words int) error {
	for {
		c, err := r.ReadByte()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case c != '\n' && c != '\r' && c != ' ':
			return fmt.Errorf("its first line promises %d words, but more follows them: the line is wrong, or the file was put together of two", words)
		}
	}
}
