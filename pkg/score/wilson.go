package score

import "math"

// Wilson returns the 95 % confidence interval of an accuracy measured on n rows: what the
// accuracy on all rows of the kind may well be (Wilson 1927, "Probable inference, the law of
// succession, and statistical inference"). Unlike the normal approximation it stays within 0
// and 1 and holds for few rows. Of no rows it is 0 to 1; an accuracy that is none gives NaN.
//
//	(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.96
func Wilson(accuracy float64, n int) (lo, hi float64) {
	if !(accuracy >= 0 && accuracy <= 1) {
		return math.NaN(), math.NaN()
	}
	if n <= 0 {
		return 0, 1
	}
	const z = 1.959963984540054 // the normal distribution's 97.5th percentile
	p, rows := accuracy, float64(n)
	centre := p + z*z/(2*rows)
	half := z * math.Sqrt(p*(1-p)/rows+z*z/(4*rows*rows))
	whole := 1 + z*z/rows
	return max((centre-half)/whole, 0), min((centre+half)/whole, 1)
}
