package imdb

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"

	"sparseq/pkg/text"
)

// Files of the cache, in <data>/cache:
//
//	imdb-<archive>.reviews         texts, labels and stars of train and test
//	imdb-<archive>.unlabelled      texts of the unlabelled reviews, if there are any
//	imdb-<archive>-<settings>.ids  an encoded corpus
//
// <archive> is the beginning of the archive's SHA-256 sum.

// reviewsMeta is what the file of reviews says of itself.
type reviewsMeta struct{ Source Source }

// openReviews reads the cached reviews, not copied.
func openReviews(path string) (*sets, error) {
	var meta reviewsMeta
	s, err := openStore(path, &meta)
	if err != nil {
		return nil, err
	}
	train, test, err := s.labelled()
	return &sets{path, meta.Source, train, test}, err
}

// labelled is the sets train and test of a store.
func (s *store) labelled() (train, test *reviews, err error) {
	train, errTrain := storedReviews(s, "train")
	test, errTest := storedReviews(s, "test")
	return train, test, cmp.Or(errTrain, errTest)
}

// writeReviews caches what was read from an archive. The file of reviews is the
// last: where it is, the other is too.
func writeReviews(path string, source Source, d *drafts) error {
	meta := reviewsMeta{source}
	train, err := d.train.reviews()
	if err != nil {
		return err
	}
	test, err := d.test.reviews()
	if err != nil {
		return err
	}
	if len(d.unlabelled.entries) > 0 {
		unlabelled, err := d.unlabelled.reviews()
		if err != nil {
			return err
		}
		err = writeStore(unlabelledFile(path), meta, func(w *storeWriter) {
			addReviews(w, "unlabelled", unlabelled)
		})
		if err != nil {
			return err
		}
	}
	return writeStore(path, meta, func(w *storeWriter) {
		addReviews(w, "train", train)
		addReviews(w, "test", test)
	})
}

// idsMeta is the settings that a file of ids was made with, and its result that
// is no array.
type idsMeta struct {
	Vocabulary, Reviews int
	Validation          float64
	Seed                uint64
	Duplicates          int
}

// idsFile is the file of ids for the settings, beside the file of reviews.
func idsFile(reviewsFile string, o Options) string {
	key := fmt.Sprintf("%q %d %d %g %d", magic, o.Vocabulary, o.Reviews, o.Validation, o.Seed)
	sum := sha256.Sum256([]byte(key))
	return strings.TrimSuffix(reviewsFile, ".reviews") + "-" + hex.EncodeToString(sum[:6]) + ".ids"
}

func (e *encoded) write(path string, o Options) error {
	meta := idsMeta{o.Vocabulary, o.Reviews, o.Validation, o.Seed, e.duplicates}
	return writeStore(path, meta, func(w *storeWriter) {
		w.add("vocabulary", []byte(strings.Join(e.vocabulary.Words(), "\n")))
		w.add("words", []byte(strings.Join(e.words, "\n")))
		w.add("counts", raw(e.counts))
		for name, p := range e.parts() {
			w.add(name+".index", raw(p.index))
			w.add(name+".offsets", raw(p.offsets))
			w.add(name+".ids", raw(p.ids))
		}
	})
}

// openEncoded reads a cached corpus, its arrays not copied.
func openEncoded(path string, o Options) (*encoded, error) {
	var meta idsMeta
	s, err := openStore(path, &meta)
	if err != nil {
		return nil, err
	}
	return s.encoded(meta, o)
}

// encoded is the corpus of a store, if it was made with the options.
func (s *store) encoded(meta idsMeta, o Options) (*encoded, error) {
	if meta != (idsMeta{o.Vocabulary, o.Reviews, o.Validation, o.Seed, meta.Duplicates}) {
		return nil, errStore
	}
	e := &encoded{
		words:      strings.Split(string(array[uint8](s, "words")), "\n"),
		counts:     array[uint32](s, "counts"),
		duplicates: meta.Duplicates,
	}
	var err error
	e.vocabulary, err = text.NewVocabulary(strings.Split(string(array[uint8](s, "vocabulary")), "\n"))
	if err != nil || len(e.words) != len(e.counts) {
		return nil, errStore
	}
	for name, p := range e.parts() {
		*p = ids{array[uint32](s, name+".index"), array[int64](s, name+".offsets"), array[int32](s, name+".ids")}
		if !valid(p.offsets, len(p.index), len(p.ids)) {
			return nil, errStore
		}
	}
	return e, nil
}

// cacheFile is the path of a cache file.
func cacheFile(dir, name string) string { return filepath.Join(dir, "cache", name) }
