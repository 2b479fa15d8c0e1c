package show

import (
	"fmt"
	"strings"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// figure is an empty figure with its labels; names are those of the series, for the description.
func figure(l Labels, names ...string) *grob.Fig {
	layout := &grob.Layout{
		Title: &grob.LayoutTitle{Text: types.S(escape(l.Title))},
		Xaxis: &grob.LayoutXaxis{Title: &grob.LayoutXaxisTitle{Text: types.S(escape(l.X))}},
		Yaxis: &grob.LayoutYaxis{Title: &grob.LayoutYaxisTitle{Text: types.S(escape(l.Y))}},
		Meta:  types.ArrayOKValue[any](map[string]any{"alt": description(l, names)}),
	}
	if l.LogX {
		layout.Xaxis.Type = grob.LayoutXaxisTypeLog
	}
	if l.LogY {
		layout.Yaxis.Type = grob.LayoutYaxisTypeLog
	}
	return &grob.Fig{Layout: layout}
}

// description is the alternative text of a figure: the author's, else one made of the labels.
func description(l Labels, names []string) string {
	if l.Alt != "" {
		return l.Alt
	}
	var parts []string
	if l.Title != "" {
		parts = append(parts, l.Title)
	}
	switch {
	case l.X != "" && l.Y != "" && l.Z != "":
		parts = append(parts, fmt.Sprintf("%s, %s and %s", l.X, l.Y, l.Z))
	case l.X != "" && l.Y != "":
		parts = append(parts, fmt.Sprintf("%s against %s", l.Y, l.X))
	}
	var named []string
	for _, name := range names {
		if name != "" {
			named = append(named, name)
		}
	}
	if len(named) > 0 {
		parts = append(parts, strings.Join(named, ", "))
	}
	if len(parts) == 0 {
		return "a figure without title"
	}
	return strings.Join(parts, ": ")
}

func names(series []Series) []string {
	out := make([]string, len(series))
	for i, s := range series {
		out[i] = s.Name
	}
	return out
}

// maxTicks is how many names an axis can show one below the other, and still be read.
const maxTicks = 40

// ticks are the positions and the names of an axis that has a name at 0, 1, 2, …
// A category axis would merge two equal names, such as a word that comes twice in a text.
func ticks(names []string) (at, text *types.DataArrayType) {
	step := (len(names) + maxTicks - 1) / maxTicks
	var positions []float64
	var shown []string
	for i := 0; i < len(names); i += step {
		positions = append(positions, float64(i))
		shown = append(shown, escape(names[i]))
	}
	return types.DataArray(positions), types.DataArray(shown)
}

// nameX puts names at 0, 1, 2, … on the x axis.
func nameX(fig *grob.Fig, names []string) {
	fig.Layout.Xaxis.Tickmode = grob.LayoutXaxisTickmodeArray
	fig.Layout.Xaxis.Showgrid, fig.Layout.Xaxis.Zeroline = types.False, types.False
	fig.Layout.Xaxis.Tickvals, fig.Layout.Xaxis.Ticktext = ticks(names)
}

// nameY puts names on the y axis, and makes the figure high enough for them.
func nameY(fig *grob.Fig, names []string) {
	fig.Layout.Height = types.N(float64(max(400, 130+20*min(len(names), maxTicks))))
	fig.Layout.Yaxis.Tickmode = grob.LayoutYaxisTickmodeArray
	fig.Layout.Yaxis.Showgrid, fig.Layout.Yaxis.Zeroline = types.False, types.False
	fig.Layout.Yaxis.Tickvals, fig.Layout.Yaxis.Ticktext = ticks(names)
}
