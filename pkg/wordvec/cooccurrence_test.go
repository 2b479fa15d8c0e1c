package wordvec

import (
	"context"
	"math/rand/v2"
	"testing"
)

func TestCooccurrences(t *testing.T) {
	c := readLines(t, []string{"a b c a", "a a", "b"}, 1) // ids a 0, b 1, c 2
	pairs, err := cooccurrences(context.Background(), c, 2, 100, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []cooccurrence{{0, 0, 2}, {1, 0, 1 + .5}, {2, 0, .5 + 1}, {2, 1, 1}}
	if len(pairs) != len(want) {
		t.Fatalf("%v, want %v", pairs, want)
	}
	for i := range want {
		if pairs[i] != want[i] {
			t.Errorf("pair %d is %v, want %v", i, pairs[i], want[i])
		}
	}
	_, err = cooccurrences(context.Background(), c, 2, 3, 1)
	wantError(t, err, "more than 3 different pairs of words up to 2 apart")
	_, err = cooccurrences(context.Background(), readLines(t, []string{"a", "b"}, 1), 2, 3, 1)
	wantError(t, err, "no two words stand in one text")
	c.Texts = passes{[]int32{0, 3}}
	_, err = cooccurrences(context.Background(), c, 2, 100, 1)
	wantError(t, err, "id 3 is none of the 3 words")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := cooccurrences(ctx, c, 2, 100, 2); err != context.Canceled {
		t.Errorf("the error is %v", err)
	}
}

// The sums of several blocks of rows, by several workers, are those of the plain definition.
func TestCooccurrencesBlocks(t *testing.T) {
	const words, window = 6000, 3 // 18 million sums, of which a block holds 8
	random := rand.New(rand.NewPCG(1, 1))
	held := &heldTexts{offsets: []int{0}}
	counts := make([]int, words)
	want := map[[2]int32]float64{}
	for range 300 {
		var text []int32
		for range random.IntN(60) {
			id := int32(random.IntN(random.IntN(words) + 1))
			text = append(text, id)
			counts[id]++
		}
		for p, a := range text {
			for q, b := range text {
				if d := max(p-q, q-p); p != q && d <= window && a >= b {
					want[[2]int32{a, b}] += 1 / float64(d)
				}
			}
		}
		held.ids = append(held.ids, text...)
		held.ids = append(held.ids, -1) // passed over
		held.offsets = append(held.offsets, len(held.ids))
	}
	c := &Corpus{Words: make([]string, words), Counts: counts, Texts: held}
	pairs, err := cooccurrences(context.Background(), c, window, 1e6, 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(pairs) != len(want) {
		t.Errorf("%d pairs, want %d", len(pairs), len(want))
	}
	for n, p := range pairs {
		near(t, "a sum", float64(p.x), want[[2]int32{p.i, p.j}], 1e-5)
		if n > 0 && (pairs[n-1].i > p.i || pairs[n-1].i == p.i && pairs[n-1].j >= p.j) {
			t.Fatalf("%v comes after %v", p, pairs[n-1])
		}
	}
}
