package wordvec

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// BenchmarkTrain learns from a million running words of 20,000, as frequent as by Zipf's law.
// words/s counts those that are not passed over, as gensim does.
func BenchmarkTrain(b *testing.B) {
	const words, texts, length = 20_000, 5000, 200
	zipf := rand.NewZipf(rand.New(rand.NewPCG(1, 1)), 1.1, 3, words-1)
	held := &heldTexts{offsets: []int{0}}
	c := &Corpus{Words: make([]string, words), Counts: make([]int, words), Texts: held}
	for i := range words {
		c.Words[i] = string(rune('一' + i))
		c.Counts[i] = 1
	}
	for range texts {
		for range length {
			id := int32(zipf.Uint64())
			held.ids = append(held.ids, id)
			c.Counts[id]++
		}
		held.offsets = append(held.offsets, len(held.ids))
	}
	var last Progress
	report := func(b *testing.B, name string, train func() error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := train(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(math.Round(last.WordsPerSecond), "words/s")
		})
	}
	progress := func(p Progress) { last = p }
	for _, skipGram := range []bool{false, true} {
		name := map[bool]string{false: "CBOW", true: "SkipGram"}[skipGram]
		report(b, name, func() error {
			_, err := Word2Vec{SkipGram: skipGram, Epochs: 1, Progress: progress}.Train(context.Background(), c)
			return err
		})
	}
	report(b, "GloVe", func() error { // words/s are pairs of words
		_, err := GloVe{Epochs: 1, Progress: progress}.Train(context.Background(), c)
		return err
	})
}
