package wordvec

import "math"

// skipGram predicts the word centre from each word of its context, as the original program does.
// Over a text those are the pairs of predicting the context from the centre, but there one input
// takes all the steps of a window in a row, and vectors learned so answered fewer analogies.
func (w *worker) skipGram(centre int32, context []int32) {
	for _, word := range context {
		input := w.row(w.in, word)
		w.draw()
		w.learn(input, centre)
		addScaled(input, 1, w.step)
	}
}

// cbow predicts the word centre from the mean of the words left and right of it.
func (w *worker) cbow(centre int32, left, right []int32) {
	if len(left)+len(right) == 0 {
		return
	}
	w.average(left, right)
	w.draw()
	w.learn(w.mean, centre)
	w.spread(left, right)
}

// average puts the mean of the words' vectors into w.mean.
func (w *worker) average(left, right []int32) {
	share := 1 / float32(len(left)+len(right))
	clear(w.mean)
	for _, side := range [2][]int32{left, right} {
		for _, word := range side {
			addScaled(w.mean, share, w.row(w.in, word))
		}
	}
}

// spread adds to each word's vector its share of the step of their mean. The original program
// adds the whole step to each, which is no gradient of the loss (İrsoy, Benton & Stratos 2021,
// "Corrected CBOW performs as well as skip-gram"); the shares are smaller, so that the rate is
// to be greater.
func (w *worker) spread(left, right []int32) {
	share := 1 / float32(len(left)+len(right))
	for _, side := range [2][]int32{left, right} {
		for _, word := range side {
			addScaled(w.row(w.in, word), share, w.step)
		}
	}
}

// draw draws the negatives of an example.
func (w *worker) draw() {
	for i := range w.negatives {
		w.negatives[i] = w.noise.draw(w.random)
	}
}

// learn takes one step down the gradient of an example's loss for the output vectors, and
// leaves in w.step what is to be added to the input: rate times the negative gradient there.
// Negatives that are the word to predict are passed over. Once in 64 examples the loss before
// the step is noted.
func (w *worker) learn(input []float32, target int32) {
	measure := w.examples%64 == 0
	w.examples++
	clear(w.step)
	w.score(input, target, 1, measure)
	for _, n := range w.negatives {
		if n != target {
			w.score(input, n, 0, measure)
		}
	}
	if measure {
		w.measured++
	}
}

// score teaches one output vector that its probability with the input is truth, 1 or 0. With
// p = σ(x·v), the negative gradients are (truth - p)·x for v and (truth - p)·v for x.
func (w *worker) score(input []float32, word int32, truth float32, measure bool) {
	output := w.row(w.out, word)
	logit := inner(input, output)
	if measure {
		w.loss += math.Log1p(math.Exp(float64((1 - 2*truth) * logit)))
	}
	g := (truth - sigmoid(logit)) * w.rate
	addScaled(w.step, g, output)
	addScaled(output, g, input)
}

// row is the vector of a word.
func (w *worker) row(x []float32, id int32) []float32 {
	return x[int(id)*w.Dim : (int(id)+1)*w.Dim]
}
