package fit

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"

	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/train"
)

// Value is what a row is made of: packed bits or small numbers, ids, or measures.
type Value interface{ uint8 | int32 | float32 }

// Rows are examples of one width, one after the other in an array that is not copied.
// They are a GoMLX data set whose batches have one input, [batch, width] of the array's type,
// and one label, [batch, 1] float32; the last batch of an epoch may have fewer rows.
type Rows struct {
	width, n int
	batch    int
	labels   []float32
	shuffled bool
	seed     uint64
	epoch    uint64
	err      error
	widths   []int // of the buckets, rising; the last is that of the rows
	lengths  []int // [row]; known where there are several widths
	// input copies the first values of the rows of a batch into a tensor [size, width]; what
	// lies beyond the rows is zero.
	input func(g group, size int) *tensors.Tensor
	// length returns how many values a row has up to the last that is not 0.
	length func(number int) int
	// sum returns what tells these values and their width from others.
	sum func() []byte
}

// NewRows makes rows of x, which holds len(x)/width of them, and of one label a row, in
// batches of 512 in the order given. Labels may be nil where they are not known. Sizes that
// do not fit are an error of whatever uses the rows.
func NewRows[T Value](x []T, width int, labels []float32) *Rows {
	r := &Rows{width: width, batch: 512, labels: labels, widths: []int{width}}
	switch {
	case width < 1:
		r.err = fmt.Errorf("rows need a width of 1 or more, not %d", width)
	case len(x)%width != 0:
		r.err = fmt.Errorf("%d values are not a whole number of rows of %d", len(x), width)
	case len(x) == 0:
		r.err = errors.New("there are no rows")
	case labels != nil && len(labels) != len(x)/width:
		r.err = fmt.Errorf("%d rows have %d labels: each needs one", len(x)/width, len(labels))
	default:
		r.n = len(x) / width
	}
	r.input = func(g group, size int) *tensors.Tensor {
		flat := make([]T, size*g.width)
		for i, k := range g.numbers {
			copy(flat[i*g.width:(i+1)*g.width], x[k*width:])
		}
		return tensors.FromFlatDataAndDimensions(flat, size, g.width)
	}
	r.length = func(number int) int {
		n := width
		for n > 0 && x[number*width+n-1] == 0 {
			n--
		}
		return n
	}
	r.sum = func() []byte {
		h := sha256.New()
		fmt.Fprintf(h, "%T %d ", x, width)
		_ = binary.Write(h, binary.LittleEndian, x) // a hash takes all
		return h.Sum(nil)[:8]
	}
	return r
}

// Batch returns the same rows in batches of size.
func (r *Rows) Batch(size int) *Rows {
	c := *r
	if c.batch = size; size < 1 && c.err == nil {
		c.err = fmt.Errorf("a batch needs 1 row or more, not %d", size)
	}
	return &c
}

// Shuffle returns the same rows in an order drawn from seed, another one each epoch.
func (r *Rows) Shuffle(seed uint64) *Rows {
	c := *r
	c.shuffled, c.seed, c.epoch = true, seed, 0
	return &c
}

// Len returns the number of rows.
func (r *Rows) Len() int { return r.n }

// Batches returns the number of batches of an epoch.
func (r *Rows) Batches() int {
	if r.batch < 1 {
		return 0
	}
	return (r.n + r.batch - 1) / r.batch
}

// Name is what GoMLX calls the data set in its errors.
func (r *Rows) Name() string { return fmt.Sprintf("%d rows of %d", r.n, r.width) }

// Iter yields the batches of the next epoch. It implements GoMLX's train.Dataset.
func (r *Rows) Iter() iter.Seq2[train.Batch, error] {
	return func(yield func(train.Batch, error) bool) {
		if r.err != nil {
			yield(train.Batch{}, r.err)
			return
		}
		for _, g := range r.epochGroups() {
			if !yield(r.take(g, len(g.numbers)), nil) {
				return
			}
		}
	}
}

// even returns the rows, in order and in batches of one size where there is one no smaller
// than half the batch: to measure, unlike to train, any size does, and each costs a compiling.
func (r *Rows) even() *Rows {
	c := *r
	c.shuffled = false
	for size := min(r.batch, r.n); size > 0 && size >= r.batch/2; size-- {
		if r.n%size == 0 {
			c.batch = size
			break
		}
	}
	return &c
}

// epochGroups returns the batches as this epoch sees them, and starts the next.
func (r *Rows) epochGroups() []group {
	if !r.shuffled {
		return r.groups(r.inArray(), r.batch)
	}
	draw := rand.New(rand.NewPCG(r.seed, r.epoch))
	r.epoch++
	groups := r.groups(draw.Perm(r.n), r.batch)
	if len(r.widths) > 1 { // else they are in random order already
		draw.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	}
	return groups
}

// inArray returns the numbers of the rows in the order of the array.
func (r *Rows) inArray() []int {
	order := make([]int, r.n)
	for i := range order {
		order[i] = i
	}
	return order
}

// take makes a batch of size rows: those of the group, then zeros.
func (r *Rows) take(g group, size int) train.Batch {
	b := train.Batch{Inputs: []*tensors.Tensor{r.input(g, size)}}
	if r.labels != nil {
		labels := make([]float32, size)
		for i, k := range g.numbers {
			labels[i] = r.labels[k]
		}
		b.Labels = []*tensors.Tensor{tensors.FromFlatDataAndDimensions(labels, size, 1)}
	}
	return b
}

// filled yields the rows in batches that are all of one size, for the model to be compiled
// once a width: zeros fill the last. The numbers are those of the rows in the order in which
// they come.
func (r *Rows) filled() (batches iter.Seq2[train.Batch, error], numbers []int) {
	if r.err != nil {
		return func(yield func(train.Batch, error) bool) { yield(train.Batch{}, r.err) }, nil
	}
	size := min(r.batch, r.n)
	groups := r.groups(r.inArray(), size)
	for _, g := range groups {
		numbers = append(numbers, g.numbers...)
	}
	return func(yield func(train.Batch, error) bool) {
		for _, g := range groups {
			if !yield(r.take(g, size), nil) {
				return
			}
		}
	}, numbers
}
