package picture

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// errorBars are points with the ends of their error bars.
type errorBars struct {
	plotter.XYs
	below, above []float64
}

func (e errorBars) XError(i int) (float64, float64) { return -e.below[i], e.above[i] }
func (e errorBars) YError(i int) (float64, float64) { return -e.below[i], e.above[i] }

// addErrorBars adds the error bars whose lengths are given as lists, along x and along y.
func (ch *chart) addErrorBars(t trace, x, y []float64, c color.Color) error {
	for _, key := range []string{"error_x", "error_y"} {
		m := object(t.m[key])
		up := list(m["array"])
		if up == nil || m["visible"] == false {
			continue
		}
		down := list(m["arrayminus"])
		if down == nil {
			down = up
		}
		var e errorBars
		for i := range x {
			if i >= len(up) || i >= len(down) || math.IsNaN(x[i]) || math.IsNaN(y[i]) {
				continue
			}
			e.XYs = append(e.XYs, plotter.XY{X: x[i], Y: y[i]})
			e.below, e.above = append(e.below, number(down[i], 0)), append(e.above, number(up[i], 0))
		}
		if len(e.XYs) == 0 {
			continue
		}
		if parsed, ok := parseColor(str(m["color"])); ok {
			c = parsed
		}
		sty := draw.LineStyle{Color: c, Width: 1.5}
		if key == "error_x" {
			bars, err := plotter.NewXErrorBars(e)
			if err != nil {
				return err
			}
			bars.LineStyle = sty
			ch.plot.Add(bars)
			continue
		}
		bars, err := plotter.NewYErrorBars(e)
		if err != nil {
			return err
		}
		bars.LineStyle = sty
		ch.plot.Add(bars)
	}
	return nil
}
