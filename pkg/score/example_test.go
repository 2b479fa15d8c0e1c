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
