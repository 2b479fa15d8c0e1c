// Package score measures how good predictions are, and how sure one can be of the measure.
//
// It takes the probabilities that a model gives to label 1, and the labels, 0 or 1, in any
// type of number. An error says what in them makes no sense.
package score

import (
	"errors"
	"fmt"
	"math"
)

// Probability is a type that holds one.
type Probability interface{ ~float32 | ~float64 }

// Label is a type that holds one.
type Label interface {
	~uint8 | ~int | ~int32 | ~int64 | ~float32 | ~float64
}

// Accuracy returns the share of rows, from 0 to 1, whose label is the likelier one: 1 where
// the probability is above one half.
func Accuracy[P Probability, L Label](probabilities []P, labels []L) (float64, error) {
	counts, err := Confusion(probabilities, labels)
	if err != nil {
		return 0, err
	}
	return float64(counts[0][0]+counts[1][1]) / float64(len(labels)), nil
}

// Confusion counts the rows by what is true and what the model said, counts[truth][said]: 1
// where the probability is above one half.
func Confusion[P Probability, L Label](probabilities []P, labels []L) (counts [][]int, err error) {
	if err := check(probabilities, labels); err != nil {
		return nil, err
	}
	counts = [][]int{{0, 0}, {0, 0}}
	for i, p := range probabilities {
		said := 0
		if p > .5 {
			said = 1
		}
		counts[int(labels[i])][said]++
	}
	return counts, nil
}

// LogLoss returns the mean over the rows of -ln(probability of the true label), in nats: the
// binary cross-entropy. Probabilities are held 1e-7 off 0 and 1, as Keras does, for one row
// that was surely wrong not to make the mean infinite.
func LogLoss[P Probability, L Label](probabilities []P, labels []L) (float64, error) {
	if err := check(probabilities, labels); err != nil {
		return 0, err
	}
	const least = 1e-7
	sum := 0.0
	for i, p := range probabilities {
		q := float64(p)
		if labels[i] == 0 {
			q = 1 - q
		}
		sum -= math.Log(min(max(q, least), 1-least))
	}
	return sum / float64(len(labels)), nil
}

func check[P Probability, L Label](probabilities []P, labels []L) error {
	if len(probabilities) != len(labels) {
		return fmt.Errorf("%d probabilities do not go with %d labels", len(probabilities), len(labels))
	}
	if len(labels) == 0 {
		return errors.New("there is nothing to score: no rows")
	}
	for i, p := range probabilities {
		if p < 0 || p > 1 || math.IsNaN(float64(p)) {
			return fmt.Errorf("row %d has %v for a probability: it must be from 0 to 1", i, p)
		}
		if labels[i] != 0 && labels[i] != 1 {
			return fmt.Errorf("row %d has the label %v: it must be 0 or 1", i, labels[i])
		}
	}
	return nil
}
