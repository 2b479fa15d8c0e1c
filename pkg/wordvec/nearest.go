package wordvec

import (
	"cmp"
	"fmt"
	"slices"
)

// Neighbour is a word near another.
type Neighbour struct {
	Word     string
	Index    int
	Distance float64
}

// Nearest are the k words whose vectors are nearest to that of word, without itself, the
// nearest first (all of them where there are fewer than k). Words at the same distance stand
// in the order of their index. A vector of zeros has no direction: by cosine it is nobody's
// neighbour.
func (v *Vectors) Nearest(word string, k int, m Metric) ([]Neighbour, error) {
	if k < 1 {
		return nil, fmt.Errorf("%d neighbours cannot be found: ask for 1 or more", k)
	}
	at, err := v.find(word, m)
	if err != nil {
		return nil, err
	}
	distances := make([]float64, v.Len())
	inParallel(v.Len(), func(i int) { distances[i] = v.distance(at, i, m) })
	all := make([]Neighbour, 0, v.Len())
	for i, d := range distances {
		if i != at && d == d {
			all = append(all, Neighbour{v.words[i], i, d})
		}
	}
	slices.SortFunc(all, func(a, b Neighbour) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Index, b.Index))
	})
	return slices.Clone(all[:min(k, len(all))]), nil
}
