package ladybug_test

import (
	"fmt"

	"gonum.org/v1/gonum/stat"
	"sparseq/pkg/ladybug"
)

// One point further, three forecasts that need no network, on the course's walk.
func Example() {
	past, future := ladybug.Split(ladybug.Course().Points(20_000), .8)
	scale := ladybug.ScaleOf(past) // by the past only
	past, future = scale.Apply(past), scale.Apply(future)
	ar, err := ladybug.FitAR(past, 20)
	if err != nil {
		fmt.Println(err)
		return
	}
	windows := ladybug.Windows{Points: future, Size: 20, Ahead: 1}
	mse := func(f ladybug.Forecast) float64 { return stat.Mean(ladybug.OneStep(f, windows), nil) }
	fmt.Printf("the last point again: %.4f\n", mse(ladybug.CopyLast))
	fmt.Printf("a straight line: %.5f\n", mse(ladybug.Extrapolate))
	fmt.Println("autoregression, exact but for rounding:", mse(ar.Next) < 1e-20)
	// Output:
	// the last point again: 0.0152
	// a straight line: 0.00053
	// autoregression, exact but for rounding: true
}

// A closed loop: what is said becomes what is seen.
func ExampleRollout() {
	window := []ladybug.Point{{0, 0}, {1, 2}}
	fmt.Println(ladybug.Rollout(ladybug.Extrapolate, window, 3))
	// Output: [[2 4] [3 6] [4 8]]
}

func ExampleDivergence() {
	path := []ladybug.Point{{0.5, 1}, {2, -3}, {40, -90}}
	if steps, diverges := ladybug.Divergence(path, 10); diverges {
		fmt.Println("diverges after", steps, "steps")
	}
	// Output: diverges after 2 steps
}
