package show

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"unicode"

	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// Labels is what a figure says about itself in words.
type Labels struct {
	Title string
	X, Y  string // axis titles, with units: "seconds", "accuracy"
	Z     string // title of the third axis, in [Space]
	Value string // title of the colour bar, where series have Values
	// Alt describes the figure to someone who does not see it. Where it is empty,
	// a description is made of the title, the axes and the names of the series.
	Alt string
	// LogX and LogY ask for logarithmic axes; values ≤ 0 are then not drawn.
	LogX, LogY bool
}

// Series is one named set of points or bars. NaN and infinite values are left out: a gap.
type Series struct {
	Name  string    // shown in the legend
	X, Y  []float64 // [point]; without X the points are numbered 1, 2, 3, …
	Lo    []float64 // [point], with Hi: the ends of an error bar, such as a confidence interval
	Hi    []float64 // [point]
	Notes []string  // [point]; shown when the mouse is over the point
	Color string    // a CSS colour such as "#0072b2"; empty: the palette's next one
	Dash  string    // "solid" (also ""), "dot", "dash" or "dashdot"

	// These are for [Points] and [Space]. A point whose size or value is not finite is left out.

	Z      []float64 // [point]; the third coordinate, for [Space] alone
	Sizes  []float64 // [point]; diameters in pixels, see [Diameters]
	Values []float64 // [point]; coloured by a scale that all series share, with a colour bar
	Names  []string  // [point]; written beside the points where not empty: a few of them
}

// points is s with its X filled in, or an error that says what does not fit.
func (s Series) points() (Series, error) {
	if len(s.Y) == 0 {
		return s, fmt.Errorf("series %q has no points: it needs at least one value in Y", s.Name)
	}
	if s.X == nil {
		s.X = make([]float64, len(s.Y))
		for i := range s.X {
			s.X[i] = float64(i + 1)
		}
	}
	return s, s.check(len(s.Y))
}

// check says whether every column of s that is given has n values.
func (s Series) check(n int) error {
	for _, column := range []struct {
		name string
		len  int
	}{{"X", len(s.X)}, {"Y", len(s.Y)}, {"Z", len(s.Z)}, {"Lo", len(s.Lo)}, {"Hi", len(s.Hi)}, {"Notes", len(s.Notes)},
		{"Sizes", len(s.Sizes)}, {"Values", len(s.Values)}, {"Names", len(s.Names)}} {
		if column.len != 0 && column.len != n {
			return fmt.Errorf("series %q has %d values in %s but needs %d", s.Name, column.len, column.name, n)
		}
	}
	if (s.Lo == nil) != (s.Hi == nil) {
		return fmt.Errorf("series %q has one end of its error bars only: give both Lo and Hi", s.Name)
	}
	switch s.Dash {
	case "", "solid", "dot", "dash", "dashdot":
		return nil
	}
	return fmt.Errorf("series %q: dash %q is not solid, dot, dash or dashdot", s.Name, s.Dash)
}

var errNoSeries = errors.New("no series to draw: give at least one")

// gaps is v as plotly's data, with a null where v has no finite value.
func gaps(v []float64) *types.DataArrayType {
	out := make([]any, len(v))
	for i, x := range v {
		if finite(x) {
			out[i] = x
		}
	}
	return types.DataArray(out)
}

// escape makes text safe in HTML, and in plotly's subset of it, in which "<pad>" would vanish.
// Control characters, which browsers drop so that two words become one, are shown as �.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
			return unicode.ReplacementChar
		}
		return r
	}, s))
}

func escapeAll(s []string) []string {
	out := make([]string, len(s))
	for i := range s {
		out[i] = escape(s[i])
	}
	return out
}
