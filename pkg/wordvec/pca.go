package wordvec

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// PCA projects rows, [row][unit], on their principal components: the dims directions, at right
// angles to each other, along which they vary most (Pearson 1901, Hotelling 1933). It returns
// the coordinates, [row][dims], around the mean of all rows, and the share of the variance,
// from 0 to 1, that each component explains, falling.
//
// A direction and its opposite explain as much; as in scikit-learn, the largest weight of a
// component (in absolute value) is positive, so that a picture is the same each time. There
// are at most as many components as rows or units. Rows that are all the same have none: an
// error.
func PCA(x [][]float32, dims int) (y [][]float64, explained []float64, err error) {
	if err := checkRows(x); err != nil {
		return nil, nil, err
	}
	rows, units := len(x), len(x[0])
	if most := min(rows, units); dims < 1 || dims > most {
		return nil, nil, fmt.Errorf("%d vectors of %d numbers have 1 to %d principal components, not %d", rows, units, most, dims)
	}
	if !slices.ContainsFunc(x, func(row []float32) bool { return !slices.Equal(row, x[0]) }) {
		return nil, nil, fmt.Errorf("the %d vectors are all the same: they have no principal components", rows)
	}
	centred := centre(x)
	var pc stat.PC
	if !pc.PrincipalComponents(centred, nil) {
		return nil, nil, errors.New("the principal components cannot be computed: the decomposition did not converge")
	}
	variances := pc.VarsTo(nil)
	total := floats.Sum(variances)
	var components mat.Dense
	pc.VectorsTo(&components)
	for c := range dims {
		if weights := mat.Col(nil, c, &components); largest(weights) < 0 {
			for i, w := range weights {
				components.Set(i, c, -w)
			}
		}
	}
	var projected mat.Dense
	projected.Mul(centred, components.Slice(0, units, 0, dims))
	for i := range rows {
		y = append(y, projected.RawRowView(i))
	}
	for _, v := range variances[:dims] {
		explained = append(explained, v/total)
	}
	return y, explained, nil
}

// centre is x with the mean of all rows taken off each.
func centre(x [][]float32) *mat.Dense {
	mean := make([]float64, len(x[0]))
	for _, row := range x {
		for j, a := range row {
			mean[j] += float64(a) / float64(len(x))
		}
	}
	m := mat.NewDense(len(x), len(mean), nil)
	for i, row := range x {
		out := m.RawRowView(i)
		for j, a := range row {
			out[j] = float64(a) - mean[j]
		}
	}
	return m
}

// largest is the element of the largest absolute value, the first of equals.
func largest(a []float64) float64 {
	found := 0.0
	for _, x := range a {
		if math.Abs(x) > math.Abs(found) {
			found = x
		}
	}
	return found
}
