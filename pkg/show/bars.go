package show

import (
	"fmt"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// Bars builds a figure with one group of upright bars a name, and in it one bar a series,
// whose height is the series' Y at that name. X is not used.
func Bars(l Labels, names []string, series ...Series) *grob.Fig {
	fig, err := bars(l, names, series, false)
	if err != nil {
		fail("Bars", err)
	}
	return fig
}

// HorizontalBars is [Bars] with bars that lie, the first name at the top: for long names.
// The values are along the x axis.
func HorizontalBars(l Labels, names []string, series ...Series) *grob.Fig {
	fig, err := bars(l, names, series, true)
	if err != nil {
		fail("HorizontalBars", err)
	}
	return fig
}

func bars(l Labels, labels []string, series []Series, lying bool) (*grob.Fig, error) {
	if len(series) == 0 {
		return nil, errNoSeries
	}
	if len(labels) == 0 {
		return nil, fmt.Errorf("no names: give one name a bar")
	}
	positions := make([]float64, len(labels))
	for i := range positions {
		positions[i] = float64(i)
	}
	fig := figure(l, names(series)...)
	for i, s := range series {
		if len(s.Y) != len(labels) {
			return nil, fmt.Errorf("series %q has %d values in Y for %d names", s.Name, len(s.Y), len(labels))
		}
		s.X = nil
		if err := s.check(len(labels)); err != nil {
			return nil, err
		}
		trace := &grob.Bar{Name: types.S(escape(s.Name)), Marker: solidBar(s.color(i), 1),
			Hovertext: types.ArrayOKArray(stringTypes(barNotes(labels, s))...),
			Hoverinfo: types.ArrayOKValue[grob.BarHoverinfo]("text")}
		if lying {
			trace.Orientation, trace.X, trace.Y = grob.BarOrientationH, gaps(s.Y), types.DataArray(positions)
		} else {
			trace.X, trace.Y = types.DataArray(positions), gaps(s.Y)
		}
		if s.Lo != nil {
			up, down := errorBar(s)
			if lying {
				trace.ErrorX = &grob.BarErrorX{Type: grob.BarErrorXTypeData, Array: up, Arrayminus: down,
					Symmetric: types.False, Visible: types.True, Color: "#444444"}
			} else {
				trace.ErrorY = &grob.BarErrorY{Type: grob.BarErrorYTypeData, Array: up, Arrayminus: down,
					Symmetric: types.False, Visible: types.True, Color: "#444444"}
			}
		}
		fig.AddTraces(trace)
	}
	fig.Layout.Barmode = grob.BarBarmodeGroup
	fig.Layout.Hovermode = grob.LayoutHovermodeClosest
	if lying {
		nameY(fig, labels)
		fig.Layout.Yaxis.Autorange = grob.LayoutYaxisAutorangeReversed
	} else {
		nameX(fig, labels)
	}
	return fig, nil
}

// barNotes is what hovering over a bar shows: its name, its series and value, the author's note.
func barNotes(names []string, s Series) []string {
	out := make([]string, len(names))
	for i := range names {
		out[i] = escape(names[i]) + ": "
		if s.Name != "" {
			out[i] += escape(s.Name) + " "
		}
		out[i] += number(s.Y[i])
		if s.Lo != nil {
			out[i] += fmt.Sprintf(" (%s to %s)", number(s.Lo[i]), number(s.Hi[i]))
		}
		if s.Notes != nil {
			out[i] += "<br>" + escape(s.Notes[i])
		}
	}
	return out
}
