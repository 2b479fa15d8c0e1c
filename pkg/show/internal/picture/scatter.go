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
			s.GlyphStyle = glyphs[0]
		}
		thumbs = append(thumbs, &plotter.Scatter{GlyphStyle: s.GlyphStyle})
	}
	if strings.Contains(mode, "text") {
		if err := ch.addText(t, x, y, n); err != nil {
			return err
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
	marker, line := object(t.m["marker"]), object(t.m["line"])
	var scale *colorScale
	if values := list(marker["color"]); values != nil {
		scale = newScale(marker["colorscale"], marker["reversescale"] == true)
		scale.span(values, marker["cmin"], marker["cmax"])
	}
	var points plotter.XYs
	var glyphs []draw.GlyphStyle
	for i := range n {
		if math.IsNaN(x[i]) || math.IsNaN(y[i]) {
			continue
		}
		c := ch.color(t, opacity*number(pick(marker["opacity"], i), 1), pick(marker["color"], i), line["color"])
		if v := number(pick(marker["color"], i), math.NaN()); scale != nil && !math.IsNaN(v) {
			c = scale.color(v)
		}
		points = append(points, plotter.XY{X: x[i], Y: y[i]})
		glyphs = append(glyphs, draw.GlyphStyle{Color: c, Shape: shape(pick(marker["symbol"], i)),
			Radius: vg.Length(max(.5, number(pick(marker["size"], i), 6)/2))})
	}
	return points, glyphs
}

// span sets the values at the ends of the scale: those given, else those of the data.
func (s *colorScale) span(values []any, low, high any) {
	s.low, s.high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if x := number(v, math.NaN()); !math.IsNaN(x) {
			s.low, s.high = min(s.low, x), max(s.high, x)
		}
	}
	s.low, s.high = number(low, s.low), number(high, s.high)
}

func (ch *chart) addText(t trace, x, y []float64, n int) error {
	var labels plotter.XYLabels
	for i := range n {
		if s := str(pick(t.m["text"], i)); s != "" && !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			labels.XYs = append(labels.XYs, plotter.XY{X: x[i], Y: y[i]})
			labels.Labels = append(labels.Labels, PlainText(s))
		}
	}
	if len(labels.XYs) == 0 {
		return nil
	}
	l, err := plotter.NewLabels(labels)
	if err != nil {
		return err
	}
	for i := range l.TextStyle {
		l.TextStyle[i] = style(11, ink)
		l.TextStyle[i].XAlign = draw.XCenter
	}
	l.Offset.Y = 4
	ch.plot.Add(l)
	return nil
}
