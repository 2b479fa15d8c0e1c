package score_test

import (
	"fmt"

	"sparseq/pkg/score"
)

// A model is right on 22,055 of 25,000 reviews; another of 25,000 would be likely to give an
// accuracy within a half per cent of it.
func ExampleWilson() {
	lo, hi := score.Wilson(22055./25000, 25000)
	fmt.Printf("%.3f to %.3f\n", lo, hi)
	// Output: 0.878 to 0.886
}

func ExampleConfusion() {
	counts, _ := score.Confusion([]float32{.9, .2, .6, .4}, []int{1, 0, 0, 1})
	fmt.Println("said 0, 1 of label 0:", counts[0])
	fmt.Println("said 0, 1 of label 1:", counts[1])
	// Output:
	// said 0, 1 of label 0: [1 1]
	// said 0, 1 of label 1: [1 1]
}

// One model is right in eight rows of ten, the other in nine: ten rows do not tell which is
// better.
func ExampleDifference() {
	labels := []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
	one := []float64{.9, .9, .9, .9, .9, .9, .9, .9, .1, .1}
	other := []float64{.1, .9, .9, .9, .9, .9, .9, .9, .9, .9}
	d, lo, hi, _ := score.Difference(one, other, labels)
	fmt.Printf("%+.2f, 95 %% interval %+.2f to %+.2f\n", d, lo, hi)
	// Output: +0.10, 95 % interval -0.24 to +0.41
}

// Of three reviews that the model found likely to be happy at 0.9, two are.
func ExampleCalibration() {
	bins, _ := score.Calibration([]float64{.2, .2, .9, .9, .9}, []int{0, 1, 1, 0, 1}, 2)
	for _, b := range bins {
		fmt.Printf("%.1f to %.1f: said %.2f, happened %.2f (%.2f to %.2f)\n", b.Lo, b.Hi, b.Said, b.Happened, b.HappenedLo, b.HappenedHi)
	}
	fmt.Printf("error %.2f\n", score.CalibrationError(bins))
	// Output:
	// 0.0 to 0.5: said 0.20, happened 0.50 (0.09 to 0.91)
	// 0.5 to 1.0: said 0.90, happened 0.67 (0.21 to 0.94)
	// error 0.26
}
