package ladybug

import "math/rand/v2"

// Leaf is what lies where x is below 0: a ladybug walks on it at another speed than beside it.
// Speeds are multiples of that of [Path.Points].
type Leaf struct{ On, Beside float64 }

// leafSteps is into how many parts a step is cut to find where the border is crossed.
const leafSteps = 20

// Points are the first n places of a walk along the path, one every [Dt] seconds, with the speeds of the
// leaf. No linear recurrence gives them: how a walk goes on depends on where it is.
func (l Leaf) Points(p Path, n int) []Point {
	points := make([]Point, n)
	along := 0. // how far the ladybug is along the path, in seconds of Path.Points
	for i := range points {
		points[i] = p.At(along)
		for range leafSteps {
			speed := l.Beside
			if p.At(along)[0] < 0 {
				speed = l.On
			}
			along += Dt / leafSteps * speed
		}
	}
	return points
}

// Noisy are points each of whose coordinates was measured with a normal error of deviation sigma.
func Noisy(points []Point, sigma float64, seed uint64) []Point {
	r := rand.New(rand.NewPCG(seed, 3))
	noisy := make([]Point, len(points))
	for i, p := range points {
		noisy[i] = Point{p[0] + sigma*r.NormFloat64(), p[1] + sigma*r.NormFloat64()}
	}
	return noisy
}
