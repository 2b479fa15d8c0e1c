package wordeval

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sparseq/pkg/wordvec"
)

const (
	header  = "Word 1\tWord 2\tHuman (mean)"
	maxFile = 1 << 20 // bytes; the set has 7 kB
)

// parsePairs reads a table of pairs: a line of titles, then two words and a number from 0 to 10
// a line, with tabs between. Lines end with a line feed, with or without a carriage return.
func parsePairs(r io.Reader) ([]wordvec.Pair, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(content) > maxFile {
		return nil, fmt.Errorf("it has more than %d bytes: it is no such table", maxFile)
	}
	lines := strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
	var pairs []wordvec.Pair
	for i, line := range lines {
		line = strings.TrimSuffix(line, "\r")
		if i == 0 {
			if line != header {
				return nil, fmt.Errorf("line 1 is %.40q instead of %q: it is no such table", line, header)
			}
			continue
		}
		p, err := parsePair(line)
		if err != nil {
			return nil, fmt.Errorf("line %d, %.60q: %w", i+1, line, err)
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

func parsePair(line string) (wordvec.Pair, error) {
	fields := strings.Split(line, "\t")
	if len(fields) != 3 {
		return wordvec.Pair{}, fmt.Errorf("it has %d fields instead of 3", len(fields))
	}
	for _, word := range fields[:2] {
		odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
		if word == "" || !utf8.ValidString(word) || strings.ContainsFunc(word, odd) {
			return wordvec.Pair{}, fmt.Errorf("%q is no word", word)
		}
	}
	human, err := strconv.ParseFloat(fields[2], 64)
	if err != nil || !(human >= 0 && human <= 10) {
		return wordvec.Pair{}, fmt.Errorf("%q is no number from 0 to 10", fields[2])
	}
	return wordvec.Pair{A: fields[0], B: fields[1], Human: human}, nil
}
