package show

import (
	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// Lines builds a figure with one line a series. Short series have their points marked as well.
func Lines(l Labels, series ...Series) *grob.Fig {
	fig, err := lines(l, series)
	if err != nil {
		fail("Lines", err)
	}
	return fig
}

// ROC builds a figure of receiver operating characteristics: in each series, X is the false
// positive rate and Y the true positive rate. The diagonal is what guessing gives.
func ROC(l Labels, series ...Series) *grob.Fig {
	fig, err := roc(l, series)
	if err != nil {
		fail("ROC", err)
	}
	return fig
}

func roc(l Labels, series []Series) (*grob.Fig, error) {
	if l.X == "" {
		l.X = "false positive rate"
	}
	if l.Y == "" {
		l.Y = "true positive rate"
	}
	if len(series) == 0 {
		return nil, errNoSeries
	}
	chance := Series{Name: "chance", X: []float64{0, 1}, Y: []float64{0, 1}, Color: gray, Dash: "dot"}
	fig, err := scatter(l, append(series[:len(series):len(series)], chance),
		func(Series) grob.ScatterMode { return grob.ScatterModeLines })
	if err != nil {
		return nil, err
	}
	fig.Layout.Xaxis.Range = []float64{0, 1}
	fig.Layout.Yaxis.Range = []float64{0, 1.005} // a line along the top is not cut in half
	fig.Layout.Hovermode = grob.LayoutHovermodeClosest
	return fig, nil
}

// markedPoints is the longest series whose points are marked.
const markedPoints = 30

func lines(l Labels, series []Series) (*grob.Fig, error) {
	fig, err := scatter(l, series, func(s Series) grob.ScatterMode {
		if len(s.Y) <= markedPoints {
			return "lines+markers"
		}
		return grob.ScatterModeLines
	})
	if err != nil {
		return nil, err
	}
	fig.Layout.Hovermode = grob.LayoutHovermodeXUnified
	return fig, nil
}

func scatter(l Labels, series []Series, mode func(Series) grob.ScatterMode) (*grob.Fig, error) {
	if len(series) == 0 {
		return nil, errNoSeries
	}
	fig := figure(l, names(series)...)
	for i, s := range series {
		s, err := s.points()
		if err != nil {
			return nil, err
		}
		trace := &grob.Scatter{
			Name: types.S(escape(s.Name)), Mode: mode(s), X: gaps(s.X), Y: gaps(s.Y),
			Marker: &grob.ScatterMarker{
				Color:  markerColor(s.color(i)),
				Symbol: types.ArrayOKValue[grob.ScatterMarkerSymbol](symbols[i%len(symbols)]),
			},
		}
		if trace.Mode != grob.ScatterModeMarkers {
			trace.Line = &grob.ScatterLine{Color: types.C(s.color(i)), Dash: types.S(s.dash(i)), Width: types.N(2)}
		}
		if s.Notes != nil {
			trace.Hovertext = types.ArrayOKArray(stringTypes(escapeAll(s.Notes))...)
		}
		if s.Lo != nil {
			up, down := errorBar(s)
			trace.ErrorY = &grob.ScatterErrorY{Type: grob.ScatterErrorYTypeData, Array: up, Arrayminus: down,
				Symmetric: types.False, Visible: types.True, Color: types.C(s.color(i))}
		}
		fig.AddTraces(trace)
	}
	return fig, nil
}

// symbols go with the colours, so that points are not told apart by colour alone.
var symbols = []string{"circle", "diamond", "square", "triangle-up", "x", "cross"}

func stringTypes(s []string) []types.StringType {
	out := make([]types.StringType, len(s))
	for i := range s {
		out[i] = types.S(s[i])
	}
	return out
}

// errorBar is how far the ends of the error bars of s lie above and below its points.
func errorBar(s Series) (up, down *types.DataArrayType) {
	above, below := make([]float64, len(s.Y)), make([]float64, len(s.Y))
	for i, y := range s.Y {
		above[i], below[i] = s.Hi[i]-y, y-s.Lo[i]
	}
	return gaps(above), gaps(below)
}
