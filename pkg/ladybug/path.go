package ladybug

import (
	"math"
	"math/rand/v2"
)

// Path is a curve of eight sinusoids:
//
//	x(t) = a₁ sin(t(k₁+20)) + a₂ cos(t(k₂+10)) + a₃ sin(t(k₃+5)) + a₄ cos(t(k₄+5))
//	y(t) = b₁ cos(t(l₁+20)) + b₂ sin(t(l₂+10)) + b₃ cos(t(l₃+5)) + b₄ sin(t(l₄+5))
//
// A and B are lengths, K and L parts of angular frequencies in radians a second.
type Path struct{ A, B, K, L [4]float64 }

// Course is the path of the course: its sixteen coefficients are Python's random.gauss(0, 1) after
// random.seed(16), in the order A, B, K, L.
func Course() Path {
	return Path{
		A: [4]float64{-0.7378856214874446, 0.8747727208990762, -0.9432832747171505, 0.5423474130761617},
		B: [4]float64{-1.2339548463748937, 0.7883685349560852, -0.07895421274105917, 1.4175541434227088},
		K: [4]float64{0.8463385084932522, 0.05393249534319999, -0.2818633938302986, 0.4761722858235504},
		L: [4]float64{-0.03564447174378471, -0.8609126744601988, 0.6105009390957307, -2.4256466254435702},
	}
}

// Draw is a path whose coefficients are normal numbers drawn from a seed.
func Draw(seed uint64) Path {
	r := rand.New(rand.NewPCG(seed, 16))
	var p Path
	for _, list := range []*[4]float64{&p.A, &p.B, &p.K, &p.L} {
		for i := range list {
			list[i] = r.NormFloat64()
		}
	}
	return p
}

// base are the four angular frequencies to which K and L are added.
var base = [4]float64{20, 10, 5, 5}

// At is the place at t seconds.
func (p Path) At(t float64) Point {
	var at Point
	for i, w := range base {
		sinX, cosX := math.Sincos(t * (p.K[i] + w))
		sinY, cosY := math.Sincos(t * (p.L[i] + w))
		if i%2 == 0 {
			at[0], at[1] = at[0]+p.A[i]*sinX, at[1]+p.B[i]*cosY
		} else {
			at[0], at[1] = at[0]+p.A[i]*cosX, at[1]+p.B[i]*sinY
		}
	}
	return at
}

// Points are the first n places of a walk along the path: those at 0, [Dt], 2·Dt, …
//
// Such a walk obeys a linear recurrence: each coordinate is 4 sinusoids, so each of its points is
// a sum of fixed multiples of the 8 points before it.
func (p Path) Points(n int) []Point {
	points := make([]Point, n)
	for i := range points {
		points[i] = p.At(float64(i) * Dt)
	}
	return points
}
