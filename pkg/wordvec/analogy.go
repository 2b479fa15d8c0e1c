package wordvec

import (
	"cmp"
	"fmt"
	"slices"
)

// Combination is a way to find the word d that is to c what b is to a.
type Combination int

const (
	// CosAdd takes the d with the greatest cos(d, b) - cos(d, a) + cos(d, c), which is the
	// word nearest in direction to b - a + c, all of length 1 (Mikolov, Yih & Zweig 2013,
	// "Linguistic regularities in continuous space word representations").
	CosAdd Combination = iota
	// CosMul takes the d with the greatest cos(d, b) · cos(d, c) / (cos(d, a) + 0.001), with
	// cosines moved to 0 … 1, so that no one of them outweighs the others (Levy & Goldberg
	// 2014, "Linguistic regularities in sparse and explicit word representations").
	CosMul
)

// String is the name that papers use.
func (m Combination) String() string {
	switch m {
	case CosAdd:
		return "3CosAdd"
	case CosMul:
		return "3CosMul"
	}
	return fmt.Sprintf("Combination(%d)", int(m))
}

func (m Combination) check() error {
	if m != CosAdd && m != CosMul {
		return fmt.Errorf("%v is no way to combine vectors: use CosAdd or CosMul", m)
	}
	return nil
}

// score is how well a word with these cosines to a, b and c answers.
func (m Combination) score(a, b, c float32) float32 {
	if m == CosMul {
		return ((1 + b) / 2) * ((1 + c) / 2) / ((1+a)/2 + .001)
	}
	return b - a + c
}

// Answer is a word that may answer an analogy.
type Answer struct {
	Word  string
	Index int
	Score float64 // what the combination says of it
}

// Analogy are the k best answers to "a is to b as c is to …", the best first (all of them where
// there are fewer than k); ties stand in the order of their index. The words a, b and c
// themselves are no answers, nor are words whose vector is all zeros.
func (v *Vectors) Analogy(a, b, c string, k int, m Combination) ([]Answer, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	if k < 1 {
		return nil, fmt.Errorf("%d answers cannot be found: ask for 1 or more", k)
	}
	var asked [3]int
	for i, word := range []string{a, b, c} {
		var err error
		if asked[i], err = v.find(word, Cosine); err != nil {
			return nil, err
		}
	}
	scores := make([]float64, v.Len())
	inParallel(v.Len(), func(i int) {
		if v.norms[i] > 0 {
			scores[i] = float64(m.score(float32(v.similarity(i, asked[0])), float32(v.similarity(i, asked[1])), float32(v.similarity(i, asked[2]))))
		}
	})
	answers := make([]Answer, 0, v.Len())
	for i, s := range scores {
		if v.norms[i] > 0 && !slices.Contains(asked[:], i) {
			answers = append(answers, Answer{v.words[i], i, s})
		}
	}
	slices.SortFunc(answers, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Index, b.Index))
	})
	return slices.Clone(answers[:min(k, len(answers))]), nil
}
