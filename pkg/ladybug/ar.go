package ladybug

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// AR is an autoregression: the next point is a sum of fixed multiples of both coordinates of the n
// points before it, and a constant.
type AR struct {
	n int
	w []Point // [2n+1]: of each coordinate of the window, oldest first, and of 1, its share in x and in y
}

// FitAR finds the multiples that leave the least sum of squared errors over all windows of n points.
// It takes the least squares of the singular value decomposition, and leaves out singular values
// below their rounding error, since the windows of a walk without noise do not fill all directions.
func FitAR(points []Point, n int) (*AR, error) {
	windows := Windows{Points: points, Size: n, Ahead: 1}
	rows, columns := windows.Len(), 2*n+1
	if n < 1 || rows < columns {
		return nil, fmt.Errorf("an autoregression on %d points needs %d windows or more, and %d points have %d: "+
			"take fewer points before or a longer walk", n, columns, len(points), rows)
	}
	x, y := mat.NewDense(rows, columns, nil), mat.NewDense(rows, 2, nil)
	for i := range rows {
		window, next := windows.At(i)
		row := x.RawRowView(i)
		for k, p := range window {
			row[2*k], row[2*k+1] = p[0], p[1]
		}
		row[2*n] = 1
		y.SetRow(i, next[0][:])
	}
	var svd mat.SVD
	if !svd.Factorize(x, mat.SVDThin) {
		return nil, fmt.Errorf("the least squares of an autoregression were not found: the %d points hold NaN or infinite values", len(points))
	}
	const epsilon = 0x1p-52 // of float64
	var w mat.Dense
	svd.SolveTo(&w, y, max(1, svd.Rank(epsilon*float64(rows))))
	a := &AR{n: n, w: make([]Point, columns)}
	for k := range a.w {
		copy(a.w[k][:], w.RawRowView(k))
	}
	return a, nil
}

// Next is the forecast. It looks at the last n points of the window.
func (a *AR) Next(window []Point) Point {
	next := a.w[2*a.n]
	for k, p := range window[len(window)-a.n:] {
		wx, wy := a.w[2*k], a.w[2*k+1]
		next[0] += p[0]*wx[0] + p[1]*wy[0]
		next[1] += p[0]*wx[1] + p[1]*wy[1]
	}
	return next
}

// Next32 is the forecast in float32, in which networks compute: rounding takes the place of noise.
func (a *AR) Next32(window []Point) Point {
	x, y := float32(a.w[2*a.n][0]), float32(a.w[2*a.n][1])
	for k, p := range window[len(window)-a.n:] {
		wx, wy, px, py := a.w[2*k], a.w[2*k+1], float32(p[0]), float32(p[1])
		x += px*float32(wx[0]) + py*float32(wy[0])
		y += px*float32(wx[1]) + py*float32(wy[1])
	}
	return Point{float64(x), float64(y)}
}
