package show

import (
	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// Points builds a figure with one cloud of points a series. Points may have sizes, values that
// colour them and names beside them; hovering over one shows its note, else its name, and its value.
// The name of a series with values stands in the legend beside a grey point, its colours being
// those of the colour bar.
func Points(l Labels, series ...Series) *grob.Fig {
	fig, err := points(l, series)
	if err != nil {
		fail("Points", err)
	}
	return fig
}

func points(l Labels, series []Series) (*grob.Fig, error) {
	clouds := make([]Series, len(series))
	for i, s := range series {
		cloud, err := s.cloud()
		if err != nil {
			return nil, err
		}
		clouds[i] = cloud
	}
	fig, err := scatter(l, clouds, func(Series) grob.ScatterMode { return grob.ScatterModeMarkers })
	if err != nil {
		return nil, err
	}
	fig.Layout.Coloraxis = valueAxis(l, clouds)
	fig.Layout.Hovermode = grob.LayoutHovermodeClosest
	positions := placeNames(l, clouds)
	for i, s := range clouds {
		trace := fig.Data[i].(*grob.Scatter)
		trace.Marker.Opacity = types.ArrayOKValue(types.N(.75))
		trace.Marker.Size = s.markerSize(usualDiameter)
		if s.Values != nil {
			trace.Marker.Color, trace.Marker.Coloraxis = s.valueColors(), "coloraxis"
			if s.Name != "" {
				trace.Showlegend, trace.Legendgroup = types.False, trace.Name
				nowhere := types.DataArray([]any{nil})
				fig.AddTraces(&grob.Scatter{Name: trace.Name, Legendgroup: trace.Name, Mode: trace.Mode, X: nowhere, Y: nowhere,
					Marker: &grob.ScatterMarker{Color: markerColor(gray), Symbol: trace.Marker.Symbol}})
			}
		}
		if len(s.Sizes) > 0 { // small ones stay in sight on large ones
			trace.Marker.Line = &grob.ScatterMarkerLine{Color: markerColor("#ffffff"), Width: types.ArrayOKValue(types.N(.5))}
		}
		if notes := s.hover(l); notes != nil {
			trace.Hovertext = types.ArrayOKArray(stringTypes(notes)...)
			trace.Hoverinfo = types.ArrayOKValue[grob.ScatterHoverinfo]("text")
		}
		if s.Names != nil {
			fig.Layout.Height = types.N(mapHeight)
			trace.Mode = "markers+text"
			trace.Text = types.ArrayOKArray(stringTypes(escapeAll(s.Names))...)
			trace.Textposition = types.ArrayOKArray(positions[i]...)
			trace.Textfont = &grob.ScatterTextfont{Size: types.ArrayOKValue(types.N(12)), Color: types.ArrayOKValue(types.C("#000000")),
				Shadow: types.ArrayOKValue(types.S(halo))}
		}
	}
	return fig, nil
}

// halo is a white edge around letters, that they can be read on points.
const halo = "0 0 2px #fff, 0 0 2px #fff, 0 0 3px #fff, 0 0 4px #fff"
