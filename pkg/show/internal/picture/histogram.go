package picture

import (
	"math"
	"slices"
)

// counts makes the bars of a histogram trace: counts, or shares where histnorm asks for them.
func (ch *chart) counts(t trace) barSeries {
	key, a := "x", ch.x
	s := barSeries{t: t, floor: math.Inf(-1)}
	if t.m["x"] == nil && t.m["y"] != nil {
		s.lying, key, a = true, "y", ch.y
	}
	var values []float64
	for _, v := range a.values(t.m[key], 0, nil, nil) {
		if !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return s
	}
	low, width, bins := ch.bins(t, values, a)
	s.width = width
	s.at, s.length = make([]float64, bins), make([]float64, bins)
	for b := range s.at {
		s.at[b] = low + (float64(b)+.5)*width
	}
	for _, v := range values {
		if b := int((v - low) / width); v >= low && (b < bins || v == low+width*float64(bins)) {
			s.length[min(b, bins-1)]++
		}
	}
	norm := 1.0
	switch str(t.m["histnorm"]) {
	case "percent":
		norm = 100 / float64(len(values))
	case "probability":
		norm = 1 / float64(len(values))
	case "density":
		norm = 1 / width
	case "probability density":
		norm = 1 / width / float64(len(values))
	}
	for b := range s.length {
		s.length[b] *= norm
	}
	if ch.other(a).log {
		for b, n := range s.length {
			if n == 0 {
				s.length[b] = math.NaN()
			}
		}
		s.floor = lowest(s.length) / 2
	}
	return s
}

// other is the axis that goes with a.
func (ch *chart) other(a *axis) *axis {
	if a == ch.x {
		return ch.y
	}
	return ch.x
}

// bins chooses the bins of a histogram: those given, else about as many as asked for.
func (ch *chart) bins(t trace, values []float64, a *axis) (low, width float64, count int) {
	low, high := slices.Min(values), slices.Max(values)
	if a.categories != nil {
		return -.5, 1, len(a.categories)
	}
	given := object(t.m["xbins"])
	if a == ch.y {
		given = object(t.m["ybins"])
	}
	if size := number(given["size"], 0); size > 0 {
		low, high = number(given["start"], math.Floor(low/size)*size), number(given["end"], high)
		return low, size, int(min(2000, max(1, math.Ceil((high-low)/size))))
	}
	wanted := number(t.m["nbinsx"], number(t.m["nbinsy"], 0))
	if wanted < 1 {
		wanted = min(100, max(1, math.Ceil(2*math.Cbrt(float64(len(values)))))) // the Rice rule
	}
	if low == high {
		return low - .5, 1, 1
	}
	wanted = min(2000, math.Ceil(wanted))
	return low, (high - low) / wanted, int(wanted)
}
