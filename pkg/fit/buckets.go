package fit

import (
	"fmt"
	"slices"
)

// Buckets returns the same rows with each batch only as wide as its rows need, which saves the
// time of reading pads: a row goes with rows of about its own length into a bucket, the
// narrowest of the given widths, or of the rows' own, that holds it. How long a row is says
// its last value that is not 0, so the pads stand after the values.
//
// A batch is then [batch, width of its bucket]. Each width costs a compiling of the model, so
// take few. The rows that do not fill a batch of their bucket go into the next wider one, so
// that but for the last of the widest all batches are full. Shuffled rows come in batches of
// random widths; the others from the narrowest to the widest. What predicts still gives the
// rows in the order of their array.
func (r *Rows) Buckets(widths ...int) *Rows {
	c := *r
	if c.err != nil {
		return &c
	}
	for _, w := range widths {
		if w < 1 || w > r.width {
			c.err = fmt.Errorf("the width of a bucket is from 1 to that of the rows, %d, not %d", r.width, w)
			return &c
		}
	}
	c.widths = slices.Concat(widths, []int{r.width})
	slices.Sort(c.widths)
	c.widths = slices.Compact(c.widths)
	c.lengths = make([]int, r.n)
	for k := range c.lengths {
		c.lengths[k] = r.length(k)
	}
	return &c
}

// group is the rows of a batch, by their numbers, and how many values of them it takes.
type group struct {
	numbers []int
	width   int
}

// groups parts the rows, taken in the given order, into batches of size.
func (r *Rows) groups(order []int, size int) (groups []group) {
	buckets := make([][]int, len(r.widths))
	for _, k := range order {
		at := 0
		if len(r.widths) > 1 {
			at, _ = slices.BinarySearch(r.widths, r.lengths[k])
		}
		buckets[at] = append(buckets[at], k)
	}
	var left []int // of the narrower buckets
	for at, width := range r.widths {
		rows := append(left, buckets[at]...)
		for len(rows) >= size {
			groups = append(groups, group{rows[:size:size], width})
			rows = rows[size:]
		}
		left = rows
	}
	if len(left) > 0 {
		groups = append(groups, group{left, r.width})
	}
	return groups
}
