package fit_test

import (
	"slices"
	"testing"

	"github.com/gomlx/gomlx/core/tensors"

	"sparseq/pkg/fit"
)

// epoch returns the batches of an epoch of rows: the first value of each row, and its label.
func epoch(t *testing.T, r *fit.Rows) (first [][]int32, labels [][]float32) {
	t.Helper()
	for b, err := range r.Iter() {
		if err != nil {
			t.Fatal(err)
		}
		flat := tensors.MustCopyFlatData[int32](b.Inputs[0])
		width := b.Inputs[0].Shape().Dim(1)
		var column []int32
		for row := range slices.Chunk(flat, width) {
			column = append(column, row[0])
		}
		first = append(first, column)
		labels = append(labels, tensors.MustCopyFlatData[float32](b.Labels[0]))
		if got := b.Labels[0].Shape().Dimensions; !slices.Equal(got, []int{len(column), 1}) {
			t.Errorf("the labels' shape is %v", got)
		}
		if err := b.Finalize(); err != nil {
			t.Fatal(err)
		}
	}
	return first, labels
}

// numbered makes n rows of two values, 10·i and 10·i+1, labelled i.
func numbered(n int) *fit.Rows {
	var x []int32
	var y []float32
	for i := range n {
		x = append(x, int32(10*i), int32(10*i+1))
		y = append(y, float32(i))
	}
	return fit.NewRows(x, 2, y)
}

func TestRowsInOrder(t *testing.T) {
	r := numbered(5).Batch(2)
	if r.Len() != 5 || r.Batches() != 3 {
		t.Errorf("%d rows in %d batches", r.Len(), r.Batches())
	}
	for range 2 { // an epoch is like the other
		first, labels := epoch(t, r)
		want := [][]int32{{0, 10}, {20, 30}, {40}}
		if !slices.EqualFunc(first, want, slices.Equal[[]int32]) {
			t.Errorf("the batches are %v, want %v", first, want)
		}
		if !slices.EqualFunc(labels, [][]float32{{0, 1}, {2, 3}, {4}}, slices.Equal[[]float32]) {
			t.Errorf("the labels are %v", labels)
		}
	}
}

func TestRowsShuffled(t *testing.T) {
	r, again := numbered(100).Batch(30).Shuffle(1), numbered(100).Batch(30).Shuffle(1)
	var former []int32
	for range 3 {
		first, labels := epoch(t, r)
		same, _ := epoch(t, again)
		order := slices.Concat(first...)
		if !slices.Equal(order, slices.Concat(same...)) {
			t.Error("the same seed gives another order")
		}
		if slices.Equal(order, former) {
			t.Error("an epoch has the order of the one before")
		}
		former = slices.Clone(order)
		for i, label := range slices.Concat(labels...) {
			if order[i] != int32(10*label) {
				t.Fatalf("row %d has the label %v", order[i], label)
			}
		}
		slices.Sort(order)
		for i, v := range order {
			if v != int32(10*i) {
				t.Fatal("not each row is there once")
			}
		}
	}
	if other, _ := epoch(t, numbered(100).Batch(30).Shuffle(2)); slices.Equal(slices.Concat(other...), former) {
		t.Error("another seed gives the same order")
	}
}

func TestRowsErrors(t *testing.T) {
	labels := make([]float32, 3)
	for _, c := range []struct {
		rows *fit.Rows
		says string
	}{
		{fit.NewRows(make([]float32, 10), 4, nil), "10 values are not a whole number of rows of 4"},
		{fit.NewRows(make([]float32, 8), 4, labels), "2 rows have 3 labels"},
		{fit.NewRows(make([]float32, 8), 0, labels), "a width of 1 or more, not 0"},
		{fit.NewRows([]uint8(nil), 4, nil), "there are no rows"},
		{fit.NewRows(make([]uint8, 12), 4, labels).Batch(0), "a batch needs 1 row or more, not 0"},
	} {
		b := goBackend(t)
		_, err := fit.Train(t.TempDir()+"/run", b, network, c.rows, rows(10, 1), fit.Settings{Epochs: 1})
		says(t, err, c.says)
		for _, err := range c.rows.Iter() {
			says(t, err, c.says)
		}
	}
}
