package wordvec

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// cooccurrence is how often two words occur near each other.
type cooccurrence struct {
	i, j int32   // j ≤ i
	x    float32 // the sum of 1/distance
}

const (
	countBytes  = 32 << 20 // of sums that one counter holds at a time
	maxCounters = 4
)

// cooccurrences counts all pairs of words up to window apart, each once, with j ≤ i, in the
// order of i and j; a word that stands beside itself is in its own context twice. It goes through the texts once for every some rows i, whose sums it holds in
// full: no sorting, and no more memory than that and the result.
func cooccurrences(ctx context.Context, c *Corpus, window, maxPairs, workers int) ([]cooccurrence, error) {
	var bounds []int // of the blocks of rows
	cells := countBytes / 4
	for i := range c.Words {
		if cells += i + 1; cells > countBytes/4 {
			bounds = append(bounds, i)
			cells = i + 1
		}
	}
	blocks := make([][]cooccurrence, len(bounds))
	bounds = append(bounds, len(c.Words))
	var next, total atomic.Int64
	var failed atomic.Pointer[error]
	var all sync.WaitGroup
	for range min(workers, len(blocks)) {
		all.Go(func() {
			var sums []float32
			for ctx.Err() == nil && failed.Load() == nil {
				b := int(next.Add(1)) - 1
				if b >= len(blocks) {
					return
				}
				rows := rowSums{first: bounds[b], end: bounds[b+1]}
				sums = slices.Grow(sums[:0], rows.start(rows.end))[:rows.start(rows.end)]
				clear(sums)
				rows.sums = sums
				err := rows.count(ctx, c, window)
				if err == nil {
					blocks[b] = rows.pairs()
					if total.Add(int64(len(blocks[b]))) > int64(maxPairs) {
						err = fmt.Errorf("the texts have more than %d different pairs of words up to %d apart: take fewer texts, a smaller window, only more frequent words, or raise MaxPairs (12 bytes each)", maxPairs, window)
					}
				}
				if err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := failed.Load(); err != nil {
		return nil, *err
	}
	pairs := make([]cooccurrence, 0, total.Load())
	for b := range blocks {
		pairs = append(pairs, blocks[b]...)
		blocks[b] = nil
	}
	if len(pairs) == 0 {
		return nil, fmt.Errorf("no two words stand in one text: there is nothing to learn from")
	}
	return pairs, nil
}

// rowSums are the sums of the rows first … end-1 for all columns up to the row's own.
type rowSums struct {
	first, end int
	sums       []float32
}

// start is where a row begins in sums: the rows before have first+1, first+2, … columns.
func (r *rowSums) start(row int) int {
	return row*(row+1)/2 - r.first*(r.first+1)/2
}

func (r *rowSums) count(ctx context.Context, c *Corpus, window int) error {
	for n := range c.Texts.Len() {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		ids := c.Texts.IDs(n)
		if slices.ContainsFunc(ids, func(id int32) bool { return id < 0 }) {
			ids = slices.DeleteFunc(slices.Clone(ids), func(id int32) bool { return id < 0 })
		}
		for at, id := range ids {
			if int(id) >= len(c.Words) {
				return fmt.Errorf("text %d: id %d is none of the %d words of the corpus", n, id, len(c.Words))
			}
			if int(id) < r.first || int(id) >= r.end {
				continue
			}
			row := r.sums[r.start(int(id)):][:id+1]
			for d := 1; d <= window; d++ {
				if before := at - d; before >= 0 && ids[before] <= id {
					row[ids[before]] += 1 / float32(d)
				}
				if after := at + d; after < len(ids) && ids[after] <= id {
					row[ids[after]] += 1 / float32(d)
				}
			}
		}
	}
	return nil
}

// pairs are the sums above 0.
func (r *rowSums) pairs() []cooccurrence {
	n := 0
	for _, x := range r.sums {
		if x > 0 {
			n++
		}
	}
	pairs := make([]cooccurrence, 0, n)
	for i := r.first; i < r.end; i++ {
		for j, x := range r.sums[r.start(i):r.start(i+1)] {
			if x > 0 {
				pairs = append(pairs, cooccurrence{int32(i), int32(j), x})
			}
		}
	}
	return pairs
}
