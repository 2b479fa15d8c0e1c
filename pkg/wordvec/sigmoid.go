package wordvec

import "math"

const (
	sigmoidSteps = 64 // a unit
	sigmoidEnd   = 8
)

// sigmoids are σ(x) at the multiples of 1/64 from -8 to 8, and one more for the interpolation.
var sigmoids = func() (table [2*sigmoidEnd*sigmoidSteps + 2]float32) {
	for i := range table {
		table[i] = float32(exactSigmoid(float64(i)/sigmoidSteps - sigmoidEnd))
	}
	return table
}()

// sigmoid is σ(x) = 1 / (1 + e⁻ˣ) within 4e-6: straight lines between the entries of a table,
// which a core reads several times faster than it computes the function.
func sigmoid(x float32) float32 {
	if !(x > -sigmoidEnd && x < sigmoidEnd) {
		return float32(exactSigmoid(float64(x))) // NaN too, which must not become an index
	}
	at := (x + sigmoidEnd) * sigmoidSteps
	i := int(at)
	return sigmoids[i] + (at-float32(i))*(sigmoids[i+1]-sigmoids[i])
}

func exactSigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
