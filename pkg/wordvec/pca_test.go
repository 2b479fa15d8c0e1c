package wordvec

import (
	"math"
	"testing"
)

// The values expected are scikit-learn 1.9.1's PCA on NumPy 2.4.6, of the same rows in double
// precision.
func TestPCAAgainstScikitLearn(t *testing.T) {
	for _, c := range []struct {
		name      string
		x         [][]float32
		explained []float64
		y         map[int][]float64
	}{
		{"tall", groups(12, 4, 3), []float64{0.7744526012009033, 0.1125793955662432, 0.08784384744659618}, map[int][]float64{
			0:  {0.1407377591775627, 0.6015892279272885, -0.42841827892433254},
			11: {-1.972664571176605, -0.031921881049464265, 0.09556935522294023}}},
		{"wide", groups(3, 6, 3), []float64{0.6442416175895261, 0.3557583824104739}, map[int][]float64{
			0: {-2.508465029105743, 0.88853759275188},
			1: {0.2187249973201082, -2.058597114643631},
			2: {2.2897400317856365, 1.17005952189175}}},
	} {
		y, explained, err := PCA(c.x, len(c.explained))
		if err != nil || len(y) != len(c.x) || len(explained) != len(c.explained) {
			t.Fatalf("%s: %d rows, %v, %v", c.name, len(y), explained, err)
		}
		for i, want := range c.explained {
			near(t, c.name+": explained", explained[i], want, 1e-12)
		}
		for i, row := range c.y {
			for j, want := range row {
				near(t, c.name+": coordinate", y[i][j], want, 1e-11)
			}
		}
	}
}

// A direction and its opposite are the same component: the picture must not depend on which of
// them the decomposition finds.
func TestPCASigns(t *testing.T) {
	x := groups(30, 5, 3)
	y, _, err := PCA(x, 5)
	if err != nil {
		t.Fatal(err)
	}
	// The weights of a component are the slopes of the coordinate by the columns, of which the
	// centred rows are made: x = y · weights, so that weights = yᵀ x / yᵀy.
	for c := range 5 {
		weights := make([]float64, 5)
		square := 0.0
		for i := range x {
			square += y[i][c] * y[i][c]
			for j := range weights {
				weights[j] += y[i][c] * float64(x[i][j])
			}
		}
		norm := 0.0
		for j := range weights {
			weights[j] /= square
			norm += weights[j] * weights[j]
		}
		near(t, "the length of the weights", norm, 1, 1e-9)
		if largest(weights) < 0 {
			t.Errorf("component %d has the weights %v, the largest negative", c, weights)
		}
	}
}

func TestPCAErrors(t *testing.T) {
	x := groups(6, 4, 2)
	for _, dims := range []int{-1, 0, 5} {
		_, _, err := PCA(x, dims)
		wantError(t, err, "6 vectors of 4 numbers have 1 to 4 principal components")
	}
	_, _, err := PCA([][]float32{{1, 2}, {1, 2}, {1, 2}}, 1)
	wantError(t, err, "3 vectors are all the same")
	_, _, err = PCA([][]float32{{1, 2}}, 1)
	wantError(t, err, "1 vectors are all the same")
	_, _, err = PCA(nil, 1)
	wantError(t, err, "no vectors")
	_, _, err = PCA([][]float32{{1, 2}, {1, float32(math.NaN())}}, 1)
	wantError(t, err, "vector 1 holds NaN")
}
