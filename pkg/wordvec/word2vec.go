package wordvec

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
)

// Word2Vec learns word vectors by predicting words from those around them, with negative
// sampling (Mikolov et al. 2013a, "Efficient estimation of word representations in vector
// space"; 2013b, "Distributed representations of words and phrases and their
// compositionality"). The zero value is CBOW with the usual settings.
//
// For an example with the input x, the word w to predict, and words n drawn as negatives, the
// loss is -log σ(x·w') - Σ log σ(-x·n'): w' and n' are the output vectors of the words. In
// skip-gram each word is the input for each word in whose window it is, in turn; in CBOW the
// input is the mean of the window's vectors, and the word amid them is predicted.
type Word2Vec struct {
	SkipGram  bool    // skip-gram instead of CBOW
	Dim       int     // length of the vectors; 0 = 100
	Window    int     // the most words to look at on either side; 0 = 5
	Negatives int     // negative examples for each word that is predicted; 0 = 5
	Epochs    int     // how often the texts are read; 0 = 5
	Sample    float64 // see keepChances: words of a larger share are passed over at times; 0 = 1e-3, 1 = none is
	Rate      float64 // learning rate at the start, falls in proportion to what is left to read; 0 = 0.1, for skip-gram 0.025
	Fixed     bool    // the window is always whole, instead of 1 … Window words wide by chance
	Seed      uint64  // of all that is left to chance

	// Workers is how many goroutines learn; 0 = one a core. They read and write the vectors
	// without locks, and now and then one undoes what another did, which is rare and harmless
	// (Niu et al. 2011, "Hogwild!: A lock-free approach to parallelizing stochastic gradient
	// descent"): the vectors differ a little from run to run. One worker always gives the same
	// vectors, bit for bit, on machines of one kind.
	Workers int

	// Progress, unless nil, is told how far the training is, twice a second and at its end, by one
	// goroutine at a time. The other workers go on meanwhile.
	Progress func(Progress)
}

// Train learns the vectors of the corpus's words, in the order of their ids. It ends early with
// ctx, whose error it returns.
func (o Word2Vec) Train(ctx context.Context, c *Corpus) (*Vectors, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	t := newTraining(o, c)
	if err := t.run(ctx); err != nil {
		return nil, err
	}
	v, err := New(c.Words, rows(t.in, o.Dim))
	if err != nil {
		return nil, fmt.Errorf("training: %w", err)
	}
	return v, nil
}

func (o Word2Vec) withDefaults() Word2Vec {
	o.Dim = cmp.Or(o.Dim, 100)
	o.Window = cmp.Or(o.Window, 5)
	o.Negatives = cmp.Or(o.Negatives, 5)
	o.Epochs = cmp.Or(o.Epochs, 5)
	o.Sample = cmp.Or(o.Sample, 1e-3)
	if o.Rate == 0 {
		o.Rate = .1
		if o.SkipGram {
			o.Rate = .025
		}
	}
	o.Workers = cmp.Or(o.Workers, runtime.GOMAXPROCS(0))
	return o
}

func (o Word2Vec) check() error {
	for _, n := range []struct {
		name  string
		value int
	}{{"Dim", o.Dim}, {"Window", o.Window}, {"Negatives", o.Negatives}, {"Epochs", o.Epochs}, {"Workers", o.Workers}} {
		if n.value < 1 {
			return fmt.Errorf("setting %s is %d: it must be 1 or more (0 takes the usual value)", n.name, n.value)
		}
	}
	if !(o.Sample > 0 && o.Sample <= 1) {
		return fmt.Errorf("setting Sample is %v: it must be above 0 and at most 1", o.Sample)
	}
	if !(o.Rate > 0 && o.Rate < 10) {
		return fmt.Errorf("setting Rate is %v: it must be above 0 and below 10", o.Rate)
	}
	return nil
}

// initial gives n vectors of numbers from -0.5/dim to 0.5/dim, as the original program does.
func initial(n, dim int, seed uint64) []float32 {
	random := rand.New(rand.NewPCG(seed, initialStream))
	x := make([]float32, n*dim)
	for i := range x {
		x[i] = (random.Float32() - .5) / float32(dim)
	}
	return x
}

// rows cuts x into rows of dim numbers, without copying them.
func rows(x []float32, dim int) [][]float32 {
	r := make([][]float32, len(x)/dim)
	for i := range r {
		r[i] = x[i*dim : (i+1)*dim : (i+1)*dim]
	}
	return r
}
