package score

import "math"

// z95 is the normal distribution's 97.5th percentile.
const z95 = 1.959963984540054

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
	const z = z95
	p, rows := accuracy, float64(n)
	centre := p + z*z/(2*rows)
	half := z * math.Sqrt(p*(1-p)/rows+z*z/(4*rows*rows))
	whole := 1 + z*z/rows
	return max((centre-half)/whole, 0), min((centre+half)/whole, 1)
}

// SpearmanInterval returns the 95 % confidence interval of a rank correlation (Spearman's) from
// -1 to 1 measured on n pairs: what it may well be on all pairs of the kind (Bonett and Wright
// 2000, "Sample size requirements for estimating Pearson, Kendall and Spearman correlations").
// Of fewer than 4 pairs it is -1 to 1; a correlation that is none gives NaN.
//
//	tanh(artanh r ± z √((1+r²/2)/(n-3))), z = 1.96
func SpearmanInterval(correlation float64, n int) (lo, hi float64) {
	if !(correlation >= -1 && correlation <= 1) {
		return math.NaN(), math.NaN()
	}
	if n < 4 {
		return -1, 1
	}
	half := z95 * math.Sqrt((1+correlation*correlation/2)/float64(n-3))
	middle := math.Atanh(correlation)
	return math.Tanh(middle - half), math.Tanh(middle + half)
}
