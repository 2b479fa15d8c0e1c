package wordvec

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
)

// GloVe learns word vectors from how often words occur near each other (Pennington, Socher &
// Manning 2014, "GloVe: Global vectors for word representation"). X of two words is the sum of
// 1/d over all their occurrences d words apart, d up to Window, within a text. The loss is
//
//	Σ f(X) (w·w̃ + b + b̃ - log X)²  with  f(X) = min((X/XMax)^Alpha, 1)
//
// over all pairs with X > 0, either way round: w and b are the vector and the bias of the one
// word, w̃ and b̃ those of the other as a context. The gradients are followed with AdaGrad
// (Duchi, Hazan & Singer 2011), and a word's vector is w + w̃ in the end. The zero value has the
// paper's settings, but for a smaller window and fewer epochs.
type GloVe struct {
	Dim      int     // length of the vectors; 0 = 100
	Window   int     // the most words to look at on either side; 0 = 5
	Epochs   int     // how often all pairs are learned from; 0 = 15
	XMax     float64 // pairs with so large an X weigh most; 0 = 100
	Alpha    float64 // how the weights of the others fall; 0 = 0.75
	Rate     float64 // learning rate; 0 = 0.05
	Seed     uint64  // of the first vectors and of the order of the pairs
	MaxPairs int     // more different pairs than this are an error; each takes 12 bytes; 0 = 20 million
	Workers  int     // goroutines that learn, as in Word2Vec; 0 = one a core

	// Progress, unless nil, is told how far the learning is, as in Word2Vec. Counting, which
	// comes before, is a small part of the work.
	Progress func(Progress)
}

// Train learns the vectors of the corpus's words, in the order of their ids. To count in little
// memory, it reads the texts many times. It ends early with ctx, whose error it returns.
func (o GloVe) Train(ctx context.Context, c *Corpus) (*Vectors, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	pairs, err := cooccurrences(ctx, c, o.Window, o.MaxPairs, min(o.Workers, maxCounters))
	if err != nil {
		return nil, err
	}
	t := newGloVeTraining(o, c.Words, pairs)
	if err := t.run(ctx); err != nil {
		return nil, err
	}
	return t.vectors()
}

func (o GloVe) withDefaults() GloVe {
	o.Dim = cmp.Or(o.Dim, 100)
	o.Window = cmp.Or(o.Window, 5)
	o.Epochs = cmp.Or(o.Epochs, 15)
	o.XMax = cmp.Or(o.XMax, 100)
	o.Alpha = cmp.Or(o.Alpha, .75)
	o.Rate = cmp.Or(o.Rate, .05)
	o.MaxPairs = cmp.Or(o.MaxPairs, 20_000_000)
	o.Workers = cmp.Or(o.Workers, runtime.GOMAXPROCS(0))
	return o
}

func (o GloVe) check() error {
	for _, n := range []struct {
		name  string
		value float64
	}{
		{"Dim", float64(o.Dim)}, {"Window", float64(o.Window)}, {"Epochs", float64(o.Epochs)}, {"Workers", float64(o.Workers)},
		{"MaxPairs", float64(o.MaxPairs)}, {"XMax", o.XMax}, {"Alpha", o.Alpha}, {"Rate", o.Rate},
	} {
		if !(n.value > 0 && n.value < 1e15) {
			return fmt.Errorf("setting %s is %v: it must be above 0 (0 takes the usual value)", n.name, n.value)
		}
	}
	return nil
}
