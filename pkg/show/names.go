package show

import (
	"math"
	"unicode/utf8"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
)

// mapHeight is the height of a figure with names, in pixels: higher than others, that they find room.
const mapHeight = 560

// box is a rectangle in pixels.
type box struct{ left, top, right, bottom float64 }

// overlap is the area that two boxes share, in square pixels.
func (b box) overlap(c box) float64 {
	w, h := min(b.right, c.right)-max(b.left, c.left), min(b.bottom, c.bottom)-max(b.top, c.top)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h
}

// sides are where a name may stand beside its point, from the best to the worst (Imhof,
// Positioning Names on Maps, 1975, prefers the upper right; above reads better where points are
// dense), with the direction from the point in which it stands.
var sides = []struct {
	position grob.ScatterTextposition
	dx, dy   float64
}{
	{grob.ScatterTextpositionTopCenter, 0, -1}, {grob.ScatterTextpositionBottomCenter, 0, 1},
	{grob.ScatterTextpositionMiddleRight, 1, 0}, {grob.ScatterTextpositionMiddleLeft, -1, 0},
	{grob.ScatterTextpositionTopRight, 1, -1}, {grob.ScatterTextpositionTopLeft, -1, -1},
	{grob.ScatterTextpositionBottomRight, 1, 1}, {grob.ScatterTextpositionBottomLeft, -1, 1},
}

// placeNames chooses for each named point the side on which its name is written: one after the
// other takes the side where it covers least of the names and the named points before it. It
// reckons with axes of the usual lengths; [series][point].
func placeNames(l Labels, series []Series) [][]grob.ScatterTextposition {
	const width, height, letter, line = 600, mapHeight - 130, 7., 15. // pixels
	toX, toY := pixels(series, width, l.LogX, func(s Series) []float64 { return s.X }),
		pixels(series, height, l.LogY, func(s Series) []float64 { return s.Y })
	frame := box{-letter, -line, width + letter, height + line}
	var taken []box
	for _, s := range series { // the named points themselves
		for i, name := range s.Names {
			if x, y := toX(s.X[i]), height-toY(s.Y[i]); name != "" && finite(x) && finite(y) {
				r := s.radius(i)
				taken = append(taken, box{x - r, y - r, x + r, y + r})
			}
		}
	}
	out := make([][]grob.ScatterTextposition, len(series))
	for k, s := range series {
		out[k] = make([]grob.ScatterTextposition, len(s.Names))
		for i, name := range s.Names {
			out[k][i] = sides[0].position
			x, y := toX(s.X[i]), height-toY(s.Y[i])
			if name == "" || !finite(x) || !finite(y) {
				continue
			}
			w, r := letter*float64(utf8.RuneCountInString(name)), s.radius(i)
			least, chosen := math.Inf(1), box{}
			for _, side := range sides {
				cx, cy := x+side.dx*(r+2+w/2), y+side.dy*(r+1+line/2)
				b := box{cx - w/2, cy - line/2, cx + w/2, cy + line/2}
				covered := w*line - b.overlap(frame)
				for _, t := range taken {
					covered += b.overlap(t)
				}
				if covered < least {
					least, chosen, out[k][i] = covered, b, side.position
				}
			}
			taken = append(taken, chosen)
		}
	}
	return out
}

// pixels is a function that maps the coordinates of all series to 0 … length.
func pixels(series []Series, length float64, logarithmic bool, of func(Series) []float64) func(float64) float64 {
	scale := func(v float64) float64 { return v }
	if logarithmic {
		scale = math.Log
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range series {
		for _, v := range of(s) {
			if v = scale(v); finite(v) {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	return func(v float64) float64 {
		if high <= low {
			return length / 2
		}
		return (scale(v) - low) / (high - low) * length
	}
}

// radius is that of point i, in pixels.
func (s Series) radius(i int) float64 {
	if len(s.Sizes) == 0 {
		return usualDiameter / 2
	}
	return s.Sizes[i] / 2
}
