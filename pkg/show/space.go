package show

import (
	"errors"
	"fmt"

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
	fig.Layout.Height = types.N(560)
	fig.Layout.Scene = &grob.LayoutScene{
		Xaxis: &grob.LayoutSceneXaxis{Title: &grob.LayoutSceneXaxisTitle{Text: types.S(escape(l.X))}},
		Yaxis: &grob.LayoutSceneYaxis{Title: &grob.LayoutSceneYaxisTitle{Text: types.S(escape(l.Y))}},
		Zaxis: &grob.LayoutSceneZaxis{Title: &grob.LayoutSceneZaxisTitle{Text: types.S(escape(l.Z))}},
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
		if s.Names != nil {
			trace.Mode = "markers+text"
			trace.Text = types.ArrayOKArray(stringTypes(escapeAll(s.Names))...)
			trace.Textposition = types.ArrayOKValue(grob.Scatter3dTextpositionTopCenter)
			trace.Textfont = &grob.Scatter3dTextfont{Size: types.ArrayOKValue(types.N(12)), Color: types.ArrayOKValue(types.C("#000000"))}
		}
		fig.AddTraces(trace)
	}
	fig.Layout.Coloraxis = valueAxis(l, clouds)
	return fig, nil
}

// spaceSymbols are those that plotly has in three dimensions.
var spaceSymbols = []grob.Scatter3dMarkerSymbol{"circle", "diamond", "square", "x", "cross"}
