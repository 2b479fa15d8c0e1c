// Package imdb gives the IMDB movie reviews (Maas et al. 2011) ready to train
// on: 25,000 reviews to train with and 25,000 to test, half of each positive,
// as word ids of a vocabulary that is counted on the training part only.
//
//	corpus, err := imdb.Load(imdb.Options{Vocabulary: 10_000})
//	fmt.Println(corpus.Source)         // where the reviews are from
//	ids := corpus.Train.IDs(0)         // [time], the start id first
//
// The reviews come from the first of these that there is:
//
//   - the archive or the unpacked folder that the environment variable
//     SPARSEQ_IMDB names, or with SPARSEQ_IMDB=sample the bundled sample;
//   - the cache of an earlier call, in the data folder;
//   - an archive in the data folder's downloads, fetched from its authors' site
//     if it is not there yet;
//   - the bundled sample of a few hundred short reviews that are not IMDB's.
//
// Which one it was is in [Corpus.Source]: show it beside every result. The first
// call with an archive takes seconds; the reviews and their ids are cached as
// raw arrays, and later calls take milliseconds.
package imdb

import (
	"fmt"
	"slices"

	"sparseq/pkg/checkout"
	"sparseq/pkg/text"
)

// Options say which reviews to load and how to encode them. The zero value is
// the whole corpus with a vocabulary of 10,000 ids.
type Options struct {
	Dir        string            // data folder; "" = SPARSEQ_DATA, or the repository's data/
	Vocabulary int               // most ids of the vocabulary, four special ones included; 0 = 10,000
	Reviews    int               // reviews of each labelled set, half of each label; 0 or too many = all
	Validation float64           // share of the training set that is cut off to validate; 0 = 0.1
	Seed       uint64            // of the choice of reviews and of their order
	Log        func(line string) // told what takes time; nil = silent
}

// withDefaults fills the zero fields and says what is wrong with the others.
func (o Options) withDefaults() (Options, error) {
	if o.Vocabulary == 0 {
		o.Vocabulary = 10_000
	}
	if o.Validation == 0 {
		o.Validation = 0.1
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	switch {
	case o.Vocabulary < 5 || o.Vocabulary > 1<<30:
		return o, fmt.Errorf("imdb: Options.Vocabulary is %d: at least 5 ids are needed, four of them special", o.Vocabulary)
	case o.Reviews < 0 || o.Reviews > 0 && o.Reviews < 20:
		return o, fmt.Errorf("imdb: Options.Reviews is %d: take at least 20, or 0 for all", o.Reviews)
	case !(o.Validation > 0 && o.Validation < 1):
		return o, fmt.Errorf("imdb: Options.Validation is %g: the share of the training set must be between 0 and 1", o.Validation)
	}
	if o.Dir == "" {
		dir, err := checkout.Data()
		if err != nil {
			return o, err
		}
		o.Dir = dir
	}
	return o, nil
}

// Corpus is the reviews in three parts that share no review. They are in random
// order, the same on every machine, and each part has as many positive as
// negative ones.
type Corpus struct {
	Source     Source           // where the reviews are from
	Vocabulary *text.Vocabulary // counted on Train; may have fewer ids than asked for
	Train      Split
	Validation Split // cut off the training set
	Test       Split // to be looked at once, at the end
	Duplicates int   // reviews of Test whose words are those of one in Train or Validation

	file   string   // of the reviews in the cache; "" for the sample, which is not cached
	words  []string // those of Train, by falling count
	counts []uint32 // how often each occurs in Train
}

// Counts says how often each word occurs in the training part.
func (c *Corpus) Counts() text.Counts {
	counts := make(text.Counts, len(c.words))
	for i, w := range c.words {
		counts[w] = int(c.counts[i])
	}
	return counts
}

// Coverage is the share of the training part's running words that a vocabulary
// of each size knows; the sizes count the four special ids, which know none.
func (c *Corpus) Coverage(sizes ...int) []float64 {
	known := make([]float64, len(c.counts)+1) // by the number of words
	for i, n := range c.counts {
		known[i+1] = known[i] + float64(n)
	}
	shares := make([]float64, len(sizes))
	for i, size := range sizes {
		n := min(max(0, size-4), len(c.counts))
		shares[i] = known[n] / known[len(c.counts)]
	}
	return shares
}

// Split is one part of the corpus.
type Split struct {
	Labels []float32 // 1 = positive, 0 = negative

	reviews *reviews
	index   []uint32 // where each review stands in reviews
	offsets []int64  // where each review's ids begin in ids, and the end
	ids     []int32
}

// Len is the number of reviews.
func (s Split) Len() int { return len(s.Labels) }

// IDs is the start id and the ids of the words of review i, [time]. It is part
// of the cache: do not change it.
func (s Split) IDs(i int) []int32 {
	return slices.Clip(s.ids[s.offsets[i]:s.offsets[i+1]])
}

// Length is the number of words of review i.
func (s Split) Length(i int) int { return int(s.offsets[i+1]-s.offsets[i]) - 1 }

// Text is review i as it was written, HTML tags included.
func (s Split) Text(i int) string { return string(s.reviews.text(int(s.index[i]))) }

// Stars is the rating that came with review i: 1 to 4 for a negative one, 7 to
// 10 for a positive one, 0 where it is not known.
func (s Split) Stars(i int) int { return int(s.reviews.stars[s.index[i]]) }
