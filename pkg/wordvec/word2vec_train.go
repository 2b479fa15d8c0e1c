package wordvec

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// training is what the workers share.
type training struct {
	Word2Vec
	corpus  *Corpus
	in, out []float32 // [id, unit], the vectors of words as inputs, which are the result, and as outputs
	chances []uint64
	noise   *noise

	batches int          // of an epoch
	total   int64        // running words of all epochs
	next    atomic.Int64 // batch to learn from, of all epochs
	read    atomic.Int64 // running words, those that are passed over included
	learned atomic.Int64 // running words, without those
	failed  atomic.Pointer[error]
	report  report
}

const (
	textsPerBatch = 16     // what a worker takes at a time
	wordsPerPiece = 10_000 // longer texts are read in pieces, so that the rate falls in small steps

	initialStream = 1 << 63 // of random numbers; batches have the streams from 0
)

func newTraining(o Word2Vec, c *Corpus) *training {
	t := &training{
		Word2Vec: o,
		corpus:   c,
		in:       initial(len(c.Words), o.Dim, o.Seed),
		out:      make([]float32, len(c.Words)*o.Dim),
		chances:  keepChances(c.Counts, o.Sample),
		noise:    newNoise(c.Counts),
		batches:  (c.Texts.Len() + textsPerBatch - 1) / textsPerBatch,
		total:    int64(c.Tokens()) * int64(o.Epochs),
	}
	t.report.start(o.Progress)
	return t
}

// run learns from all the texts, Epochs times.
func (t *training) run(ctx context.Context) error {
	var workers sync.WaitGroup
	for range min(t.Workers, maxWorkers, t.batches*t.Epochs) {
		workers.Go(func() { newWorker(t).run(ctx) })
	}
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := t.failed.Load(); err != nil {
		return *err
	}
	t.report.tell(time.Now(), true, t.progress)
	return nil
}

// progress is how far the training is now.
func (t *training) progress() Progress {
	read := t.read.Load()
	return Progress{
		Epochs:  t.Epochs,
		Done:    float64(read) / float64(t.total),
		Words:   int(t.learned.Load()),
		Rate:    float64(t.rateAt(read)),
		Vectors: func() (*Vectors, error) { return New(t.corpus.Words, rows(slices.Clone(t.in), t.Dim)) },
	}
}

// worker is one of the goroutines that learn.
type worker struct {
	*training
	random    *rand.PCG
	words     []int32   // of the piece that is read, without those passed over
	negatives []int32   // of the example
	mean      []float32 // [unit], the input of CBOW
	step      []float32 // [unit], what is to be added to the input's vectors
	rate      float32
	examples  int
	loss      float64 // summed over measured examples
	measured  int
}

func newWorker(t *training) *worker {
	return &worker{
		training:  t,
		random:    rand.NewPCG(0, 0),
		negatives: make([]int32, t.Negatives),
		mean:      make([]float32, t.Dim),
		step:      make([]float32, t.Dim),
	}
}

func (w *worker) run(ctx context.Context) {
	for ctx.Err() == nil && w.failed.Load() == nil {
		batch := int(w.next.Add(1)) - 1
		if batch >= w.batches*w.Epochs {
			return
		}
		// Each batch has its own random numbers, whichever worker comes to learn from it.
		w.random.Seed(w.Seed, uint64(batch))
		first := batch % w.batches * textsPerBatch
		for i := first; i < min(first+textsPerBatch, w.corpus.Texts.Len()); i++ {
			for piece := range slices.Chunk(w.corpus.Texts.IDs(i), wordsPerPiece) {
				if err := w.piece(piece); err != nil {
					err = fmt.Errorf("text %d: %w", i, err)
					w.failed.CompareAndSwap(nil, &err)
					return
				}
			}
		}
		w.report.add(w.loss, w.measured)
		w.loss, w.measured = 0, 0
		w.report.tell(time.Now(), false, w.progress)
	}
}

// piece learns from a piece of a text.
func (w *worker) piece(ids []int32) error {
	w.words = w.words[:0]
	read := int64(0)
	for _, id := range ids {
		if id < 0 {
			continue
		}
		if int(id) >= len(w.chances) {
			return fmt.Errorf("id %d is none of the %d words of the corpus", id, len(w.chances))
		}
		read++
		if w.random.Uint64()>>32 < w.chances[id] {
			w.words = append(w.words, id)
		}
	}
	w.rate = w.rateAt(w.read.Add(read))
	w.learned.Add(int64(len(w.words)))
	for i, centre := range w.words {
		width := w.Window
		if !w.Fixed {
			width = 1 + int((w.random.Uint64()>>32)*uint64(width)>>32)
		}
		left := w.words[max(0, i-width):i]
		right := w.words[i+1 : min(i+1+width, len(w.words))]
		if w.SkipGram {
			w.skipGram(centre, left)
			w.skipGram(centre, right)
		} else {
			w.cbow(centre, left, right)
		}
	}
	return nil
}

// rateAt falls in a straight line from Rate to a ten-thousandth of it, as in the original.
func (t *training) rateAt(read int64) float32 {
	return float32(t.Rate * max(1-float64(read)/float64(t.total), 1e-4))
}
