package picture

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// markerScale is the scale that colours markers by value, nil where their colours are given
// otherwise. The figure's colour bar is its, if it shows one.
func (ch *chart) markerScale(marker map[string]any) *colorScale {
	values := list(marker["color"])
	if values == nil {
		return nil
	}
	of, shows := marker, marker["showscale"] == true
	if name := str(marker["coloraxis"]); name != "" {
		of = object(ch.layout[name])
		shows = of["showscale"] != false
	}
	scale := newScale(of["colorscale"], of["reversescale"] == true)
	scale.span(values, of["cmin"], of["cmax"])
	scale.title = titleText(object(of["colorbar"])["title"])
	if shows && scale.low <= scale.high {
		ch.bar = scale
	}
	return scale
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

// glyph is how marker i of a trace looks.
func (ch *chart) glyph(t trace, marker map[string]any, scale *colorScale, i int, opacity float64) draw.GlyphStyle {
	opacity *= number(pick(marker["opacity"], i), 1)
	c := ch.color(t, opacity, pick(marker["color"], i), object(t.m["line"])["color"])
	if v := number(pick(marker["color"], i), math.NaN()); scale != nil && !math.IsNaN(v) {
		c = scale.color(v)
		c.A = uint8(math.Round(float64(c.A) * max(0, min(1, opacity))))
	}
	return draw.GlyphStyle{Color: c, Shape: shape(pick(marker["symbol"], i)),
		Radius: vg.Length(max(.5, min(200, diameter(marker, i)/2)))}
}

// diameter is that of marker i in pixels, from plotly's size, sizemode and sizeref.
func diameter(marker map[string]any, i int) float64 {
	size := number(pick(marker["size"], i), 6)
	if list(marker["size"]) == nil {
		return size
	}
	ref := number(marker["sizeref"], 1)
	if ref <= 0 {
		ref = 1
	}
	if str(marker["sizemode"]) == "area" {
		size = 2 * math.Sqrt(max(0, size)/ref/2)
	} else {
		size /= ref
	}
	return max(size, number(marker["sizemin"], 0))
}

// sample is a glyph as the legend shows it, in a size that fits a line.
func sample(g draw.GlyphStyle) draw.GlyphStyle {
	g.Radius = max(3, min(5, g.Radius))
	if c, ok := g.Color.(color.NRGBA); ok {
		c.A = 0xff
		g.Color = c
	}
	return g
}
