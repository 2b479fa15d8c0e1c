package imdb

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sparseq/pkg/checkout"
)

// sample is the corpus of the bundled reviews, data/sample, one a line. It is
// small enough to need no cache. why says why it is used.
func (l *loader) sample(why string) (*Corpus, error) {
	dir, err := checkout.Root()
	if err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, "data", "sample")
	s := new(sets)
	if s.train, err = readSample(dir, "train"); err != nil {
		return nil, err
	}
	if s.test, err = readSample(dir, "test"); err != nil {
		return nil, err
	}
	s.source = Source{
		Name:   fmt.Sprintf("bundled sample of %d short generated reviews, NOT the IMDB data", s.train.len()+s.test.len()),
		Sample: true,
		Remark: why,
	}
	return s.with(encode(s.train, s.test, choose(s.train, s.test, l.Options), l.Vocabulary))
}

// readSample reads a set of the sample, from <set>-neg.txt and <set>-pos.txt.
func readSample(dir, set string) (*reviews, error) {
	var d draft
	for label, name := range []string{"neg", "pos"} {
		file := filepath.Join(dir, set+"-"+name+".txt")
		content, err := os.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("the bundled sample is incomplete, %s is missing: git checkout data/sample brings it back", file)
		}
		if err != nil {
			return nil, err
		}
		n := 0
		for line := range bytes.Lines(content) {
			d.entries = append(d.entries, entry{label: uint8(label), number: n, text: bytes.TrimSpace(line)})
			n++
		}
		if n < 2 {
			return nil, fmt.Errorf("the bundled sample is incomplete, %s has %d reviews: git checkout data/sample brings it back", file, n)
		}
	}
	return d.reviews()
}
