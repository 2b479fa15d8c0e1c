//go:build !race

package wordvec

import "math"

// maxWorkers is how many goroutines may learn at once.
const maxWorkers = math.MaxInt
