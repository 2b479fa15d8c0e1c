package picture

import (
	"errors"
	"image/color"
	"math"
	"strconv"
	"strings"
)

// mostCells is the largest heatmap that is drawn: a picture has no more pixels.
const mostCells = 200_000

// addHeatmap adds a matrix as coloured cells.
func (ch *chart) addHeatmap(t trace) error {
	rows := list(t.m["z"])
	cells, cols := 0, 0
	var values []any
	for _, row := range rows {
		cols = max(cols, len(list(row)))
		cells += len(list(row))
		values = append(values, list(row)...)
	}
	if cells > mostCells {
		return errors.New("a heatmap of more than 200,000 cells")
	}
	if cells == 0 {
		return errors.New("a heatmap without cells")
	}
	x, y := edges(ch.x.values(t.m["x"], cols, t.m["x0"], t.m["dx"]), cols), edges(ch.y.values(t.m["y"], len(rows), t.m["y0"], t.m["dy"]), len(rows))
	scale := newScale(t.m["colorscale"], t.m["reversescale"] == true)
	scale.span(values, t.m["zmin"], t.m["zmax"])
	scale.title = titleText(object(t.m["colorbar"])["title"])
	r := rectangles{}
	if number(t.m["xgap"], 0) > 0 && cells <= 2500 {
		r.gap = 1
	}
	template := str(t.m["texttemplate"])
	for i, row := range rows {
		for j, v := range list(row) {
			z := number(v, math.NaN())
			cell := rectangle{x0: x[j], x1: x[j+1], y0: y[i], y1: y[i+1], fill: color.NRGBA{R: 0xee, G: 0xee, B: 0xee, A: 0xff}}
			if !math.IsNaN(z) {
				cell.fill = scale.color(z)
			}
			if template != "" {
				cell.text = PlainText(strings.NewReplacer("%{text}", str(pick(pick(t.m["text"], i), j)),
					"%{z}", strconv.FormatFloat(z, 'g', 4, 64)).Replace(template))
			}
			r.all = append(r.all, cell)
		}
	}
	ch.x.tight, ch.y.tight = true, true
	ch.plot.Add(r)
	if t.m["showscale"] != false {
		ch.bar = scale
	}
	return nil
}

// edges are the n+1 borders of cells around n middles, or the borders themselves where they are
// given.
func edges(at []float64, n int) []float64 {
	if len(at) == n+1 {
		return at
	}
	out := make([]float64, n+1)
	for i := range out {
		switch {
		case len(at) < n || n == 0:
			out[i] = float64(i) - .5
		case n == 1:
			out[i] = at[0] - .5 + float64(i)
		case i == 0:
			out[i] = at[0] - (at[1]-at[0])/2
		case i == n:
			out[i] = at[n-1] + (at[n-1]-at[n-2])/2
		default:
			out[i] = (at[i-1] + at[i]) / 2
		}
	}
	return out
}
