package wordvec

import (
	"fmt"
	"math"
	"slices"
)

// Trustworthiness says how far a picture y, [row][dims], of rows x, [row][unit], can be
// trusted: 1 where the k nearest neighbours of each row in the picture are its nearest ones in
// truth too, less the farther off they are in truth; a random picture has about 0.5 (Venna and
// Kaski 2001, "Neighborhood preservation in nonlinear projection methods"). Distances are
// Euclidean. k must be less than half the number of rows.
//
//	1 - 2/(nk(2n-3k-1)) Σ_i Σ_j max(0, rank of j in truth - k), j: the k nearest in the picture
func Trustworthiness(x [][]float32, y [][]float64, k int) (float64, error) {
	if err := checkRows(x); err != nil {
		return 0, err
	}
	n := len(x)
	if len(y) != n {
		return 0, fmt.Errorf("a picture of %d points is none of %d vectors", len(y), n)
	}
	for i, row := range y {
		if len(row) != len(y[0]) || len(row) == 0 || slices.ContainsFunc(row, func(a float64) bool { return a-a != 0 }) {
			return 0, fmt.Errorf("point %d of the picture has the coordinates %v: all points need as many, and finite ones", i, row)
		}
	}
	if k < 1 || 2*k >= n {
		return 0, fmt.Errorf("%d neighbours cannot be compared among %d vectors: choose from 1 to %d", k, n, (n-1)/2)
	}
	excess := make([]int, n)
	inParallel(n, func(i int) {
		truth, picture := make([]float64, n), make([]float64, n)
		for j := range n {
			truth[j] = squaredDistance(x[i], x[j])
			for c, a := range y[i] {
				picture[j] += (a - y[j][c]) * (a - y[j][c])
			}
		}
		truth[i], picture[i] = math.Inf(1), math.Inf(1)
		for _, j := range smallest(picture, k) {
			excess[i] += max(0, rank(truth, j)-k)
		}
	})
	sum := 0
	for _, e := range excess {
		sum += e
	}
	return 1 - 2*float64(sum)/(float64(n)*float64(k)*float64(2*n-3*k-1)), nil
}

// smallest is the places of the k smallest elements, the first of equals first.
func smallest(a []float64, k int) []int {
	found := make([]int, 0, k+1)
	for i, x := range a {
		at := len(found)
		for at > 0 && a[found[at-1]] > x {
			at--
		}
		if at < k {
			found = slices.Insert(found, at, i)
			found = found[:min(k, len(found))]
		}
	}
	return found
}

// rank is the place, from 1, of element j when all are sorted, the first of equals first.
func rank(a []float64, j int) int {
	r := 1
	for i, x := range a {
		if x < a[j] || x == a[j] && i < j {
			r++
		}
	}
	return r
}
