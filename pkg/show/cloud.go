package show

import (
	"errors"
	"fmt"
	"math"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// cloud is s with its X filled in, and with gaps at the points that have no finite size or value;
// or an error that says what does not fit.
func (s Series) cloud() (Series, error) {
	s, err := s.points()
	if err != nil {
		return s, err
	}
	s.X = append([]float64(nil), s.X...)
	sizes, values := append([]float64(nil), s.Sizes...), append([]float64(nil), s.Values...)
	for i := range s.X {
		if sizes != nil && !finite(sizes[i]) {
			s.X[i], sizes[i] = math.NaN(), 0
		}
		if sizes != nil && sizes[i] < 0 {
			return s, fmt.Errorf("series %q: the size of point %d is %v: a diameter is not negative", s.Name, i+1, sizes[i])
		}
		if values != nil && !finite(values[i]) {
			s.X[i], values[i] = math.NaN(), 0
		}
	}
	s.Sizes, s.Values = sizes, values
	return s, nil
}

// usualDiameter is that of a point without a size, in pixels.
const usualDiameter = 7

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// markerSize is the size of each point, or one for all.
func (s Series) markerSize(usual float64) *types.ArrayOK[*types.NumberType] {
	if len(s.Sizes) == 0 {
		return types.ArrayOKValue(types.N(usual))
	}
	out := make([]types.NumberType, len(s.Sizes))
	for i, size := range s.Sizes {
		out[i] = types.N(round(size))
	}
	return types.ArrayOKArray(out...)
}

func (s Series) valueColors() *types.ArrayOK[*types.ColorWithColorScale] {
	return types.ArrayOKArray(types.UseColorScaleValues(s.Values)...)
}

// hover is what hovering over each point shows, nil where plotly's own text is as good.
func (s Series) hover(l Labels) []string {
	if s.Notes == nil && s.Names == nil {
		return nil
	}
	out := make([]string, len(s.Y))
	for i := range out {
		if s.Notes != nil {
			out[i] = escape(s.Notes[i])
		}
		if out[i] == "" && s.Names != nil {
			out[i] = escape(s.Names[i])
		}
		if s.Values != nil {
			value := number(s.Values[i])
			if l.Value != "" {
				value = escape(l.Value) + ": " + value
			}
			if out[i] != "" {
				out[i] += "<br>"
			}
			out[i] += value
		}
	}
	return out
}

// valueAxis is the colour scale that all series with values share, nil if none has: diverging
// around 0 where there are values of both signs, else sequential.
func valueAxis(l Labels, series []Series) *grob.LayoutColoraxis {
	low, high, named, some := math.Inf(1), math.Inf(-1), false, false
	for _, s := range series {
		named = named || s.Name != ""
		for i, v := range s.Values {
			if finite(s.X[i]) {
				low, high, some = min(low, v), max(high, v), true
			}
		}
	}
	if !some {
		return nil
	}
	a := &grob.LayoutColoraxis{Colorscale: sequentialPoints(), Cmin: types.N(low), Cmax: types.N(high),
		Colorbar: &grob.LayoutColoraxisColorbar{Thickness: types.N(16), Outlinewidth: types.N(0),
			Title: &grob.LayoutColoraxisColorbarTitle{Text: types.S(escape(l.Value))}}}
	if low < 0 && high > 0 {
		extent := max(-low, high)
		a.Colorscale, a.Cmin, a.Cmax = divergingPoints(), types.N(-extent), types.N(extent)
	}
	if named { // room for the legend above the bar
		a.Colorbar.Len, a.Colorbar.Y, a.Colorbar.Yanchor = types.N(.7), types.N(0), grob.LayoutColoraxisColorbarYanchorBottom
	}
	return a
}

// Diameters are sizes for points whose areas, which the eye compares, are in proportion to
// amounts (≥ 0) such as the frequencies of words: the largest gets a diameter of largest pixels,
// and none less than smallest, so that the pointer still finds it.
func Diameters(amounts []float64, smallest, largest float64) []float64 {
	out, err := diameters(amounts, smallest, largest)
	if err != nil {
		fail("Diameters", err)
	}
	return out
}

func diameters(amounts []float64, smallest, largest float64) ([]float64, error) {
	if !(smallest >= 0 && largest >= smallest) || math.IsInf(largest, 0) {
		return nil, errors.New("give a smallest diameter of 0 or more, and a largest that is not less")
	}
	most := 0.0
	for i, a := range amounts {
		if !(a >= 0) || math.IsInf(a, 0) {
			return nil, fmt.Errorf("amounts[%d] is %v: an amount is a finite number and not negative", i, a)
		}
		most = max(most, a)
	}
	out := make([]float64, len(amounts))
	for i, a := range amounts {
		out[i] = smallest
		if most > 0 {
			out[i] = max(smallest, largest*math.Sqrt(a/most))
		}
	}
	return out, nil
}
