package imdb

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	train, errTrain := storedReviews(s, "train")
	test, errTest := storedReviews(s, "test")
	if err := cmp.Or(errTrain, errTest); err != nil {
		return nil, err
	}
	return &sets{path, meta.Source, train, test}, nil
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
		err = writeStore(strings.TrimSuffix(path, ".reviews")+".unlabelled", meta, func(w *storeWriter) {
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

// openEncoded reads a cached corpus, its arrays not copied, made of the sets
// train and test, of so many reviews.
func openEncoded(path string, o Options) (*encoded, error) {
	var meta idsMeta
	s, err := openStore(path, &meta)
	if err != nil {
		return nil, err
	}
	if meta != (idsMeta{o.Vocabulary, o.Reviews, o.Validation, o.Seed, meta.Duplicates}) {
		return nil, errStore
	}
	e := &encoded{
		words:      strings.Split(string(array[uint8](s, "words")), "\n"),
		counts:     array[uint32](s, "counts"),
		duplicates: meta.Duplicates,
	}
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

// keep is how many settings the cache keeps, some 50 MB each.
const keep = 12

// cacheFile is the path of a cache file.
func cacheFile(dir, name string) string { return filepath.Join(dir, "cache", name) }

// prune removes the files of ids that were used longest ago.
func prune(reviewsFile string) {
	dir, base := filepath.Split(strings.TrimSuffix(reviewsFile, ".reviews"))
	entries, _ := os.ReadDir(dir) // none are removed where there are none to see
	var files []string
	age := map[string]int64{}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), base+"-") {
			files = append(files, e.Name())
			age[e.Name()] = info.ModTime().UnixNano()
		}
	}
	slices.SortFunc(files, func(a, b string) int { return cmp.Compare(age[b], age[a]) })
	for _, f := range files[min(keep, len(files)):] {
		os.Remove(filepath.Join(dir, f))
	}
}
