package show

import (
	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// palette is Okabe and Ito's, which people with the usual kinds of colour blindness tell apart
// (jfly.uni-koeln.de/color, 2008), from the most to the least readable on white;
// its yellow is left out, which is not.
var palette = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"}

// gray is for what the data is compared with, such as chance.
const gray = "#767676"

// The dashes go with the colours, so that a line is not told from another by colour alone.
var dashes = []string{"solid", "dash", "dot", "dashdot"}

func (s Series) color(i int) string {
	if s.Color != "" {
		return s.Color
	}
	return palette[i%len(palette)]
}

func (s Series) dash(i int) string {
	if s.Dash != "" {
		return s.Dash
	}
	return dashes[i%len(dashes)]
}

// scale builds a colour scale of equally spaced colours.
func scale(colors ...string) *types.ColorScale {
	s := &types.ColorScale{}
	for i, c := range colors {
		s.Values = append(s.Values, types.ColorScaleReference{
			NormalizedValue: float64(i) / float64(len(colors)-1), Color: types.C(c),
		})
	}
	return s
}

// sequential goes from a blue that is almost white, but not the page's white, to a dark one:
// for counts and shares.
func sequential() *types.ColorScale { return scale("#edf3f9", "#9ecae1", "#3182bd", "#08306b") }

// diverging goes from orange over white to blue: for values of both signs.
func diverging() *types.ColorScale {
	return scale("#7f3b08", "#e08214", "#fee0b6", "#f7f7f7", "#a6cee3", "#3182bd", "#08306b")
}

// divergingPoints is [diverging] for points on white, where a white point would vanish.
func divergingPoints() *types.ColorScale {
	return scale("#7f3b08", "#d9730d", "#e8b878", "#c9c9c9", "#8fbbdb", "#2b7bba", "#08306b")
}

// sequentialPoints is [sequential] without its light end, for the same reason.
func sequentialPoints() *types.ColorScale { return scale("#b3cde3", "#6aaed6", "#2b7bba", "#08306b") }

func markerColor(c string) *types.ArrayOK[*types.ColorWithColorScale] {
	return types.ArrayOKValue(types.UseColor(types.C(c)))
}

func solidBar(c string, opacity float64) *grob.BarMarker {
	return &grob.BarMarker{Color: markerColor(c), Opacity: types.ArrayOKValue(types.N(opacity))}
}
