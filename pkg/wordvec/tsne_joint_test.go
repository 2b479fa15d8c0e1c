package wordvec

import (
	"fmt"
	"math"
	"testing"
)

// exactP are rows 0 and 7 of the joint probabilities of groups(12, 4, 3) at perplexity 3, the
// widths found by SciPy 1.17.1's brentq on NumPy 2.4.6 in double precision. scikit-learn 1.9.1's
// _joint_probabilities is within 4e-7 of them: it stops its search earlier.
var exactP = map[int][]float64{
	0: {0, 0.000390402225, 0.000448500952, 0.00204623793, 0.00143598564, 0.000146208644, 0.0362675972, 0.000633643073, 0.000570637793, 0.0354870811, 0.0072959758, 0.000302286669},
	7: {0.000633643073, 0.0202914926, 8.59709853e-07, 0.000142985034, 0.0484232483, 3.57549354e-06, 6.60930447e-05, 0, 1.17149143e-06, 2.43100703e-05, 0.0166832174, 6.46048604e-07},
}

// sklearnP is row 0 as scikit-learn 1.9.1 has it.
var sklearnP = []float64{0, 0.000390366737, 0.000448507248, 0.00204623145, 0.00143598507, 0.000146207005, 0.0362676764, 0.000633646159, 0.000570644805, 0.0354870491, 0.00729594529, 0.000302290034}

func TestJointProbabilities(t *testing.T) {
	const n = 12
	p := jointProbabilities(groups(n, 4, 3), 3)
	for i, row := range exactP {
		for j, want := range row {
			near(t, fmt.Sprintf("p[%d,%d]", i, j), float64(p[i*n+j]), want, 3e-7*want)
		}
	}
	for j, want := range sklearnP {
		near(t, fmt.Sprintf("p[0,%d]", j), float64(p[j]), want, 4e-7)
	}
	sum := 0.0
	for i := range n {
		for j := range n {
			sum += float64(p[i*n+j])
			if p[i*n+j] != p[j*n+i] || i == j && p[i*n+j] != 0 {
				t.Errorf("p[%d,%d] is %v, p[%d,%d] %v", i, j, p[i*n+j], j, i, p[j*n+i])
			}
		}
	}
	near(t, "the sum", sum, 1, 1e-6)
}

// Rows that are scaled, far apart or repeated have probabilities too.
func TestNeighboursFaults(t *testing.T) {
	for _, c := range []struct {
		name       string
		squared    []float64
		perplexity float64
		want       []float64
	}{
		{"all at one distance", []float64{4, 4, 4, 4}, 2, []float64{.25, .25, .25, .25}},
		{"more repeats than neighbours", []float64{0, 0, 0, 1}, 2, []float64{1. / 3, 1. / 3, 1. / 3, 0}},
		{"all repeats", []float64{0, 0}, 1, []float64{.5, .5}},
		{"one neighbour", []float64{9, 1, 9}, 1, []float64{0, 1, 0}},
		{"far", []float64{1e76, 2e76}, 1.9, nil},
		{"near", []float64{1e-80, 2e-80}, 1.9, nil},
	} {
		d := append([]float64(nil), c.squared...)
		neighbours(d, c.perplexity)
		entropy := 0.0
		for i, p := range d {
			if c.want != nil {
				near(t, c.name, p, c.want[i], 1e-9)
			}
			entropy -= p * math.Log(p)
		}
		if c.want == nil {
			near(t, c.name+": perplexity", math.Exp(entropy), c.perplexity, 1e-6)
		}
	}
}
