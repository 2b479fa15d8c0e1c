package score_test

import (
	"math"
	"strings"
	"testing"

	"sparseq/pkg/score"
)

// answers are the probabilities of two models for rows of label 1: both are right, only the
// first is, only the second is, none is.
func answers(both, first, second, none int) (p1, p2 []float64, labels []uint8) {
	for kind, n := range []int{both, first, second, none} {
		for range n {
			p1 = append(p1, []float64{.9, .9, .1, .1}[kind])
			p2 = append(p2, []float64{.9, .1, .9, .1}[kind])
			labels = append(labels, 1)
		}
	}
	return p1, p2, labels
}

// The table of Cavo et al. 2012 is an example of Fagerland, Lydersen and Laake 2017,
// "Statistical analysis of contingency tables", section 8; their R package contingencytables
// prints this interval for it.
func TestDifferenceAgainstContingencytables(t *testing.T) {
	p1, p2, labels := answers(59, 16, 6, 80)
	d, lo, hi, err := score.Difference(p1, p2, labels)
	near(t, "difference", d, -10./161, err)
	if math.Abs(lo - -.1182) > 5e-5 || math.Abs(hi - -.0045) > 5e-5 {
		t.Errorf("%.5f to %.5f, want -0.1182 to -0.0045", lo, hi)
	}
	back, blo, bhi, err := score.Difference(p2, p1, labels)
	near(t, "the other way", back, -d, err)
	near(t, "its low end", blo, -hi, nil)
	near(t, "its high end", bhi, -lo, nil)
}

// How often the interval holds the true difference is computed exactly, over all outcomes.
func TestDifferenceCoverage(t *testing.T) {
	const n = 40
	logFactorial := func(k int) float64 { l, _ := math.Lgamma(float64(k) + 1); return l }
	for _, c := range [][2]float64{{.05, .05}, {.1, .2}, {.25, .25}, {.02, .15}, {.4, .1}} {
		first, second := c[0], c[1] // the probabilities that only that model is right
		covered := 0.0
		for f := range n + 1 {
			for s := range n + 1 - f {
				_, lo, hi, err := score.Difference(answers(n-f-s, f, s, 0))
				if err != nil {
					t.Fatal(err)
				}
				if lo <= second-first && second-first <= hi {
					rest := n - f - s
					covered += math.Exp(logFactorial(n) - logFactorial(f) - logFactorial(s) - logFactorial(rest) +
						float64(f)*math.Log(first) + float64(s)*math.Log(second) + float64(rest)*math.Log(1-first-second))
				}
			}
		}
		if covered < .93 || covered > .995 {
			t.Errorf("with %v the interval holds the truth in %.3f of all cases, want 0.95", c, covered)
		}
	}
}

func TestDifferenceExtremes(t *testing.T) {
	d, lo, hi, err := score.Difference(answers(0, 0, 3, 0))
	if d != 1 || hi > 1 || lo > .9 || lo < 0 || err != nil {
		t.Errorf("always better in 3 rows: %v, %v to %v, %v", d, lo, hi, err)
	}
	d, lo, hi, err = score.Difference(answers(10, 0, 0, 10))
	if d != 0 || !(lo < 0 && hi > 0) || err != nil {
		t.Errorf("the same answers: %v, %v to %v, %v", d, lo, hi, err)
	}
	p := []float64{.1, .9}
	if _, _, _, err := score.Difference(p, p[:1], []int{0, 1}); err == nil || !strings.Contains(err.Error(), "model 2: 1 probabilities") {
		t.Error(err)
	}
	if _, _, _, err := score.Difference([]float64{.1, math.NaN()}, p, []int{0, 1}); err == nil || !strings.Contains(err.Error(), "model 1: row 1") {
		t.Error(err)
	}
}

// The values expected are NumPy 2.4.6's:
//
//	tanh(arctanh(r) + array([-1, 1]) * 1.959963984540054 * sqrt((1 + r**2 / 2) / (n - 3)))
func TestSpearmanInterval(t *testing.T) {
	for _, c := range []struct {
		r      float64
		n      int
		lo, hi float64
	}{
		{.7, 353, 0.6353903712685892, 0.7548767085848656},
		{-.1, 50, -0.3687186401341865, 0.18414384148496285},
		{0, 4, -0.9610870825606609, 0.9610870825606609},
		{1, 10, 1, 1},
	} {
		lo, hi := score.SpearmanInterval(c.r, c.n)
		near(t, "lo", lo, c.lo, nil)
		near(t, "hi", hi, c.hi, nil)
	}
	if lo, hi := score.SpearmanInterval(.5, 3); lo != -1 || hi != 1 {
		t.Errorf("of 3 pairs: %v to %v", lo, hi)
	}
	if lo, _ := score.SpearmanInterval(math.NaN(), 9); !math.IsNaN(lo) {
		t.Errorf("of no correlation: %v", lo)
	}
}
