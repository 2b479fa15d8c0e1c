package wordvec

import "gonum.org/v1/gonum/blas/gonum"

// kernels are gonum's own BLAS routines: assembly on amd64, plain Go elsewhere and with the
// build tag noasm, the same numbers but for rounding. They are called directly, since a call
// takes no longer than the way through blas32.
var kernels gonum.Implementation

// inner is the inner product of a and b, of the same length.
func inner(a, b []float32) float32 { return kernels.Sdot(len(a), a, 1, b, 1) }

// addScaled adds s·a to b, of the same length.
func addScaled(b []float32, s float32, a []float32) { kernels.Saxpy(len(a), s, a, 1, b, 1) }
