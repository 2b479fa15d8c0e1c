package wordvec

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// example is a worker of a training of 8 words with random vectors, whose negatives are fixed.
func example(skipGram bool) *worker {
	c := &Corpus{Words: []string{"a", "b", "c", "d", "e", "f", "g", "h"}, Counts: []int{8, 7, 6, 5, 4, 3, 2, 1}, Texts: &heldTexts{offsets: []int{0, 0}}}
	w := newWorker(newTraining(Word2Vec{SkipGram: skipGram, Dim: 7, Negatives: 3}.withDefaults(), c))
	random := rand.New(rand.NewPCG(3, 4))
	for _, x := range [][]float32{w.in, w.out} {
		for i := range x {
			x[i] = float32(random.NormFloat64())
		}
	}
	w.negatives = []int32{5, 2, 7}
	w.rate = 1
	return w
}

// loss is that of an example, in float64.
func (w *worker) exampleLoss(input []float64, out []float64, target int32) float64 {
	product := func(word int32) (sum float64) {
		for j, x := range input {
			sum += x * out[int(word)*w.Dim+j]
		}
		return sum
	}
	loss := math.Log1p(math.Exp(-product(target)))
	for _, n := range w.negatives {
		loss += math.Log1p(math.Exp(product(n)))
	}
	return loss
}

// slope is the derivative of f for x[i], by central differences.
func slope(f func() float64, x []float64, i int) float64 {
	const h = 1e-5
	at := x[i]
	x[i] = at + h
	above := f()
	x[i] = at - h
	below := f()
	x[i] = at
	return (above - below) / (2 * h)
}

func float64s(x []float32) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = float64(x[i])
	}
	return y
}

// A step of learning is the rate times the negative gradient of the loss: the negatives being
// different words, it is so for any rate, and for 1 too.
func TestLearnGradient(t *testing.T) {
	w := example(true)
	const centre, target = 0, 1
	input, out := float64s(w.row(w.in, centre)), float64s(w.out)
	loss := func() float64 { return w.exampleLoss(input, out, target) }
	before := slices.Clone(w.out)
	want := loss()
	w.learn(w.row(w.in, centre), target)
	near(t, "the loss", w.loss, want, 1e-5)
	for j := range input {
		near(t, "the input's step", float64(w.step[j]), -slope(loss, input, j), 2e-5)
	}
	for i := range out {
		near(t, "the output's step", float64(w.out[i]-before[i]), -slope(loss, out, i), 2e-5)
	}
}

func TestCBOWGradient(t *testing.T) {
	w := example(false)
	left, right := []int32{3, 4, 3}, []int32{6} // a word may stand there twice
	const centre = 1
	in, out := float64s(w.in), float64s(w.out)
	loss := func() float64 {
		mean := make([]float64, w.Dim)
		for _, word := range slices.Concat(left, right) {
			for j := range mean {
				mean[j] += in[int(word)*w.Dim+j] / 4
			}
		}
		return w.exampleLoss(mean, out, centre)
	}
	before := slices.Clone(w.in)
	w.average(left, right)
	w.learn(w.mean, centre)
	w.spread(left, right)
	for i := range in {
		near(t, "the step of a context word", float64(w.in[i]-before[i]), -slope(loss, in, i), 2e-5)
	}
}
