package picture

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
)

// roundTicks are some five ticks at multiples of 1, 2 or 5 times a power of ten.
// gonum's own ticks are fewer, and write 25000 as 2.5e+04.
type roundTicks struct{}

func (roundTicks) Ticks(low, high float64) []plot.Tick {
	width := high - low
	if !(width > 0) || math.IsInf(width, 0) {
		return nil
	}
	step := math.Pow(10, math.Floor(math.Log10(width/4)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if width/(step*factor) <= 7 {
			step *= factor
			break
		}
	}
	var ticks []plot.Tick
	for i := math.Ceil(low/step - 1e-9); i*step <= high+step*1e-9; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: tickLabel(i * step)})
		if len(ticks) > 20 { // the numbers are too large for their step
			break
		}
	}
	return ticks
}

// decadeTicks are the ticks of a logarithmic axis: the powers of ten, and what lies between them
// where there are fewer than two.
type decadeTicks struct{}

func (decadeTicks) Ticks(low, high float64) []plot.Tick {
	first, last := math.Floor(math.Log10(low)), math.Ceil(math.Log10(high))
	labelled := map[float64]bool{1: true}
	if math.Log10(high/low) < 2 {
		labelled[2], labelled[5] = true, true
	}
	every := math.Ceil((last - first) / 8)
	var ticks []plot.Tick
	for decade := first; decade <= last; decade++ {
		for factor := 1.0; factor < 10; factor++ {
			v := factor * math.Pow(10, decade)
			if v < low*(1-1e-9) || v > high*(1+1e-9) {
				continue
			}
			tick := plot.Tick{Value: v}
			if labelled[factor] && math.Mod(decade-first, every) == 0 {
				tick.Label = tickLabel(v)
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks
}

// tickLabel writes v without the dust of binary fractions: .3, not .30000000000000004.
func tickLabel(v float64) string {
	if v == 0 {
		return "0" // -0 as well
	}
	clean, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 8, 64), 64)
	if size := math.Abs(clean); size >= 1e-4 && size < 1e7 {
		return strconv.FormatFloat(clean, 'f', -1, 64)
	}
	return strconv.FormatFloat(clean, 'g', -1, 64)
}
