package score_test

import (
	"math"
	"strings"
	"testing"

	"sparseq/pkg/score"
)

// The values expected were computed from the same [rows] by scikit-learn 1.9.1 on NumPy 2.4.6:
//
//	happened, said = calibration_curve(y, p, n_bins=bins)
//	count = bincount(searchsorted(linspace(0, 1, bins + 1)[1:-1], p)); count = count[count > 0]
//	error = sum(abs(happened - said) * count) / n
func TestCalibrationAgainstScikitLearn(t *testing.T) {
	for _, c := range []struct {
		n, bins        int
		said, happened []float64
		count          []int
		error          float64
	}{
		{12, 4,
			[]float64{0.03333333333333333, 0.65, 0.9333333333333332}, []float64{0, 2. / 3, 2. / 3},
			[]int{3, 6, 3}, 0.08333333333333329},
		{1000, 7,
			[]float64{0.05578231292516997, 0.20032679738562056, 0.3547297297297296, 0.49541666666666695, 0.6488461538461545, 0.7982876712328755, 0.9580128205128213},
			[]float64{0.047619047619047616, 0.21568627450980393, 0.34459459459459457, 0.625, 0.6615384615384615, 0.8082191780821918, 0.9487179487179487},
			[]int{147, 153, 148, 120, 130, 146, 156}, 0.025150000000000217},
		{1000, 10, // probabilities on the edges of the bins
			[]float64{0.05578231292516997, 0.17621359223300959, 0.2719101123595507, 0.37431192660550455, 0.4747126436781611, 0.5788461538461541, 0.6747058823529412, 0.775980392156862, 0.8728395061728393, 0.9760504201680682},
			[]float64{0.047619047619047616, 0.23300970873786409, 0.23595505617977527, 0.3577981651376147, 0.5977011494252874, 0.6666666666666666, 0.6705882352941176, 0.803921568627451, 0.8271604938271605, 0.9831932773109243},
			[]int{147, 103, 89, 109, 87, 78, 85, 102, 81, 119}, 0.037349999999999925},
	} {
		p, y := rows(c.n)
		bins, err := score.Calibration(p, y, c.bins)
		if err != nil || len(bins) != len(c.said) {
			t.Fatalf("%d bins, %v, want %d", len(bins), err, len(c.said))
		}
		for i, b := range bins {
			near(t, "said", b.Said, c.said[i], nil)
			near(t, "happened", b.Happened, c.happened[i], nil)
			lo, hi := score.Wilson(c.happened[i], c.count[i])
			near(t, "lo", b.HappenedLo, lo, nil)
			near(t, "hi", b.HappenedHi, hi, nil)
			near(t, "width", b.Hi-b.Lo, 1/float64(c.bins), nil)
			if b.Count != c.count[i] || b.Said < b.Lo || b.Said > b.Hi {
				t.Errorf("bin %+v, want %d rows", b, c.count[i])
			}
		}
		near(t, "error", score.CalibrationError(bins), c.error, nil)
	}
}

func TestCalibrationEdges(t *testing.T) {
	bins, err := score.Calibration([]float32{0, 1, 1}, []float32{0, 1, 0}, 2)
	if err != nil || len(bins) != 2 || bins[0].Count != 1 || bins[1].Count != 2 || bins[1].Happened != .5 {
		t.Errorf("%+v, %v", bins, err)
	}
	near(t, "error", score.CalibrationError(bins), 1./3, nil)
	if !math.IsNaN(score.CalibrationError(nil)) {
		t.Error("no rows have a calibration error")
	}
	for _, n := range []int{-1, 0, 1001} {
		if _, err := score.Calibration([]float64{.5}, []int{1}, n); err == nil || !strings.Contains(err.Error(), "from 1 to 1000") {
			t.Errorf("%d bins: %v", n, err)
		}
	}
}
