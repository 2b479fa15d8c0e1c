package show

import (
	"math"
	"strings"
	"testing"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

func TestFailures(t *testing.T) {
	ok := Series{Y: []float64{1}}
	for want, f := range map[string]func(){
		`show.Lines: series "loss" has no points: it needs at least one value in Y`: func() { Lines(Labels{}, ok, Series{Name: "loss"}) },
		`show.Lines: no series to draw: give at least one`:                          func() { Lines(Labels{}) },
		`show.Points: series "a" has 2 values in X but needs 1`:                     func() { Points(Labels{}, Series{Name: "a", X: []float64{1, 2}, Y: []float64{1}}) },
		`show.Lines: series "" has one end of its error bars only: give both Lo and Hi`: func() {
			Lines(Labels{}, Series{Y: []float64{1}, Lo: []float64{0}})
		},
		`show.Lines: series "a": dash "dotted" is not solid, dot, dash or dashdot`: func() { Lines(Labels{}, Series{Name: "a", Y: []float64{1}, Dash: "dotted"}) },
		`show.Bars: series "a" has 1 values in Y for 2 names`:                      func() { Bars(Labels{}, []string{"x", "y"}, Series{Name: "a", Y: []float64{1}}) },
		`show.Bars: no names: give one name a bar`:                                 func() { Bars(Labels{}, nil, ok) },
		`show.Histogram: 0 bins: give between 1 and 1000`:                          func() { Histogram(Labels{}, 0, ok) },
		`show.Histogram: series "" has no finite value to count`:                   func() { Histogram(Labels{}, 3, Series{X: []float64{math.NaN()}}) },
		`show.Heatmap: the matrix is empty: it needs at least one row and one column`: func() {
			Heatmap(Labels{}, nil, nil, nil)
		},
		`show.Heatmap: row 1 has 1 values, row 0 has 2`: func() { Heatmap(Labels{}, nil, nil, [][]float64{{1, 2}, {1}}) },
		`show.Heatmap: 1 row names for 2 rows`:          func() { Heatmap(Labels{}, []string{"a"}, nil, [][]float64{{1}, {1}}) },
		`show.Confusion: 1 rows of counts for 2 names`:  func() { Confusion(Labels{}, []string{"a", "b"}, [][]int{{1, 2}}) },
		`show.Confusion: counts[0][0] is -1`:            func() { Confusion(Labels{}, []string{"a"}, [][]int{{-1}}) },
		`show.Points: series "a" has 2 values in Sizes but needs 1`: func() {
			Points(Labels{}, Series{Name: "a", Y: []float64{1}, Sizes: []float64{1, 2}})
		},
		`show.Points: series "a": the size of point 1 is -2: a diameter is not negative`: func() {
			Points(Labels{}, Series{Name: "a", Y: []float64{1}, Sizes: []float64{-2}})
		},
		`show.Points: no series to draw: give at least one`: func() { Points(Labels{}) },
		`show.Space: no series to draw: give at least one`:  func() { Space(Labels{}) },
		`show.Space: series "a" has 1, 1 and 0 values in X, Y and Z`: func() {
			Space(Labels{}, Series{Name: "a", X: []float64{1}, Y: []float64{1}})
		},
		`show.Space: axes are linear in three dimensions`: func() { Space(Labels{LogX: true}, ok) },
		`show.Space: series "" has error bars`: func() {
			Space(Labels{}, Series{X: []float64{1}, Y: []float64{1}, Z: []float64{1}, Lo: []float64{1}, Hi: []float64{1}})
		},
		`show.Diameters: amounts[1] is -1: an amount is a finite number and not negative`: func() { Diameters([]float64{1, -1}, 1, 2) },
		`show.Diameters: give a smallest diameter of 0 or more`:                           func() { Diameters(nil, 3, 2) },
		`show.Calibration: 2, 1, 1 and 1 values: give one of each a bin`: func() {
			Calibration(Labels{}, []float64{1, 2}, []float64{1}, []float64{1}, []float64{1})
		},
		`show.ROC: no series to draw: give at least one`:       func() { ROC(Labels{}) },
		`show.Figure: there is no figure: the argument is nil`: func() { Figure(nil) },
		`show.Figure: trace 0 of the figure is nil`:            func() { Figure(&grob.Fig{Data: []types.Trace{(*grob.Bar)(nil)}}) },
		`show.Table: row 0 has 1 cells, the header has 2`:      func() { Table([]string{"a", "b"}, [][]string{{"1"}}) },
	} {
		if got := failure(t, f); !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1 {
			t.Errorf("got  %swant %s", got, want)
		}
	}
}
