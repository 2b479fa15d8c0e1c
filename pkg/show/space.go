package show

import (
	"errors"
	"fmt"
	"math"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// Space builds a figure with one cloud of points a series in three dimensions, which the reader
// can turn. Sizes, values, names and notes are as in [Points]; axes are linear.
func Space(l Labels, series ...Series) *grob.Fig {
	fig, err := space(l, series)
	if err != nil {
		fail("Space", err)
	}
	return fig
}

func space(l Labels, series []Series) (*grob.Fig, error) {
	if len(series) == 0 {
		return nil, errNoSeries
	}
	if l.LogX || l.LogY {
		return nil, errors.New("axes are linear in three dimensions: take the logarithm of the values")
	}
	fig := figure(l, names(series)...)
	fig.Layout.Xaxis, fig.Layout.Yaxis = nil, nil
	fig.Layout.Height = types.N(mapHeight)
	fig.Layout.Scene = &grob.LayoutScene{
		Aspectmode: grob.LayoutSceneAspectmodeCube, // as wide as high, whatever the axes' ranges
		Xaxis:      &grob.LayoutSceneXaxis{Title: &grob.LayoutSceneXaxisTitle{Text: types.S(escape(l.X))}},
		Yaxis:      &grob.LayoutSceneYaxis{Title: &grob.LayoutSceneYaxisTitle{Text: types.S(escape(l.Y))}},
		Zaxis:      &grob.LayoutSceneZaxis{Title: &grob.LayoutSceneZaxisTitle{Text: types.S(escape(l.Z))}},
	}
	clouds := make([]Series, len(series))
	for i, s := range series {
		if len(s.Z) != len(s.Y) || len(s.X) != len(s.Y) {
			return nil, fmt.Errorf("series %q has %d, %d and %d values in X, Y and Z: in three dimensions each point needs all",
				s.Name, len(s.X), len(s.Y), len(s.Z))
		}
		if s.Lo != nil || s.Hi != nil {
			return nil, fmt.Errorf("series %q has error bars: there are none in three dimensions", s.Name)
		}
		s, err := s.cloud()
		if err != nil {
			return nil, err
		}
		clouds[i] = s
		trace := &grob.Scatter3d{
			Name: types.S(escape(s.Name)), Mode: grob.Scatter3dModeMarkers,
			X: gaps(s.X), Y: gaps(s.Y), Z: gaps(s.Z),
			Marker: &grob.Scatter3dMarker{Color: markerColor(s.color(i)), Size: s.markerSize(5), Opacity: types.N(.85),
				Symbol: types.ArrayOKValue[grob.Scatter3dMarkerSymbol](spaceSymbols[i%len(spaceSymbols)]),
				Line:   &grob.Scatter3dMarkerLine{Width: types.N(0)}},
		}
		if s.Values != nil {
			trace.Marker.Color, trace.Marker.Coloraxis = s.valueColors(), "coloraxis"
		}
		if notes := s.hover(l); notes != nil {
			trace.Hovertext = types.ArrayOKArray(stringTypes(notes)...)
			trace.Hoverinfo = types.ArrayOKValue[grob.Scatter3dHoverinfo]("text")
		}
		fig.Layout.Scene.Annotations = append(fig.Layout.Scene.Annotations, s.spaceNames()...)
		fig.AddTraces(trace)
		if s.Values != nil && s.Name != "" {
			trace.Showlegend, trace.Legendgroup = types.False, trace.Name
			nowhere := types.DataArray([]any{nil})
			fig.AddTraces(&grob.Scatter3d{Name: trace.Name, Legendgroup: trace.Name, Mode: trace.Mode, X: nowhere, Y: nowhere, Z: nowhere,
				Marker: &grob.Scatter3dMarker{Color: markerColor(gray), Symbol: trace.Marker.Symbol}})
		}
	}
	fig.Layout.Coloraxis = valueAxis(l, clouds)
	return fig, nil
}

// spaceNames are the names beside the points, as annotations: as text of the trace, points would
// cover them.
func (s Series) spaceNames() []grob.LayoutSceneAnnotation {
	var out []grob.LayoutSceneAnnotation
	for i, name := range s.Names {
		if name == "" || !finite(s.X[i]) || !finite(s.Y[i]) || !finite(s.Z[i]) {
			continue
		}
		out = append(out, grob.LayoutSceneAnnotation{X: s.X[i], Y: s.Y[i], Z: s.Z[i], Text: types.S(escape(name)),
			Showarrow: types.False, Yshift: types.N(math.Round(s.radius(i) + 9)), Bgcolor: "rgba(255,255,255,0.7)",
			Borderpad: types.N(0), Font: &grob.LayoutSceneAnnotationFont{Size: types.N(12), Color: "#000000"}})
	}
	return out
}

// spaceSymbols are those that plotly has in three dimensions.
var spaceSymbols = []grob.Scatter3dMarkerSymbol{"circle", "diamond", "square", "x", "cross"}
