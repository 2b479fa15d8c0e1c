package score

import (
	"fmt"
	"math"
)

// Difference returns the accuracy of model 2 minus that of model 1, from their probabilities
// for the same rows, and its 95 % confidence interval. Where it holds 0, the rows do not tell
// which of the models is better.
//
// Only rows where one model is right and the other wrong count, which makes the interval much
// narrower than that of two accuracies measured on different rows. It is the "Wald + 2"
// interval of Agresti and Min 2005, "Simple improved confidence intervals for comparing matched
// proportions": half a row is added to each of the four cases (both right, only one, only the
// other, none), so that it holds for few rows too.
//
//	d = (b-c)/n, b: only model 2 is right, c: only model 1 is, n: rows
//	(b-c)/m ± z √(b+c+1 - (b-c)²/m)/m, m = n+2, z = 1.96
func Difference[P Probability, L Label](probabilities1, probabilities2 []P, labels []L) (d, lo, hi float64, err error) {
	for model, p := range [][]P{probabilities1, probabilities2} {
		if err := check(p, labels); err != nil {
			return 0, 0, 0, fmt.Errorf("model %d: %w", model+1, err)
		}
	}
	b, c := 0., 0.
	for i, label := range labels {
		right1 := (probabilities1[i] > .5) == (label == 1)
		right2 := (probabilities2[i] > .5) == (label == 1)
		switch {
		case right2 && !right1:
			b++
		case right1 && !right2:
			c++
		}
	}
	m := float64(len(labels)) + 2
	centre := (b - c) / m
	half := z95 * math.Sqrt(b+c+1-(b-c)*centre) / m
	return (b - c) / float64(len(labels)), max(centre-half, -1), min(centre+half, 1), nil
}
