// Package wordvec learns word vectors and looks at them: distances and neighbours, analogies,
// how well they agree with what people find alike, and pictures of them in the plane or in
// space.
//
//	corpus, err := wordvec.ReadCorpus(len(reviews), func(i int, dst []string) []string {
//		return text.AppendTokens(dst, reviews[i])
//	}, 5)
//	v, err := wordvec.Word2Vec{SkipGram: true}.Train(ctx, corpus) // or GloVe{}
//	err = v.Save("skipgram.bin") // for Load, and for other programs
//
// What looks at vectors takes them from anywhere, one of the same length a word. It uses all
// cores, and gives the same numbers whatever their number is; what learns does so with one
// worker only.
package wordvec

import (
	"errors"
	"fmt"
	"math"
)

// Vectors are the vectors of words.
type Vectors struct {
	words   []string
	vectors [][]float32 // [word][unit]
	norms   []float64   // [word], the Euclidean norms
	index   map[string]int
}

// New makes Vectors of different words and their vectors, [word][unit], which it keeps without
// copying them. All must have the same length, and finite numbers only.
func New(words []string, vectors [][]float32) (*Vectors, error) {
	if len(words) != len(vectors) {
		return nil, fmt.Errorf("%d words do not go with %d vectors", len(words), len(vectors))
	}
	if err := checkRows(vectors); err != nil {
		return nil, err
	}
	v := &Vectors{words: words, vectors: vectors, norms: make([]float64, len(words)), index: make(map[string]int, len(words))}
	for i, w := range words {
		if first, ok := v.index[w]; ok {
			return nil, fmt.Errorf("words %d and %d are the same, %q: each may have one vector", first, i, w)
		}
		v.index[w] = i
		v.norms[i] = math.Sqrt(dot(vectors[i], vectors[i]))
	}
	return v, nil
}

// Len is the number of words.
func (v *Vectors) Len() int { return len(v.words) }

// Word is the word of an index, from 0 to Len-1.
func (v *Vectors) Word(i int) string { return v.words[i] }

// Index is the index of a word; ok says whether there is one.
func (v *Vectors) Index(word string) (i int, ok bool) {
	i, ok = v.index[word]
	return i, ok
}

// Vector is the vector of the word of an index, [unit]. Do not change it.
func (v *Vectors) Vector(i int) []float32 { return v.vectors[i] }

// checkRows says what keeps rows from being a matrix of finite numbers.
func checkRows(x [][]float32) error {
	if len(x) == 0 || len(x[0]) == 0 {
		return errors.New("there are no vectors")
	}
	for i, row := range x {
		if len(row) != len(x[0]) {
			return fmt.Errorf("vector %d has %d numbers, the first has %d: all must have as many", i, len(row), len(x[0]))
		}
		for _, a := range row {
			if a-a != 0 {
				return fmt.Errorf("vector %d holds %v: the training that made it went astray", i, a)
			}
		}
	}
	return nil
}
