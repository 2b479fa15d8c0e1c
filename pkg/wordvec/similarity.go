package wordvec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
)

// Pair is two words and how alike people find them, on any scale that grows with likeness.
type Pair struct {
	A, B  string
	Human float64
}

// Similarity compares what people find alike with the vectors' cosines: Spearman's rank
// correlation (Spearman 1904), from -1 to 1, over the used pairs, those whose words both have a
// vector. 0 is no relation; an average person reaches about 0.75 with all others (see the set
// of pairs). Words are looked up in lower case. Fewer than 2 pairs, or pairs that are all
// alike, have no correlation: an error.
func (v *Vectors) Similarity(pairs []Pair) (spearman float64, used int, err error) {
	var human, cosines []float64
	for i, p := range pairs {
		if p.Human-p.Human != 0 {
			return 0, 0, fmt.Errorf("pair %d, %s and %s, has %v for its likeness: it must be a finite number", i, p.A, p.B, p.Human)
		}
		a, ok := v.index[strings.ToLower(p.A)]
		b, too := v.index[strings.ToLower(p.B)]
		if !ok || !too || v.norms[a] == 0 || v.norms[b] == 0 {
			continue
		}
		human = append(human, p.Human)
		cosines = append(cosines, 1-v.distance(a, b, Cosine))
	}
	used = len(human)
	if used < 2 {
		return 0, used, fmt.Errorf("of the %d pairs of words %d have vectors: a correlation needs 2 or more", len(pairs), used)
	}
	if slices.Min(human) == slices.Max(human) || slices.Min(cosines) == slices.Max(cosines) {
		return 0, used, fmt.Errorf("all %d pairs of words are equally alike: there is no correlation", used)
	}
	return stat.Correlation(ranks(human), ranks(cosines), nil), used, nil
}

// ranks are the places, from 1, of the elements when sorted; equal ones share the mean of
// their places.
func ranks(a []float64) []float64 {
	order := make([]int, len(a))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(a[i], a[j]) })
	r := make([]float64, len(a))
	for first := 0; first < len(order); {
		last := first
		for last+1 < len(order) && a[order[last+1]] == a[order[first]] {
			last++
		}
		for _, i := range order[first : last+1] {
			r[i] = float64(first+last)/2 + 1
		}
		first = last + 1
	}
	return r
}
