package wordeval

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the questions
	"fmt"
	"io"
	"strings"

	"sparseq/pkg/wordvec"
)

// The questions came with the program of Mikolov et al. 2013, word2vec, whose licence, Apache
// 2.0, lies beside them. They are as they were there, but packed.
//
//go:embed google/questions-words.txt.gz
var googleQuestions []byte

// Analogies returns the 19,544 questions of Mikolov et al. 2013a, "Efficient estimation of word
// representations in vector space", in 14 sections: five ask about things (capitals,
// currencies, cities, family), nine, whose names begin with gram, about grammar. Words are as
// in the set: names have capitals.
func Analogies() ([]wordvec.Question, error) {
	r, err := gzip.NewReader(bytes.NewReader(googleQuestions))
	if err != nil {
		return nil, fmt.Errorf("the analogy questions are damaged: %w", err)
	}
	return ParseAnalogies(r)
}

const maxAnalogies = 64 << 20 // bytes; the set has 604 kB

// ParseAnalogies reads questions in the form of the word2vec program: a line ": NAME" begins a
// section, and each line after it has the four words of a question, with spaces or tabs
// between. Empty lines are passed over, and lines may end with a carriage return.
func ParseAnalogies(r io.Reader) ([]wordvec.Question, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxAnalogies+1))
	if err != nil {
		return nil, fmt.Errorf("the analogy questions cannot be read: %w", err)
	}
	if len(content) > maxAnalogies {
		return nil, fmt.Errorf("the analogy questions have more than %d bytes: this is no such file", maxAnalogies)
	}
	var questions []wordvec.Question
	section := ""
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, ":"); ok {
			if section = strings.TrimSpace(name); section == "" {
				return nil, fmt.Errorf("line %d of the analogy questions begins a section without a name", number)
			}
			continue
		}
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case section == "":
			return nil, fmt.Errorf("line %d of the analogy questions, %.60q, stands before the first section, a line like %q", number, line, ": capitals")
		case len(words) != 4:
			return nil, fmt.Errorf("line %d of the analogy questions, %.60q, has %d words instead of 4", number, line, len(words))
		default:
			questions = append(questions, wordvec.Question{Section: section, A: words[0], B: words[1], C: words[2], D: words[3]})
		}
	}
	if len(questions) == 0 {
		return nil, fmt.Errorf("there are no analogy questions: their form is %q, then lines of four words", ": SECTION")
	}
	return questions, nil
}
