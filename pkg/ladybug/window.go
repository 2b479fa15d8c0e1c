package ladybug

import (
	"fmt"
	"iter"
)

// Windows are all pieces of a walk of Size points, each with the Ahead points that follow it. They
// are cut when they are asked for: only the walk is held.
type Windows struct {
	Points      []Point
	Size, Ahead int
}

// Len is the number of windows.
func (w Windows) Len() int {
	if w.Size < 1 || w.Ahead < 1 {
		return 0
	}
	return max(0, len(w.Points)-w.Size-w.Ahead+1)
}

// At is window i and what follows it: parts of the walk, not copies.
func (w Windows) At(i int) (window, next []Point) {
	middle := i + w.Size
	return w.Points[i:middle:middle], w.Points[middle : middle+w.Ahead]
}

// Batch is some windows, X [rows, size, 2], and what follows them, Y [rows, ahead, 2], row after
// row.
type Batch struct {
	Rows int
	X, Y []float32
}

// Batches yields the windows of the given numbers, in their order, size at a time; the last batch
// may have fewer. A batch is made when it is asked for, and belongs to the receiver.
func (w Windows) Batches(size int, numbers []int) iter.Seq[Batch] {
	if size < 1 {
		panic(fmt.Sprintf("ladybug: a batch has 1 window or more, not %d", size))
	}
	return func(yield func(Batch) bool) {
		for len(numbers) > 0 {
			rows := min(size, len(numbers))
			b := Batch{Rows: rows, X: make([]float32, 0, rows*w.Size*2), Y: make([]float32, 0, rows*w.Ahead*2)}
			for _, i := range numbers[:rows] {
				window, next := w.At(i)
				b.X, b.Y = Flat(b.X, window), Flat(b.Y, next)
			}
			if !yield(b) {
				return
			}
			numbers = numbers[rows:]
		}
	}
}

// Flat appends the coordinates of points to a slice.
func Flat(to []float32, points []Point) []float32 {
	for _, p := range points {
		to = append(to, float32(p[0]), float32(p[1]))
	}
	return to
}
