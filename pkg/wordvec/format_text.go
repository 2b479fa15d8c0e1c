package wordvec

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// WriteText writes the text format of the word2vec program: a line with the number of words
// and the length of their vectors, then a line for each word, the word and its numbers, with
// spaces between. The numbers are as short as they can be read back exactly.
func (v *Vectors) WriteText(w io.Writer) error {
	return v.writeAll(w, func(b []byte, word string, vector []float32) []byte {
		b = append(b, word...)
		for _, x := range vector {
			b = append(b, ' ')
			b = strconv.AppendFloat(b, float64(x), 'g', -1, 32)
		}
		return append(b, '\n')
	})
}

// ReadText reads the text format of the word2vec program (see [Vectors.WriteText]), as other
// programs write it too. The error is one line that says what is wrong where.
func ReadText(r io.Reader) (*Vectors, error) {
	return readAll(r, func(in *bufio.Reader, i, n, dim int) (string, []float32, error) {
		line, err := readLine(in, maxWord+32*dim)
		if err == errTooLong {
			return "", nil, fmt.Errorf("line %d is too long for a word and %d numbers", i+2, dim)
		}
		if err != nil && err != io.EOF {
			return "", nil, err
		}
		line = bytes.TrimRight(line, " \r")
		if len(line) == 0 && err == io.EOF {
			return "", nil, tooFew(i, n)
		}
		word, vector, err := parseRow(line, dim)
		if err != nil {
			return "", nil, fmt.Errorf("line %d, %.60q: %w", i+2, line, err)
		}
		return word, vector, nil
	})
}

func parseRow(line []byte, dim int) (word string, vector []float32, err error) {
	first, rest, _ := bytes.Cut(line, []byte(" "))
	if len(first) == 0 || len(first) > maxWord {
		return "", nil, fmt.Errorf("it begins with no word of 1 to %d bytes", maxWord)
	}
	if fields := bytes.Count(rest, []byte(" ")) + 1; fields != dim {
		return "", nil, fmt.Errorf("it has a word and %d numbers instead of %d", fields, dim)
	}
	vector = make([]float32, 0, dim)
	for field := range bytes.SplitSeq(rest, []byte(" ")) {
		x, err := strconv.ParseFloat(string(field), 32)
		if err != nil {
			return "", nil, fmt.Errorf("%.40q is no number", field)
		}
		vector = append(vector, float32(x))
	}
	return string(first), vector, nil
}
