package show

import (
	"fmt"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
)

// Calibration builds a reliability diagram: of the cases to which a model gave the mean
// probability said[bin], the share happened[bin] came true; lo and hi are the ends of its
// confidence interval. The diagonal is a model whose probabilities can be taken at their word.
func Calibration(l Labels, said, happened, lo, hi []float64) *grob.Fig {
	fig, err := calibration(l, said, happened, lo, hi)
	if err != nil {
		fail("Calibration", err)
	}
	return fig
}

func calibration(l Labels, said, happened, lo, hi []float64) (*grob.Fig, error) {
	for _, column := range [][]float64{happened, lo, hi} {
		if len(column) != len(said) || len(said) == 0 {
			return nil, fmt.Errorf("%d, %d, %d and %d values: give one of each a bin, and at least one bin",
				len(said), len(happened), len(lo), len(hi))
		}
	}
	if l.X == "" {
		l.X = "probability said"
	}
	if l.Y == "" {
		l.Y = "share that happened"
	}
	fig, err := scatter(l, []Series{
		{Name: "measured, with its interval", X: said, Y: happened, Lo: lo, Hi: hi, Color: palette[0], Dash: "solid"},
		{Name: "perfectly calibrated", X: []float64{0, 1}, Y: []float64{0, 1}, Color: gray, Dash: "dot"},
	}, func(s Series) grob.ScatterMode {
		if s.Lo == nil {
			return grob.ScatterModeLines
		}
		return "lines+markers"
	})
	if err != nil {
		return nil, err
	}
	fig.Layout.Xaxis.Range = []float64{0, 1}
	fig.Layout.Yaxis.Range = []float64{-.01, 1.01} // points at the ends are not cut in half
	fig.Layout.Hovermode = grob.LayoutHovermodeClosest
	return fig, nil
}
