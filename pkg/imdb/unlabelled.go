package imdb

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// Texts are reviews without labels, to learn from how people write.
type Texts struct{ reviews *reviews }

// Len is the number of reviews.
func (t Texts) Len() int {
	if t.reviews == nil {
		return 0
	}
	return t.reviews.len()
}

// Text is review i as it was written, HTML tags included.
func (t Texts) Text(i int) string { return string(t.reviews.text(i)) }

// Unlabelled gives the reviews that nobody has labelled, 50,000 in the official archive, in the
// order of their numbers: neighbours are often about one film. The bundled sample has none, nor
// has an archive from which they were removed.
func (c *Corpus) Unlabelled() (Texts, error) {
	if c.file == "" {
		return Texts{}, nil
	}
	file := unlabelledFile(c.file)
	s, err := openStore(file, new(reviewsMeta))
	if errors.Is(err, fs.ErrNotExist) {
		return Texts{}, nil
	}
	if err == nil {
		var r *reviews
		if r, err = storedReviews(s, "unlabelled"); err == nil {
			return Texts{r}, nil
		}
	}
	return Texts{}, fmt.Errorf("imdb: the unlabelled reviews cannot be read from %s (%w): remove the folder %s, it is made again",
		filepath.Base(file), err, filepath.Dir(file))
}

// unlabelledFile is the cache's file of unlabelled reviews, beside that of the others.
func unlabelledFile(reviewsFile string) string {
	return strings.TrimSuffix(reviewsFile, ".reviews") + ".unlabelled"
}
