package picture

import (
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// addScatter adds lines, markers, text and error bars.
func (ch *chart) addScatter(t trace) error {
	xs, ys := list(t.m["x"]), list(t.m["y"])
	n := max(len(xs), len(ys))
	if xs != nil && ys != nil {
		n = min(len(xs), len(ys))
	}
	x := ch.x.values(t.m["x"], n, t.m["x0"], t.m["dx"])
	y := ch.y.values(t.m["y"], n, t.m["y0"], t.m["dy"])
	mode := str(t.m["mode"])
	if mode == "" {
		mode = "lines"
		if n < 20 { // as plotly does
			mode = "lines+markers"
		}
	}
	opacity := number(t.m["opacity"], 1)
	line, marker := object(t.m["line"]), object(t.m["marker"])
	stroke := ch.color(t, opacity, line["color"], marker["color"])
	var thumbs []plot.Thumbnailer
	if strings.Contains(mode, "lines") {
		sty := draw.LineStyle{Color: stroke, Width: vg.Length(number(line["width"], 2)), Dashes: dashes(line["dash"])}
		for _, run := range unbroken(x, y, n, t.m["connectgaps"] == true) {
			l, err := plotter.NewLine(run)
			if err != nil {
				return err
			}
			l.LineStyle = sty
			ch.plot.Add(l)
		}
		thumbs = append(thumbs, &plotter.Line{LineStyle: sty})
	}
	if err := ch.addErrorBars(t, x[:n], y[:n], stroke); err != nil {
		return err
	}
	if strings.Contains(mode, "markers") {
		points, glyphs := ch.markers(t, x, y, n, opacity)
		s, err := plotter.NewScatter(points)
		if err != nil {
			return err
		}
		s.GlyphStyleFunc = func(i int) draw.GlyphStyle { return glyphs[i] }
		s.GlyphStyle = draw.GlyphStyle{Color: ch.color(t, opacity, marker["color"], line["color"]), Radius: 4,
			Shape: shape(pick(marker["symbol"], 0))}
		if len(points) > 0 {
			ch.plot.Add(s)
			s.GlyphStyle = sample(glyphs[0])
		}
		thumbs = append(thumbs, &plotter.Scatter{GlyphStyle: s.GlyphStyle})
	}
	if strings.Contains(mode, "text") {
		var texts labels
		for i := range n {
			if l, ok := newLabel(t, i, x[i], y[i]); ok {
				texts = append(texts, l)
			}
		}
		if len(texts) > 0 {
			ch.plot.Add(texts)
		}
	}
	ch.entry(t, thumbs...)
	return nil
}

// unbroken cuts a line at its gaps, or closes them.
func unbroken(x, y []float64, n int, connect bool) []plotter.XYs {
	var runs []plotter.XYs
	var run plotter.XYs
	for i := range n {
		if math.IsNaN(x[i]) || math.IsNaN(y[i]) {
			if !connect && run != nil {
				runs, run = append(runs, run), nil
			}
			continue
		}
		run = append(run, plotter.XY{X: x[i], Y: y[i]})
	}
	if run != nil {
		runs = append(runs, run)
	}
	return runs
}

// markers are the points that can be drawn, and how each looks.
func (ch *chart) markers(t trace, x, y []float64, n int, opacity float64) (plotter.XYs, []draw.GlyphStyle) {
	marker := object(t.m["marker"])
	scale := ch.markerScale(marker)
	var points plotter.XYs
	var glyphs []draw.GlyphStyle
	for i := range n {
		if math.IsNaN(x[i]) || math.IsNaN(y[i]) {
			continue
		}
		points = append(points, plotter.XY{X: x[i], Y: y[i]})
		glyphs = append(glyphs, ch.glyph(t, marker, scale, i, opacity))
	}
	return points, glyphs
}
