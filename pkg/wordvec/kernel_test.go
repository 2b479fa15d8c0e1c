package wordvec

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The kernels agree with sums in float64 whatever the length and the place in memory. The same
// tests run with the build tag noasm, where gonum computes in plain Go.
func TestKernels(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	memory := make([]float32, 400)
	for i := range memory {
		memory[i] = float32(random.NormFloat64())
	}
	for n := range 131 {
		for offset := range 4 {
			a, b := memory[offset:offset+n], memory[200+2*offset:200+2*offset+n]
			want, size := 0.0, 0.0
			for i := range a {
				want += float64(a[i]) * float64(b[i])
				size += math.Abs(float64(a[i]) * float64(b[i]))
			}
			near(t, "the inner product", float64(inner(a, b)), want, size*1e-6)
			sum := append([]float32{}, b...)
			addScaled(sum, -.3, a)
			for i := range a {
				near(t, "the sum", float64(sum[i]), float64(b[i])-.3*float64(a[i]), 1e-6)
			}
		}
	}
}
