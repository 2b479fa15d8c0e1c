package wordvec

import (
	"context"
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// gloveTraining is what the workers share.
type gloveTraining struct {
	GloVe
	words   []string
	pairs   []cooccurrence
	word    gloveSide // as the word
	context gloveSide // as its context
	batches int       // of an epoch
	next    atomic.Int64
	learned atomic.Int64
	report  report
}

// gloveSide are the vectors and biases of the words in one of their two parts.
type gloveSide struct {
	vectors, squares    []float32 // [id, unit], and 1 + the sums of the squared gradients so far
	biases, biasSquares []float32 // [id]
}

const pairsPerBatch = 4096

func newGloVeTraining(o GloVe, words []string, pairs []cooccurrence) *gloveTraining {
	random := rand.New(rand.NewPCG(o.Seed, initialStream))
	random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	t := &gloveTraining{GloVe: o, words: words, pairs: pairs, batches: (len(pairs) + pairsPerBatch - 1) / pairsPerBatch}
	for _, side := range []*gloveSide{&t.word, &t.context} {
		side.vectors = initial(len(words), o.Dim, random.Uint64())
		side.squares = ones(len(words) * o.Dim)
		side.biases = make([]float32, len(words))
		side.biasSquares = ones(len(words))
	}
	t.report.start(o.Progress)
	return t
}

func ones(n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

// run learns from all the pairs, Epochs times, in the same random order.
func (t *gloveTraining) run(ctx context.Context) error {
	var workers sync.WaitGroup
	for range min(t.Workers, maxWorkers, t.batches*t.Epochs) {
		workers.Go(func() {
			for ctx.Err() == nil {
				batch := int(t.next.Add(1)) - 1
				if batch >= t.batches*t.Epochs {
					return
				}
				first := batch % t.batches * pairsPerBatch
				pairs := t.pairs[first:min(first+pairsPerBatch, len(t.pairs))]
				loss := 0.0
				for _, p := range pairs {
					loss += t.learn(p.i, p.j, p.x)
					if p.i != p.j {
						loss += t.learn(p.j, p.i, p.x)
					}
				}
				t.learned.Add(int64(len(pairs)))
				t.report.add(loss, len(pairs))
				t.report.tell(time.Now(), false, t.progress)
			}
		})
	}
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	t.report.tell(time.Now(), true, t.progress)
	return nil
}

// learn takes one AdaGrad step for the loss of word i with j as its context, and returns the
// loss before it. With e = w·w̃ + b + b̃ - log X the gradient is 2f(X)·e·w̃ for w, 2f(X)·e·w for
// w̃ and 2f(X)·e for the biases; the 2 is left to the rate, as in the original program.
func (t *gloveTraining) learn(i, j int32, x float32) float64 {
	w, c := &t.word, &t.context
	from, to := int(i)*t.Dim, int(j)*t.Dim
	wv, wq := w.vectors[from:from+t.Dim], w.squares[from:from+t.Dim]
	cv, cq := c.vectors[to:to+t.Dim], c.squares[to:to+t.Dim]
	weight := 1.0
	if float64(x) < t.XMax {
		weight = math.Pow(float64(x)/t.XMax, t.Alpha)
	}
	e := float64(inner(wv, cv)+w.biases[i]+c.biases[j]) - math.Log(float64(x))
	g, rate := float32(weight*e), float32(t.Rate)
	wq, cv, cq = wq[:len(wv)], cv[:len(wv)], cq[:len(wv)]
	for k, a := range wv {
		b := cv[k]
		wv[k] = adaGrad(a, g*b, &wq[k], rate)
		cv[k] = adaGrad(b, g*a, &cq[k], rate)
	}
	w.biases[i] = adaGrad(w.biases[i], g, &w.biasSquares[i], rate)
	c.biases[j] = adaGrad(c.biases[j], g, &c.biasSquares[j], rate)
	return weight * e * e
}

// adaGrad is x after a step against its gradient, which is noted in squares.
func adaGrad(x, gradient float32, squares *float32, rate float32) float32 {
	*squares += gradient * gradient
	return x - rate*gradient/float32(math.Sqrt(float64(*squares)))
}

func (t *gloveTraining) vectors() (*Vectors, error) {
	sum := make([]float32, len(t.word.vectors))
	for i, x := range t.word.vectors {
		sum[i] = x + t.context.vectors[i]
	}
	return New(t.words, rows(sum, t.Dim))
}

func (t *gloveTraining) progress() Progress {
	learned := int(t.learned.Load())
	return Progress{
		Epochs:  t.Epochs,
		Done:    float64(learned) / float64(len(t.pairs)*t.Epochs),
		Words:   learned,
		Rate:    t.Rate,
		Vectors: t.vectors,
	}
}
