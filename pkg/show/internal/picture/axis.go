package picture

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
)

// axis turns the values of one axis into numbers, and knows how it looks.
type axis struct {
	m          map[string]any
	log        bool
	categories []string // of an axis of names; nil for one of numbers
	index      map[string]int
	zero       bool // bars stand on it: 0 belongs to the range
	tight      bool // the range ends with the data
}

// newAxis reads the axis m, along which the traces have their values at key ("x" or "y").
func newAxis(m map[string]any, traces []trace, key string) *axis {
	a := &axis{m: m, log: m["type"] == "log"}
	if m["type"] == "category" || m["type"] == nil && holdsNames(traces, key) {
		a.index = map[string]int{}
		for _, t := range traces {
			for _, v := range list(t.m[key]) {
				name := category(v)
				if _, known := a.index[name]; !known {
					a.index[name] = len(a.categories)
					a.categories = append(a.categories, name)
				}
			}
		}
	}
	return a
}

// holdsNames says whether some value is text that does not read as a number.
func holdsNames(traces []trace, key string) bool {
	for _, t := range traces {
		for _, v := range list(t.m[key]) {
			if s, ok := v.(string); ok && math.IsNaN(number(s, math.NaN())) {
				return true
			}
		}
	}
	return false
}

func category(v any) string {
	if x, ok := v.(float64); ok {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return str(v)
}

// value is where v lies on the axis, and whether it can be drawn there.
func (a *axis) value(v any) (float64, bool) {
	if a.index != nil {
		i, ok := a.index[category(v)]
		return float64(i), ok && v != nil
	}
	x := number(v, math.NaN())
	return x, !math.IsNaN(x) && (!a.log || x > 0)
}

// values are the positions of a list, NaN where there is none; a list that is missing counts
// from start in steps, n values.
func (a *axis) values(v any, n int, start, step any) []float64 {
	l := list(v)
	if l == nil {
		out := make([]float64, n)
		for i := range out {
			out[i] = number(start, 0) + float64(i)*number(step, 1)
		}
		return out
	}
	out := make([]float64, len(l))
	for i := range l {
		x, ok := a.value(l[i])
		if !ok {
			x = math.NaN()
		}
		out[i] = x
	}
	return out
}

// apply gives the plot's axis its look, and its range once all the data is added to the plot.
func (a *axis) apply(p *plot.Axis) {
	p.Label.Text = titleText(a.m["title"])
	p.Label.TextStyle = alignedLike(p.Label.TextStyle, 13)
	p.Tick.Label = alignedLike(p.Tick.Label, 12)
	p.Color, p.Tick.Color = axisGray, axisGray
	p.Padding, p.Tick.Length, p.Label.Padding = 0, 5, 6
	a.limit(p)
	p.Tick.Marker = roundTicks{}
	var scale plot.Normalizer = plot.LinearScale{}
	if a.log {
		scale, p.Tick.Marker = plot.LogScale{}, decadeTicks{}
	}
	if at := list(a.m["tickvals"]); at != nil && a.m["tickmode"] != "linear" && a.m["tickmode"] != "auto" {
		p.Tick.Marker = a.namedTicks(at, list(a.m["ticktext"]))
	} else if a.categories != nil {
		at := make([]any, len(a.categories))
		for i, name := range a.categories {
			at[i] = name
		}
		p.Tick.Marker = a.namedTicks(at, at)
	}
	if reversed, _ := a.m["autorange"].(string); strings.Contains(reversed, "reversed") {
		scale = plot.InvertedScale{Normalizer: scale}
	}
	p.Scale = scale
}

// alignedLike is our text style with the alignment of another.
func alignedLike(old text.Style, size float64) text.Style {
	sty := style(size, ink)
	sty.Rotation, sty.XAlign, sty.YAlign = old.Rotation, old.XAlign, old.YAlign
	return sty
}

// limit sets the range: the figure's, else that of the data and a little more.
func (a *axis) limit(p *plot.Axis) {
	if math.IsInf(p.Min, 0) || math.IsInf(p.Max, 0) || p.Min > p.Max {
		p.Min, p.Max = 0, 1 // there is no data
		if a.log {
			p.Min = .1
		}
	}
	if a.zero && !a.log {
		p.Min, p.Max = min(p.Min, 0), max(p.Max, 0)
	}
	if !a.tight {
		a.widen(p)
	}
	ends := list(a.m["range"])
	if len(ends) != 2 {
		return
	}
	for i, end := range []*float64{&p.Min, &p.Max} {
		x := number(ends[i], math.NaN())
		if a.log {
			x = math.Pow(10, x) // plotly gives the range of such an axis as logarithms
		}
		if !math.IsNaN(x) && !math.IsInf(x, 0) && (!a.log || x > 0) {
			*end = x
		}
	}
}

// widen makes room beside the outermost points.
func (a *axis) widen(p *plot.Axis) {
	const share = .03
	switch {
	case a.log && p.Min == p.Max:
		p.Min, p.Max = p.Min/2, p.Max*2
	case a.log:
		factor := math.Pow(p.Max/p.Min, share)
		p.Min, p.Max = p.Min/factor, p.Max*factor
	case p.Min == p.Max:
		p.Min, p.Max = p.Min-1, p.Max+1
	default:
		room := (p.Max - p.Min) * share
		if !a.zero || p.Min < 0 {
			p.Min -= room
		}
		if !a.zero || p.Max > 0 {
			p.Max += room
		}
	}
}

// namedTicks puts names at the given places.
func (a *axis) namedTicks(at, names []any) plot.ConstantTicks {
	var ticks plot.ConstantTicks
	for i, v := range at {
		x, ok := a.value(v)
		if !ok {
			continue
		}
		label := category(v)
		if i < len(names) {
			label = category(names[i])
		}
		ticks = append(ticks, plot.Tick{Value: x, Label: shorten(PlainText(label), 28)})
	}
	return ticks
}

// shorten cuts s to at most n runes.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
