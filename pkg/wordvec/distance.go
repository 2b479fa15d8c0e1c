package wordvec

import (
	"fmt"
	"math"
)

// Metric is a way to measure how far apart two vectors are.
type Metric int

const (
	Cosine    Metric = iota // 1 - cosine of the angle between: 0 same direction, 1 at right angles, 2 opposite
	Euclidean               // the length of the straight line between
)

// String is the name of the metric.
func (m Metric) String() string {
	switch m {
	case Cosine:
		return "cosine"
	case Euclidean:
		return "Euclidean"
	}
	return fmt.Sprintf("Metric(%d)", int(m))
}

// Distance is how far apart the vectors of two words are. A vector of zeros has no direction,
// and so no cosine distance: that is an error, and so is a word without a vector.
func (v *Vectors) Distance(a, b string, m Metric) (float64, error) {
	i, err := v.find(a, m)
	if err != nil {
		return 0, err
	}
	j, err := v.find(b, m)
	if err != nil {
		return 0, err
	}
	return v.distance(i, j, m), nil
}

// find is the index of a word that the metric can measure.
func (v *Vectors) find(word string, m Metric) (int, error) {
	if m != Cosine && m != Euclidean {
		return 0, fmt.Errorf("%v is no metric: use Cosine or Euclidean", m)
	}
	i, ok := v.index[word]
	if !ok {
		return 0, v.unknown(word)
	}
	if m == Cosine && v.norms[i] == 0 {
		return 0, fmt.Errorf("the vector of %q is all zeros: it has no direction, use the Euclidean distance", word)
	}
	return i, nil
}

// distance is NaN where a cosine is asked of zeros.
func (v *Vectors) distance(i, j int, m Metric) float64 {
	if i == j && v.norms[i] > 0 {
		return 0 // not what rounding leaves of it
	}
	if m == Euclidean {
		return math.Sqrt(squaredDistance(v.vectors[i], v.vectors[j]))
	}
	return 1 - v.similarity(i, j)
}

// similarity is the cosine of the angle between two vectors.
func (v *Vectors) similarity(i, j int) float64 {
	return min(max(dot(v.vectors[i], v.vectors[j])/(v.norms[i]*v.norms[j]), -1), 1)
}

func dot(a, b []float32) float64 {
	sum := 0.0
	for i, x := range a[:len(b)] {
		sum += float64(x) * float64(b[i])
	}
	return sum
}

func squaredDistance(a, b []float32) float64 {
	sum := 0.0
	for i, x := range a[:len(b)] {
		d := float64(x) - float64(b[i])
		sum += d * d
	}
	return sum
}
