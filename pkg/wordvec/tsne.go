package wordvec

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
)

// TSNE draws rows in the plane so that rows that are near each other stay near each other: the
// t-distributed stochastic neighbour embedding of van der Maaten and Hinton 2008, "Visualizing
// data using t-SNE", computed exactly, over all pairs. Distances between far groups and the
// sizes of groups mean nothing in such a picture.
//
// The zero value is ready to use. The defaults are those of scikit-learn.
type TSNE struct {
	// Perplexity is about how many neighbours each row keeps near, from 1 to less than the
	// number of other rows; 0 is 30, or a third of the other rows where that is less.
	Perplexity float64
	// Iterations of gradient descent; 0 is 1000. The first 250, or first quarter where that is
	// less, attract 12 times as much ("early exaggeration"), for groups to find together.
	Iterations int
	// Rate is the learning rate; 0 is rows/48, at least 50 (Belkina et al. 2019).
	Rate float64
	// Random begins with random points, drawn by Seed, rather than with the first two principal
	// components, whose picture keeps more of how the groups lie (Kobak and Linderman 2021).
	Random bool
	// Seed draws the random points, also those for rows that vary along one line only.
	Seed uint64
	// Progress, if set, is told the share of the work done, and in a line what was done.
	Progress func(fraction float64, line string)
}

const (
	maxRows      = 5000 // the pairs take 4 bytes each
	exaggeration = 12
	spread       = 1e-4 // standard deviation of the first points
)

// Embed gives each row of x, [row][unit], a place in the plane, [row][2], around (0, 0). It
// takes 4 to 5000 rows of finite numbers, which may repeat. The result is the same each time on
// the same kind of processor.
func (t TSNE) Embed(x [][]float32) ([][]float64, error) {
	if err := t.check(x); err != nil {
		return nil, err
	}
	n := len(x)
	others := float64(n - 1)
	t.Perplexity = cmp.Or(t.Perplexity, max(1, min(30, others/3)))
	t.Iterations = cmp.Or(t.Iterations, 1000)
	t.Rate = cmp.Or(t.Rate, max(float64(n)/exaggeration/4, 50))
	start, err := t.start(x)
	if err != nil {
		return nil, err
	}
	m := newTSNEMap(jointProbabilities(x, t.Perplexity), start)
	m.descend(t)
	y := m.centred()
	if at := y[0][0] + y[0][1]; at-at != 0 {
		return nil, fmt.Errorf("with a learning rate of %v the points fly apart: leave it at 0 for the usual one", t.Rate)
	}
	return y, nil
}

func (t TSNE) check(x [][]float32) error {
	if err := checkRows(x); err != nil {
		return err
	}
	n := len(x)
	switch {
	case n < 4 || n > maxRows:
		return fmt.Errorf("t-SNE takes 4 to %d vectors, not %d: choose others", maxRows, n)
	case t.Perplexity != 0 && !(t.Perplexity >= 1 && t.Perplexity < float64(n-1)):
		return fmt.Errorf("a perplexity of %v does not go with %d vectors: it must be from 1 to less than the %d others; %d or less is usual", t.Perplexity, n, n-1, max(1, (n-1)/3))
	case t.Iterations < 0:
		return fmt.Errorf("%d iterations of t-SNE cannot be: use 1 or more, 1000 are usual", t.Iterations)
	case !(t.Rate >= 0) || math.IsInf(t.Rate, 0):
		return fmt.Errorf("a learning rate of %v cannot be: leave it at 0 for the usual one", t.Rate)
	}
	return nil
}

// start places the rows for the descent to begin with.
func (t TSNE) start(x [][]float32) ([][]float64, error) {
	random := rand.New(rand.NewPCG(t.Seed, 0x7453_4e45)) // "tSNE"
	y := make([][]float64, len(x))
	for i := range y {
		y[i] = []float64{spread * random.NormFloat64(), spread * random.NormFloat64()}
	}
	if t.Random {
		return y, nil
	}
	components, explained, err := PCA(x, min(2, len(x[0])))
	if err != nil {
		return nil, err
	}
	square := 0.0
	for _, row := range components {
		square += row[0] * row[0]
	}
	scale := spread / math.Sqrt(square/float64(len(x)))
	for i, row := range components {
		for c, a := range row {
			if explained[c] > 1e-12 { // below, it is what rounding leaves
				y[i][c] = scale * a
			}
		}
	}
	return y, nil
}
