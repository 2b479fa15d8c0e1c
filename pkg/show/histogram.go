package show

import (
	"fmt"
	"math"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// Histogram counts the values of each series in bins of equal width, the same for all series:
// the values in X, or in Y where X is nil. The counts are made here, so that a figure of
// 25,000 values stays small. NaN and infinite values are not counted.
func Histogram(l Labels, bins int, series ...Series) *grob.Fig {
	fig, err := histogram(l, bins, series)
	if err != nil {
		fail("Histogram", err)
	}
	return fig
}

func histogram(l Labels, bins int, series []Series) (*grob.Fig, error) {
	if len(series) == 0 {
		return nil, errNoSeries
	}
	if bins < 1 || bins > 1000 {
		return nil, fmt.Errorf("%d bins: give between 1 and 1000", bins)
	}
	if l.LogX {
		return nil, fmt.Errorf("bins of equal width do not fit a logarithmic x axis: take the logarithm of the values")
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range series {
		n := 0
		for _, v := range s.values() {
			if finite(v) {
				low, high = min(low, v), max(high, v)
				n++
			}
		}
		if n == 0 {
			return nil, fmt.Errorf("series %q has no finite value to count", s.Name)
		}
	}
	if low == high {
		low, high = low-.5, high+.5
	}
	if l.Y == "" {
		l.Y = "count"
	}
	opacity := 1.0
	if len(series) > 1 {
		opacity = .6
	}
	fig := figure(l, names(series)...)
	for i, s := range series {
		edges, counts := count(s.values(), low, high, bins)
		trace := &grob.Bar{Name: types.S(escape(s.Name)), Marker: solidBar(s.color(i), opacity),
			Hoverinfo: types.ArrayOKValue[grob.BarHoverinfo]("text")}
		middles, notes := make([]float64, bins), make([]string, bins)
		for b := range middles {
			middles[b] = (edges[b] + edges[b+1]) / 2
			notes[b] = fmt.Sprintf("%s to %s: %s %s",
				number(edges[b]), number(edges[b+1]), escape(s.Name), number(counts[b]))
		}
		trace.X, trace.Y = types.DataArray(middles), types.DataArray(counts)
		trace.Width = types.ArrayOKValue(types.N((high - low) / float64(bins)))
		trace.Hovertext = types.ArrayOKArray(stringTypes(notes)...)
		fig.AddTraces(trace)
	}
	fig.Layout.Barmode = grob.BarBarmodeOverlay
	fig.Layout.Bargap = types.N(0)
	fig.Layout.Hovermode = grob.LayoutHovermodeClosest
	return fig, nil
}

func (s Series) values() []float64 {
	if s.X != nil {
		return s.X
	}
	return s.Y
}

// count returns the edges [bins+1] and the counts [bins] of the bins between low and high;
// a bin holds its lower edge, the last one its upper edge too.
func count(values []float64, low, high float64, bins int) (edges, counts []float64) {
	edges, counts = make([]float64, bins+1), make([]float64, bins)
	for b := range edges {
		edges[b] = low + (high-low)*float64(b)/float64(bins)
	}
	for _, v := range values {
		if v < low || v > high || math.IsNaN(v) {
			continue
		}
		b := int((v - low) / (high - low) * float64(bins))
		counts[min(b, bins-1)]++
	}
	return edges, counts
}
