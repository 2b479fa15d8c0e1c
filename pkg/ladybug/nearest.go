package ladybug

import "math"

// Nearest is the forecast of whoever looks up the past: what followed the window most like the given
// one (Lorenz 1969, "Atmospheric predictability as revealed by naturally occurring analogues"),
// among those of the given numbers. It learns nothing, so it shows what leaks.
func Nearest(past Windows, numbers []int) Forecast {
	return func(window []Point) Point {
		least, best := math.Inf(1), Point{math.NaN(), math.NaN()}
		for _, i := range numbers {
			other, next := past.At(i)
			sum := 0.
			for k := 0; k < len(other) && sum < least; k++ {
				sum += square(other[k], window[k])
			}
			if sum < least {
				least, best = sum, next[0]
			}
		}
		return best
	}
}

// square is the squared distance of two points.
func square(p, q Point) float64 {
	dx, dy := p[0]-q[0], p[1]-q[1]
	return dx*dx + dy*dy
}
