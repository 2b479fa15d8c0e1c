// Package wordeval gives the sets that word vectors are evaluated with; data/README.md says
// where they are from. The analogy questions are part of the package. Pairs of words are not in
// the repository: they are found, or fetched from their authors.
//
// The first of these that there is:
//
//  1. what the environment variable SPARSEQ_WORDEVAL names: a folder that holds the file, or
//     the file. If it is of no use that is an error.
//  2. the file in downloads of the data folder.
//  3. the archive on the authors' site, unpacked into downloads. A download that failed is not
//     tried again for ten minutes, save by [Prefetch].
package wordeval

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sparseq/pkg/checkout"
	"sparseq/pkg/wordvec"
)

// WordSim353 returns the 353 pairs of English nouns of WordSim-353, and how much alike 13 to 16
// people found each pair, from 0 to 10 on average (Finkelstein et al. 2002, "Placing search in
// context: the concept revisited"). Words are as in the set: names have capitals, and the pair
// tiger, tiger is one.
//
// log, which may be nil, is told of a download. The error is one line: why there are no pairs,
// and what to do.
func WordSim353(log func(line string)) ([]wordvec.Pair, error) {
	return wordSim353.load(log, false)
}

// Prefetch makes what this package gives ready in the data folder dir, "" being the default
// one, even if a download failed a moment ago.
func Prefetch(dir string, log func(line string)) error {
	s := wordSim353
	s.data = dir
	pairs, err := s.load(log, true)
	if err == nil && log != nil {
		log(fmt.Sprintf("ready: WordSim-353, %d pairs of words", len(pairs)))
	}
	return err
}

// set is a set of pairs, and where it is from. Tests change it.
type set struct {
	name   string
	data   string // the data folder, "" for the default one
	file   string // its name in a folder
	url    string // of a zip archive
	member string // its name there
	sum    string // its SHA-256 sum
	pairs  int
}

var wordSim353 = set{
	name: "WordSim-353", file: "wordsim353-combined.tab",
	url:    "http://www.gabrilovich.com/resources/data/wordsim353/wordsim353.zip",
	member: "combined.tab", sum: "1edf400ed472e796b3be562cf7970b10d749a07874a96ddc77e75fd1006b446c",
	pairs: 353,
}

// load goes through the sources in order.
func (s set) load(log func(line string), again bool) ([]wordvec.Pair, error) {
	if log == nil {
		log = func(string) {}
	}
	if env := os.Getenv("SPARSEQ_WORDEVAL"); env != "" {
		pairs, err := s.read(checkout.LocateFile(env, s.file))
		if err != nil {
			return nil, fmt.Errorf("%s: SPARSEQ_WORDEVAL=%s: %w", s.name, env, err)
		}
		return pairs, nil
	}
	if s.data == "" {
		dir, err := checkout.Data()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		s.data = dir
	}
	path := filepath.Join(s.data, "downloads", s.file)
	if _, err := os.Stat(path); err != nil {
		if err := s.download(path, log, again); err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	pairs, err := s.read(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; remove the file, and it is fetched again", s.name, err)
	}
	return pairs, nil
}

// read reads and checks a file of pairs.
func (s set) read(path string) ([]wordvec.Pair, error) {
	f, err := os.Open(path)
	if err != nil {
		if cause := new(fs.PathError); errors.As(err, &cause) {
			err = cause.Err
		}
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	defer f.Close()
	pairs, err := parsePairs(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(pairs) != s.pairs {
		return nil, fmt.Errorf("%s has %d pairs instead of %d: it is cut short, or another file", path, len(pairs), s.pairs)
	}
	return pairs, nil
}
