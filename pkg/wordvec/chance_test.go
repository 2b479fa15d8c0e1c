package wordvec

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestSigmoid(t *testing.T) {
	for x := float32(-30); x < 30; x += .0037 {
		near(t, "sigmoid", float64(sigmoid(x)), exactSigmoid(float64(x)), 4e-6)
	}
	for _, x := range []float64{math.Inf(-1), -100, -8, 8, 100, math.Inf(1)} {
		near(t, "sigmoid", float64(sigmoid(float32(x))), exactSigmoid(x), 1e-7)
	}
	if x := sigmoid(float32(math.NaN())); x == x {
		t.Errorf("the sigmoid of NaN is %v", x)
	}
}

// The table's own chances are exact: they need no draws to be checked.
func TestNoise(t *testing.T) {
	for _, counts := range [][]int{{5}, {1, 1}, {1000, 1}, {9, 8, 7, 6, 5}, {1 << 40, 3, 2, 2, 1, 1, 1, 1}} {
		z := newNoise(counts)
		sum := 0.0
		for _, c := range counts {
			sum += math.Pow(float64(c), .75)
		}
		chances := make([]float64, len(counts))
		for i := range counts {
			keep := float64(z.keep[i]) / (1 << 32)
			chances[i] += keep / float64(len(counts))
			chances[z.alias[i]] += (1 - keep) / float64(len(counts))
		}
		for i, c := range counts {
			near(t, "the chance", chances[i], math.Pow(float64(c), .75)/sum, 1e-9)
		}
	}
}

func TestNoiseDraws(t *testing.T) {
	z := newNoise([]int{81, 16, 1}) // in proportion to 27, 8, 1
	random := rand.NewPCG(1, 1)
	const draws = 360_000
	var drawn [3]float64
	for range draws {
		drawn[z.draw(random)]++
	}
	for i, want := range []float64{270_000, 80_000, 10_000} {
		near(t, "the draws", drawn[i], want, 5*math.Sqrt(want)) // five standard deviations
	}
}

// The chances are gensim 4.4.0's: sample_int of its vocabulary over 2³², for these counts.
func TestKeepChances(t *testing.T) {
	for i, chance := range keepChances([]int{50000, 9000, 900, 90, 10}, 1e-3) {
		near(t, "the chance", float64(chance)/(1<<32), []float64{0.035841016098856926, 0.08831632463261485, 0.3248655563220382, 1, 1}[i], 1e-8)
	}
	for _, chance := range keepChances([]int{900, 90, 10}, 1) {
		if chance != 1<<32 {
			t.Errorf("with sample 1 a word is passed over: its chance is %d / 2³²", chance)
		}
	}
}
