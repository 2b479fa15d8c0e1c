package wordvec

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The values expected are scikit-learn 1.9.1's trustworthiness of groups(12, 4, 3) and flat.
func TestTrustworthinessAgainstScikitLearn(t *testing.T) {
	x := groups(12, 4, 3)
	for k, want := range map[int]float64{1: 0.8333333333333334, 3: 0.8571428571428572, 5: 0.8791666666666667} {
		got, err := Trustworthiness(x, flat(x), k)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "trustworthiness", got, want, 1e-14)
	}
}

func TestTrustworthinessExtremes(t *testing.T) {
	x := groups(200, 6, 4)
	same := make([][]float64, len(x))
	noise := make([][]float64, len(x))
	random := rand.New(rand.NewPCG(1, 2))
	for i, row := range x {
		for _, a := range row {
			same[i] = append(same[i], float64(a))
		}
		noise[i] = []float64{random.Float64(), random.Float64()}
	}
	got, err := Trustworthiness(x, same, 10)
	if err != nil || got != 1 {
		t.Errorf("of the rows themselves: %v, %v", got, err)
	}
	got, err = Trustworthiness(x, noise, 10)
	if err != nil || got < .4 || got > .6 {
		t.Errorf("of a random picture: %v, %v", got, err)
	}
}

func TestTrustworthinessErrors(t *testing.T) {
	x := groups(6, 2, 2)
	_, err := Trustworthiness(x, flat(x), 3)
	wantError(t, err, "3 neighbours", "6 vectors", "from 1 to 2")
	_, err = Trustworthiness(x, flat(x), 0)
	wantError(t, err, "0 neighbours")
	_, err = Trustworthiness(x, flat(x)[:5], 1)
	wantError(t, err, "5 points", "6 vectors")
	_, err = Trustworthiness(nil, nil, 1)
	wantError(t, err, "no vectors")
	y := flat(x)
	y[4] = []float64{1}
	_, err = Trustworthiness(x, y, 1)
	wantError(t, err, "point 4")
	y[4] = []float64{1, math.NaN()}
	_, err = Trustworthiness(x, y, 1)
	wantError(t, err, "point 4")
}
