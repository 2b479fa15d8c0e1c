package wordvec

import (
	"fmt"
	"math"
	"testing"
)

// The value expected is SciPy 1.17.1's spearmanr([1,2,2,3,5,5,5,9], [2,1,4,4,3,8,8,7]), where
// ties share the mean of their ranks.
func TestSimilarityAgainstSciPy(t *testing.T) {
	words, vectors := []string{"origin"}, [][]float32{{1, 0}}
	var pairs []Pair
	for i, like := range []float64{2, 1, 4, 4, 3, 8, 8, 7} {
		word := fmt.Sprint("w", i)
		sine, cosine := math.Sincos(math.Pi * (10 - like) / 20) // the nearer, the more alike
		words = append(words, word)
		vectors = append(vectors, []float32{float32(cosine) * float32(i+1), float32(sine) * float32(i+1)})
		pairs = append(pairs, Pair{"Origin", word, []float64{1, 2, 2, 3, 5, 5, 5, 9}[i]})
	}
	vectors[4], vectors[7] = vectors[3], vectors[6] // rounding must not break the ties
	v := mustNew(t, append(words, "zero"), append(vectors, []float32{0, 0}))
	got, used, err := v.Similarity(append(pairs, Pair{"origin", "missing", 3}, Pair{"zero", "origin", 9}))
	if err != nil || used != 8 {
		t.Fatal(used, err)
	}
	near(t, "Spearman's correlation", got, 0.6895607149652165, 1e-12)
}

func TestSimilarityExtremes(t *testing.T) {
	v := mustNew(t, []string{"a", "b", "c", "d"}, [][]float32{{1, 0}, {1, .1}, {1, 1}, {-1, 0}})
	got, used, err := v.Similarity([]Pair{{"A", "B", 9}, {"a", "c", 5}, {"a", "d", .5}})
	if err != nil || used != 3 || got != 1 {
		t.Errorf("%v, %d, %v", got, used, err)
	}
	got, _, err = v.Similarity([]Pair{{"a", "b", 1}, {"a", "c", 5}, {"a", "d", 8}, {"a", "a", 0}})
	if err != nil || got != -1 {
		t.Errorf("the opposite: %v, %v", got, err)
	}
}

func TestSimilarityErrors(t *testing.T) {
	v := mustNew(t, []string{"a", "b", "c"}, [][]float32{{1, 0}, {0, 1}, {0, 2}})
	_, used, err := v.Similarity([]Pair{{"a", "b", 1}, {"a", "x", 2}, {"x", "b", 3}})
	wantError(t, err, "of the 3 pairs of words 1 have vectors")
	if used != 1 {
		t.Errorf("%d used", used)
	}
	_, _, err = v.Similarity(nil)
	wantError(t, err, "of the 0 pairs")
	_, _, err = v.Similarity([]Pair{{"a", "b", 3}, {"b", "c", 3}})
	wantError(t, err, "all 2 pairs of words are equally alike")
	_, _, err = v.Similarity([]Pair{{"a", "b", 3}, {"a", "c", 4}})
	wantError(t, err, "all 2 pairs of words are equally alike")
	_, _, err = v.Similarity([]Pair{{"a", "b", 3}, {"a", "c", math.NaN()}})
	wantError(t, err, "pair 1, a and c, has NaN")
}
