package show

import (
	"fmt"
	"math"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// Heatmap builds a picture of the matrix z [row][column], the first row at the top. Without names
// (nil) rows or columns are numbered from 0. Values of both signs get a palette that is white
// at 0. Small matrices have their values written in the cells.
func Heatmap(l Labels, rows, cols []string, z [][]float64) *grob.Fig {
	fig, err := heatmap(l, rows, cols, z, nil)
	if err != nil {
		fail("Heatmap", err)
	}
	return fig
}

// Confusion builds a picture of the confusion matrix counts [truth][said], whose rows and columns
// have the given names. A cell shows its count and its share of the row, which sets the colour.
func Confusion(l Labels, names []string, counts [][]int) *grob.Fig {
	fig, err := confusion(l, names, counts)
	if err != nil {
		fail("Confusion", err)
	}
	return fig
}

func confusion(l Labels, names []string, counts [][]int) (*grob.Fig, error) {
	if len(counts) != len(names) {
		return nil, fmt.Errorf("%d rows of counts for %d names", len(counts), len(names))
	}
	shares, text := make([][]float64, len(counts)), make([][]string, len(counts))
	for i, row := range counts {
		total := 0
		for j, n := range row {
			if n < 0 {
				return nil, fmt.Errorf("counts[%d][%d] is %d: a count is not negative", i, j, n)
			}
			total += n
		}
		shares[i], text[i] = make([]float64, len(row)), make([]string, len(row))
		for j, n := range row {
			text[i][j] = group(n)
			if total > 0 {
				shares[i][j] = float64(n) / float64(total)
				text[i][j] += fmt.Sprintf(" (%.1f %%)", 100*shares[i][j])
			}
		}
	}
	if l.X == "" {
		l.X = "said"
	}
	if l.Y == "" {
		l.Y = "truth"
	}
	fig, err := heatmap(l, names, names, shares, text)
	if err != nil {
		return nil, err
	}
	trace := fig.Data[0].(*grob.Heatmap)
	trace.Zmin, trace.Zmax = types.N(0), types.N(1)
	trace.Colorbar.Title = &grob.HeatmapColorbarTitle{Text: "share of row"}
	return fig, nil
}

// writtenCells is the largest matrix whose values are written in its cells, if they are short.
const writtenCells = 150

// heatmap draws z with the text given for each cell, or with the values where there is room.
func heatmap(l Labels, rows, cols []string, z [][]float64, text [][]string) (*grob.Fig, error) {
	if len(z) == 0 || len(z[0]) == 0 {
		return nil, fmt.Errorf("the matrix is empty: it needs at least one row and one column")
	}
	rows, cols = numbered(rows, len(z)), numbered(cols, len(z[0]))
	if len(rows) != len(z) {
		return nil, fmt.Errorf("%d row names for %d rows", len(rows), len(z))
	}
	if len(cols) != len(z[0]) {
		return nil, fmt.Errorf("%d column names for %d columns", len(cols), len(z[0]))
	}
	values, notes := make([]any, len(z)), make([][]string, len(z))
	written := text
	if text == nil {
		written = make([][]string, len(z))
	}
	extent, negative, longest := 0.0, false, 0
	for i, row := range z {
		if len(row) != len(z[0]) {
			return nil, fmt.Errorf("row %d has %d values, row 0 has %d", i, len(row), len(z[0]))
		}
		notes[i] = make([]string, len(row))
		if text == nil {
			written[i] = make([]string, len(row))
		}
		for j, v := range row {
			if text == nil {
				written[i][j] = short(v)
			}
			longest = max(longest, len(written[i][j]))
			notes[i][j] = fmt.Sprintf("%s, %s: %s", escape(rows[i]), escape(cols[j]), escape(written[i][j]))
			if finite(v) {
				extent, negative = max(extent, math.Abs(v)), negative || v < 0
			}
		}
		values[i] = gaps(row)
	}
	trace := &grob.Heatmap{Z: types.DataArray(values), Hovertext: types.DataArray(notes),
		Hoverinfo: types.ArrayOKValue[grob.HeatmapHoverinfo](grob.HeatmapHoverinfoText),
		Xgap:      types.N(1), Ygap: types.N(1), Colorscale: sequential(), Colorbar: &grob.HeatmapColorbar{}}
	if negative {
		trace.Colorscale, trace.Zmin, trace.Zmax = diverging(), types.N(-extent), types.N(extent)
	}
	if text != nil || len(z)*len(z[0]) <= writtenCells && longest*len(cols) <= 100 {
		trace.Text, trace.Texttemplate = types.DataArray(written), "%{text}"
	}
	fig := figure(l)
	fig.AddTraces(trace)
	nameX(fig, cols)
	nameY(fig, rows)
	fig.Layout.Yaxis.Autorange = grob.LayoutYaxisAutorangeReversed
	return fig, nil
}

// numbered is names, or 0 … n-1 where there are none.
func numbered(names []string, n int) []string {
	if names != nil {
		return names
	}
	names = make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	return names
}
