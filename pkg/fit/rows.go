package fit

import (
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
	// input copies the rows of these numbers into a tensor [size, width]; the rows beyond
	// the numbers are zero.
	input func(numbers []int, size int) *tensors.Tensor
}

// NewRows makes rows of x, which holds len(x)/width of them, and of one label a row, in
// batches of 512 in the order given. Labels may be nil where they are not known. Sizes that
// do not fit are an error of whatever uses the rows.
func NewRows[T Value](x []T, width int, labels []float32) *Rows {
	r := &Rows{width: width, batch: 512, labels: labels}
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
	r.input = func(numbers []int, size int) *tensors.Tensor {
		flat := make([]T, size*width)
		for i, k := range numbers {
			copy(flat[i*width:(i+1)*width], x[k*width:])
		}
		return tensors.FromFlatDataAndDimensions(flat, size, width)
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
		order := r.order()
		for len(order) > 0 {
			numbers := order[:min(r.batch, len(order))]
			order = order[len(numbers):]
			if !yield(r.take(numbers, len(numbers)), nil) {
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

// order returns the numbers of the rows as this epoch sees them, and starts the next.
func (r *Rows) order() []int {
	if !r.shuffled {
		order := make([]int, r.n)
		for i := range order {
			order[i] = i
		}
		return order
	}
	order := rand.New(rand.NewPCG(r.seed, r.epoch)).Perm(r.n)
	r.epoch++
	return order
}

// take makes a batch of size rows: those of the numbers, then zeros.
func (r *Rows) take(numbers []int, size int) train.Batch {
	b := train.Batch{Inputs: []*tensors.Tensor{r.input(numbers, size)}}
	if r.labels != nil {
		labels := make([]float32, size)
		for i, k := range numbers {
			labels[i] = r.labels[k]
		}
		b.Labels = []*tensors.Tensor{tensors.FromFlatDataAndDimensions(labels, size, 1)}
	}
	return b
}

// inOrder yields the rows as they are in the array, in batches that are all of one size, for
// the model to be compiled once: zeros fill the last.
func (r *Rows) inOrder() iter.Seq2[train.Batch, error] {
	return func(yield func(train.Batch, error) bool) {
		if r.err != nil {
			yield(train.Batch{}, r.err)
			return
		}
		size := min(r.batch, r.n)
		for from := 0; from < r.n; from += size {
			numbers := make([]int, min(size, r.n-from))
			for i := range numbers {
				numbers[i] = from + i
			}
			if !yield(r.take(numbers, size), nil) {
				return
			}
		}
	}
}
