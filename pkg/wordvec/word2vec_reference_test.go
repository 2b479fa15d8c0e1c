package wordvec

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// toyCorpus is sentences about animals and about numbers, which share no word but "the".
func toyCorpus(t *testing.T, n int) *Corpus {
	kinds := [2][]string{{"cat", "dog", "cow", "hen", "pig", "ewe"}, {"one", "two", "six", "ten", "half", "none"}}
	random := rand.New(rand.NewPCG(5, 6))
	lines := make([]string, n)
	for i := range lines {
		for range 3 + random.IntN(12) {
			lines[i] += kinds[i%2][random.IntN(6)] + " "
			if random.IntN(4) == 0 {
				lines[i] += "the "
			}
		}
	}
	return readLines(t, lines, 1)
}

// reference is the algorithm once more, as plainly as it can be written: in float64, with the
// exact sigmoid, all words of a text at a time. It draws the same random numbers.
func reference(o Word2Vec, c *Corpus) [][]float64 {
	o = o.withDefaults()
	in, out := make([][]float64, len(c.Words)), make([][]float64, len(c.Words))
	for i, row := range rows(initial(len(c.Words), o.Dim, o.Seed), o.Dim) {
		in[i], out[i] = float64s(row), make([]float64, o.Dim)
	}
	total := float64(c.Tokens() * o.Epochs)
	chances, noise := keepChances(c.Counts, o.Sample), newNoise(c.Counts)
	random := rand.NewPCG(0, 0)
	below := func(n int) int { return int((random.Uint64() >> 32) * uint64(n) >> 32) }
	read, batches := 0, (c.Texts.Len()+textsPerBatch-1)/textsPerBatch
	for n := range o.Epochs * c.Texts.Len() {
		epoch, text := n/c.Texts.Len(), n%c.Texts.Len()
		if text%textsPerBatch == 0 {
			random.Seed(o.Seed, uint64(epoch*batches+text/textsPerBatch))
		}
		var kept []int32
		for _, id := range c.Texts.IDs(text) {
			if random.Uint64()>>32 < chances[id] {
				kept = append(kept, id)
			}
		}
		read += len(c.Texts.IDs(text))
		rate := o.Rate * max(1-float64(read)/total, 1e-4)
		for i, centre := range kept {
			width := 1 + below(o.Window)
			var context []int32
			for j := max(0, i-width); j < min(len(kept), i+width+1); j++ {
				if j != i {
					context = append(context, kept[j])
				}
			}
			example := func(inputs []int32, target int32) {
				words, truths := []int32{target}, []float64{1}
				for range o.Negatives {
					if n := noise.draw(random); n != target {
						words, truths = append(words, n), append(truths, 0)
					}
				}
				x, step := make([]float64, o.Dim), make([]float64, o.Dim)
				for _, word := range inputs {
					for j := range x {
						x[j] += in[word][j] / float64(len(inputs))
					}
				}
				for k, word := range words {
					product := 0.0
					for j := range x {
						product += x[j] * out[word][j]
					}
					g := rate * (truths[k] - exactSigmoid(product))
					for j := range x {
						step[j] += g * out[word][j]
						out[word][j] += g * x[j]
					}
				}
				for _, word := range inputs {
					for j := range x {
						in[word][j] += step[j] / float64(len(inputs))
					}
				}
			}
			switch {
			case o.SkipGram:
				for _, word := range context {
					example([]int32{word}, centre)
				}
			case len(context) > 0:
				example(context, centre)
			}
		}
	}
	return in
}

// One worker learns what the reference learns, but for rounding and the sigmoid's table.
func TestTrainReference(t *testing.T) {
	c := toyCorpus(t, 60)
	for _, skipGram := range []bool{false, true} {
		o := Word2Vec{SkipGram: skipGram, Dim: 13, Sample: .02, Seed: 8, Workers: 1, Epochs: 3, Rate: .2}
		v, err := o.Train(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		moved := 0.0
		first := initial(v.Len(), o.Dim, o.Seed)
		for i, row := range reference(o, c) {
			for j, want := range row {
				near(t, fmt.Sprintf("number %d of %s", j, v.Word(i)), float64(v.Vector(i)[j]), want, 2e-5)
				moved = max(moved, math.Abs(want-float64(first[i*o.Dim+j])))
			}
		}
		if moved < .1 {
			t.Errorf("the reference moved the vectors by %v at most: it proves nothing", moved)
		}
	}
}
