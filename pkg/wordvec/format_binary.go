package wordvec

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// WriteBinary writes the binary format of the word2vec program: a line with the number of words
// and the length of their vectors, then each word, a space, its numbers as 4 bytes each, the
// lowest first (IEEE 754), and a line feed.
func (v *Vectors) WriteBinary(w io.Writer) error {
	return v.writeAll(w, func(b []byte, word string, vector []float32) []byte {
		b = append(b, word...)
		b = append(b, ' ')
		for _, x := range vector {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
		return append(b, '\n')
	})
}

// ReadBinary reads the binary format of the word2vec program (see [Vectors.WriteBinary]), with
// or without the line feeds, which gensim leaves out. The error is one line that says what is
// wrong where.
func ReadBinary(r io.Reader) (*Vectors, error) {
	var content []byte // of a vector
	return readAll(r, func(in *bufio.Reader, i, n, dim int) (string, []float32, error) {
		word, err := readWord(in)
		if err == io.EOF {
			return "", nil, tooFew(i, n)
		}
		if err != nil {
			return "", nil, fmt.Errorf("word %d of %d: %w", i+1, n, err)
		}
		if content == nil {
			content = make([]byte, 4*dim)
		}
		switch _, err := io.ReadFull(in, content); err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return "", nil, tooFew(i, n)
		default:
			return "", nil, err
		}
		vector := make([]float32, dim)
		for j := range vector {
			vector[j] = math.Float32frombits(binary.LittleEndian.Uint32(content[4*j:]))
		}
		return word, vector, nil
	})
}

// readWord reads up to the next space, past line feeds before the word. The end of the file is
// io.EOF, wherever it comes.
func readWord(r *bufio.Reader) (string, error) {
	var word []byte
	for {
		c, err := r.ReadByte()
		switch {
		case err != nil:
			return "", err
		case c == '\n' && len(word) == 0:
		case c == ' ':
			if len(word) == 0 {
				return "", fmt.Errorf("it is empty: the vectors have another length than the first line says, or the file is damaged")
			}
			return string(word), nil
		case len(word) == maxWord:
			return "", fmt.Errorf("it has more than %d bytes: the vectors have another length than the first line says, or the file is damaged", maxWord)
		default:
			word = append(word, c)
		}
	}
}
