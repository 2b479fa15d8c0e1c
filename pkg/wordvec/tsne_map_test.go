package wordvec

import (
	"testing"
)

// testMap is the picture flat of groups(12, 4, 3) at perplexity 3.
func testMap() *tsneMap {
	x := groups(12, 4, 3)
	return newTSNEMap(jointProbabilities(x, 3), flat(x))
}

// The values expected are scikit-learn 1.9.1's _kl_divergence of the same p and picture.
func TestGradientAgainstScikitLearn(t *testing.T) {
	want := []float64{0.0288268859, 0.00870653718, -0.00956423013, -0.0312286678, 0.0303223083, 0.00680586863,
		0.039742196, 0.0126350325, -0.0412613084, -0.0369544854, 0.0710526781, 0.0193239227,
		-0.00451478817, -0.00727698928, -0.0475447517, 0.00476671474, 0.0205235238, 0.0299362073,
		-0.00263609187, -0.0101175201, -0.120107901, 0.0133376557, 0.0351614792, -0.00993427604}
	m := testMap()
	near(t, "divergence", m.divergence(), 0.8147229136607523, 1e-7)
	m.differentiate(1)
	for i := range m.n {
		near(t, "slope of x", m.gradient[0][i], want[2*i], 1e-7)
		near(t, "slope of y", m.gradient[1][i], want[2*i+1], 1e-7)
	}
}

// The gradient is that of the divergence; p three times as large adds twice the attraction.
func TestGradientAgainstDifferences(t *testing.T) {
	m := testMap()
	m.differentiate(1)
	const step = 1e-5
	for axis, coordinate := range [][]float64{m.x, m.y} {
		for i := range m.n {
			at := coordinate[i]
			coordinate[i] = at + step
			above := m.divergence()
			coordinate[i] = at - step
			below := m.divergence()
			coordinate[i] = at
			near(t, "slope", m.gradient[axis][i], (above-below)/(2*step), 1e-7)
		}
	}
	before := append([]float64(nil), m.gradient[0]...)
	m.differentiate(3)
	for i := range m.n {
		near(t, "exaggerated slope", m.gradient[0][i], before[i]+8*m.attraction[0][i], 1e-12)
	}
}

// The points expected are those of scikit-learn 1.9.1's _gradient_descent with the same p and
// picture: 4 iterations of 12 p with momentum .5, then 12 of p with momentum .8.
func TestDescentAgainstScikitLearn(t *testing.T) {
	want := []float64{1.90918194, -0.808562842, 4.54759694, 0.897948668, -0.44925464, 0.406403746, 0.454733135, 2.05940059,
		3.93234464, 0.68313499, -1.36200368, -0.306724012, 2.19176072, -0.963113268, 4.42463745, 0.718331026,
		-0.258599169, 1.26396841, 1.18015635, -0.519861111, 4.96562165, 0.974912141, -0.553735116, 0.584500538}
	m := testMap()
	m.descend(TSNE{Iterations: 16, Rate: 1})
	for i := range m.n {
		near(t, "x", m.x[i], want[2*i], 1e-6)
		near(t, "y", m.y[i], want[2*i+1], 1e-6)
	}
	if g := gain(.0101, 1, 1); g != .01 {
		t.Errorf("a gain shrinks to %v", g)
	}
}
