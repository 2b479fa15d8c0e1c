package ladybug

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// OneStep are the squared errors of a forecast, one a window of w: the mean over x and y.
func OneStep(f Forecast, w Windows) []float64 {
	squares := make([]float64, w.Len())
	for i := range squares {
		window, next := w.At(i)
		squares[i] = square(f(window), next[0]) / 2
	}
	return squares
}

// Errors are the squared errors of roll-outs, [start][step]: the mean over x and y.
type Errors [][]float64

// RolloutErrors rolls a forecast out from windows of a walk that begin at starts, and compares each
// of the steps with the walk.
func RolloutErrors(f Forecast, walk []Point, starts []int, size, steps int) Errors {
	w := Windows{Points: walk, Size: size, Ahead: steps}
	paths, truth := make([][]Point, len(starts)), make([][]Point, len(starts))
	for k, i := range starts {
		window, next := w.At(i)
		paths[k], truth[k] = Rollout(f, window, steps), next
	}
	return Compare(paths, truth)
}

// Compare are the squared errors of paths, each beside what was true at the same steps.
func Compare(paths, truth [][]Point) Errors {
	if len(paths) != len(truth) {
		panic(fmt.Sprintf("ladybug: %d paths beside %d true ones", len(paths), len(truth)))
	}
	e := make(Errors, len(paths))
	for k, path := range paths {
		if len(path) != len(truth[k]) {
			panic(fmt.Sprintf("ladybug: a path of %d steps beside a true one of %d", len(path), len(truth[k])))
		}
		for i, p := range path {
			e[k] = append(e[k], square(p, truth[k][i])/2)
		}
	}
	return e
}

// UpTo is the mean error over the starts and the first steps. A path that is no number any more makes it
// infinite.
func (e Errors) UpTo(steps int) float64 {
	sum := 0.
	for _, of := range e {
		for _, s := range of[:steps] {
			if math.IsNaN(s) {
				return math.Inf(1)
			}
			sum += s / float64(steps*len(e))
		}
	}
	return sum
}

// Quantile is, for each step, the error below which the share q of the starts lies, from 0 to 1.
func (e Errors) Quantile(q float64) []float64 {
	if len(e) == 0 {
		return nil
	}
	by := make([]float64, len(e[0]))
	for i := range by {
		at := make([]float64, len(e))
		for k, of := range e {
			if at[k] = of[i]; math.IsNaN(at[k]) {
				at[k] = math.Inf(1)
			}
		}
		slices.Sort(at)
		by[i] = stat.Quantile(q, stat.Empirical, at, nil)
	}
	return by
}

// Interval is the mean of squared errors of windows that follow each other, with its 95 % confidence
// interval by the method of batch means (Conway 1963, "Some tactical problems in digital
// simulation"): neighbours overlap and err alike, so that it is not the windows that count as
// independent but the means of so many long blocks of them, two or more.
func Interval(squares []float64, blocks int) (mean, lo, hi float64) {
	means := make([]float64, blocks)
	for b := range means {
		means[b] = stat.Mean(squares[b*len(squares)/blocks:(b+1)*len(squares)/blocks], nil)
	}
	_, deviation := stat.MeanStdDev(means, nil)
	t := distuv.StudentsT{Sigma: 1, Nu: float64(blocks - 1)}.Quantile(.975)
	mean = stat.Mean(squares, nil)
	off := t * deviation / math.Sqrt(float64(blocks))
	return mean, max(0, mean-off), mean + off
}

// Divergence is the number of steps that a path stays within limit of 0 in both coordinates, and
// whether it leaves at all. A point that is no number counts as outside.
func Divergence(path []Point, limit float64) (steps int, diverges bool) {
	for i, p := range path {
		if !(math.Abs(p[0]) <= limit && math.Abs(p[1]) <= limit) {
			return i, true
		}
	}
	return len(path), false
}
