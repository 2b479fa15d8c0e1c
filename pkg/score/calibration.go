package score

import (
	"fmt"
	"math"
	"sort"
)

// Bin is the rows whose probability of label 1 lies above Lo and not above Hi; the first bin
// has those of probability 0 too.
type Bin struct {
	Lo, Hi                 float64
	Count                  int     // rows
	Said                   float64 // the mean of their probabilities
	Happened               float64 // the share of them that have label 1
	HappenedLo, HappenedHi float64 // its 95 % confidence interval, see [Wilson]
}

// Calibration compares what a model said with what happened: of the rows that it gave a
// probability of about 0.8, are eight in ten of label 1? The probabilities from 0 to 1 are cut
// into bins of equal width (1 to 1000 of them); those without rows are left out. This is the
// reliability diagram of DeGroot and Fienberg 1983, "The comparison and evaluation of
// forecasters".
func Calibration[P Probability, L Label](probabilities []P, labels []L, bins int) ([]Bin, error) {
	if err := check(probabilities, labels); err != nil {
		return nil, err
	}
	if bins < 1 || bins > 1000 {
		return nil, fmt.Errorf("%d bins make no calibration: choose from 1 to 1000, 10 are usual", bins)
	}
	ends := make([]float64, bins) // the upper ones
	for i := range ends {
		ends[i] = float64(i+1) / float64(bins)
	}
	all, ones := make([]Bin, bins), make([]int, bins)
	for i, p := range probabilities {
		b := sort.SearchFloat64s(ends, float64(p))
		all[b].Count++
		all[b].Said += float64(p)
		ones[b] += int(labels[i])
	}
	var filled []Bin
	for i, b := range all {
		if b.Count == 0 {
			continue
		}
		b.Lo, b.Hi = float64(i)/float64(bins), ends[i]
		b.Said /= float64(b.Count)
		b.Happened = float64(ones[i]) / float64(b.Count)
		b.HappenedLo, b.HappenedHi = Wilson(b.Happened, b.Count)
		filled = append(filled, b)
	}
	return filled, nil
}

// CalibrationError returns the expected calibration error of what [Calibration] returned: how
// far what was said is from what happened, on average over the rows, from 0 to 1 (Guo et al.
// 2017, "On calibration of modern neural networks"). It depends on the bins: compare models
// on the same number of them. Of no rows it is NaN.
func CalibrationError(bins []Bin) float64 {
	rows, sum := 0, 0.0
	for _, b := range bins {
		if b.Count > 0 {
			rows += b.Count
			sum += float64(b.Count) * math.Abs(b.Said-b.Happened)
		}
	}
	return sum / float64(rows)
}
