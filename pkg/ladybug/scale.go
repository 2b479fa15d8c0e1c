package ladybug

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Split cuts a walk in the order of time: the first share of it, from 0 to 1, is the past.
func Split(points []Point, share float64) (past, future []Point) {
	at := int(math.Round(share * float64(len(points))))
	at = max(0, min(at, len(points)))
	return points[:at:at], points[at:]
}

// Scale takes points to a mean of 0 and a deviation of 1, x and y together.
type Scale struct{ Mean, Deviation float64 }

// ScaleOf is the scale of points, which are those of the past alone where a forecast shall be
// honest. Of points that are all in one place the deviation counts as 1.
func ScaleOf(past []Point) Scale {
	flat := make([]float64, 0, 2*len(past))
	for _, p := range past {
		flat = append(flat, p[0], p[1])
	}
	mean, deviation := stat.PopMeanStdDev(flat, nil)
	if !(deviation > 0) {
		deviation = 1
	}
	return Scale{mean, deviation}
}

// LeakingScale is a mistake, kept to measure what it does: the scale of past and future together.
// Whoever forecasts with it has seen how far the future will go.
func LeakingScale(past, future []Point) Scale {
	all := append(append([]Point{}, past...), future...)
	return ScaleOf(all)
}

// Apply returns the points in units of the scale.
func (s Scale) Apply(points []Point) []Point {
	scaled := make([]Point, len(points))
	for i, p := range points {
		scaled[i] = Point{(p[0] - s.Mean) / s.Deviation, (p[1] - s.Mean) / s.Deviation}
	}
	return scaled
}

// Undo returns points that are in units of the scale in those that it was made of.
func (s Scale) Undo(points []Point) []Point {
	back := make([]Point, len(points))
	for i, p := range points {
		back[i] = Point{p[0]*s.Deviation + s.Mean, p[1]*s.Deviation + s.Mean}
	}
	return back
}
