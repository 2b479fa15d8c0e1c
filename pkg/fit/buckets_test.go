package fit_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
)

const longest = 16

// sequences makes n rows of 1 to 16 numbers, then zeros; the first is the number of the row,
// from 1, which is its label too.
func sequences(n int, seed uint64) (x []int32, labels []float32, lengths []int) {
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range n {
		row := make([]int32, longest)
		row[0] = int32(i + 1)
		length := 1 + r.IntN(longest)
		for t := 1; t < length; t++ {
			row[t] = int32(r.IntN(3)) // zeros inside as well
		}
		row[length-1] = max(row[length-1], 1)
		x, labels, lengths = append(x, row...), append(labels, float32(i+1)), append(lengths, length)
	}
	return x, labels, lengths
}

// batch is what came of one: its width, and the number of each row.
type batch struct {
	width   int
	numbers []int32
}

// bucketEpoch returns the batches of an epoch, having seen that rows are whole and labels theirs.
func bucketEpoch(t *testing.T, rows *fit.Rows, x []int32) (batches []batch) {
	t.Helper()
	for b, err := range rows.Iter() {
		if err != nil {
			t.Fatal(err)
		}
		width := b.Inputs[0].Shape().Dim(1)
		flat, labels := tensors.MustCopyFlatData[int32](b.Inputs[0]), tensors.MustCopyFlatData[float32](b.Labels[0])
		seen := batch{width: width}
		for i, label := range labels {
			row, want := flat[i*width:(i+1)*width], x[(int(label)-1)*longest:int(label)*longest]
			if !slices.Equal(row, want[:width]) {
				t.Fatalf("row %g is %v in a batch of width %d, not the beginning of %v", label, row, width, want)
			}
			if slices.ContainsFunc(want[width:], func(v int32) bool { return v != 0 }) {
				t.Fatalf("row %g is cut: %d of %v", label, width, want)
			}
			seen.numbers = append(seen.numbers, row[0])
		}
		batches = append(batches, seen)
		if err := b.Finalize(); err != nil {
			t.Fatal(err)
		}
	}
	return batches
}

// all returns the numbers of the rows of the batches, in order.
func all(batches []batch) (numbers []int32) {
	for _, b := range batches {
		numbers = append(numbers, b.numbers...)
	}
	return numbers
}

func TestBucketsHoldEachRowOnceAnEpoch(t *testing.T) {
	for _, n := range []int{1, 7, 100, 128} {
		for _, size := range []int{1, 8, 200} {
			for _, widths := range [][]int{nil, {4}, {8, 4, 12, 8}, {longest}, {1, 2, 3}} {
				x, labels, _ := sequences(n, 2)
				rows := fit.NewRows(x, longest, labels).Batch(size).Shuffle(3).Buckets(widths...)
				name := fmt.Sprint(n, " rows, batches of ", size, ", widths ", widths)
				for range 2 {
					batches := bucketEpoch(t, rows, x)
					if len(batches) != rows.Batches() {
						t.Errorf("%s: %d batches, Batches says %d", name, len(batches), rows.Batches())
					}
					numbers := all(batches)
					slices.Sort(numbers)
					for i, v := range numbers {
						if len(numbers) != n || v != int32(i+1) {
							t.Fatalf("%s: not each row is there once: %v", name, numbers)
						}
					}
					for _, b := range batches {
						if len(b.numbers) < size && b.width != longest {
							t.Errorf("%s: a batch of width %d has %d rows", name, b.width, len(b.numbers))
						}
						if !slices.Contains(append([]int{longest}, widths...), b.width) {
							t.Errorf("%s: a batch has the width %d", name, b.width)
						}
					}
				}
			}
		}
	}
}

// A row is in no wider a bucket than it needs, but for those that filled no batch.
func TestBucketsAreNarrow(t *testing.T) {
	const n, size = 1000, 10
	x, labels, lengths := sequences(n, 4)
	rows := fit.NewRows(x, longest, labels).Batch(size).Shuffle(1).Buckets(4, 8, 12)
	wider := 0
	for _, b := range bucketEpoch(t, rows, x) {
		for _, k := range b.numbers {
			if need := (lengths[k-1] + 3) / 4 * 4; b.width > need {
				wider++
			}
		}
	}
	// At most size-1 leave each of three buckets, and may go through all that follow.
	if wider > 3*(size-1) {
		t.Errorf("%d rows are in a wider bucket than theirs", wider)
	}
}

func TestBucketsAreShuffledBySeedAndEpoch(t *testing.T) {
	x, labels, _ := sequences(200, 5)
	rows := fit.NewRows(x, longest, labels).Batch(10)
	a, b := rows.Shuffle(1).Buckets(4, 8), rows.Buckets(8, 4).Shuffle(1)
	var former []int32
	for range 3 {
		batches := bucketEpoch(t, a, x)
		if again := bucketEpoch(t, b, x); !slices.Equal(all(batches), all(again)) {
			t.Fatal("the same seed gives another order")
		}
		if slices.Equal(all(batches), former) {
			t.Error("an epoch has the order of the one before")
		}
		former = all(batches)
		if slices.IsSortedFunc(batches, func(a, b batch) int { return a.width - b.width }) {
			t.Error("the batches come from narrow to wide")
		}
	}
	if slices.Equal(all(bucketEpoch(t, rows.Shuffle(2).Buckets(4, 8), x)), former) {
		t.Error("another seed gives the same order")
	}
	inOrder := bucketEpoch(t, rows.Buckets(4, 8), x)
	if !slices.IsSortedFunc(inOrder, func(a, b batch) int { return a.width - b.width }) {
		t.Error("unshuffled, the batches do not come from narrow to wide")
	}
}

// summed is a model whose answer does not depend on how many pads follow.
func summed(scope *model.Scope, _ any, in []*graph.Node) []*graph.Node {
	x := graph.ConvertDType(in[0], dtypes.Float32)
	ones := graph.ReduceAndKeep(graph.ConvertDType(graph.Equal(in[0], graph.OnesLike(in[0])), dtypes.Float32), graph.ReduceSum, -1)
	x = graph.Concatenate([]*graph.Node{graph.ReduceAndKeep(x, graph.ReduceSum, -1), ones}, -1)
	return []*graph.Node{layers.DenseWithBias(scope, graph.MulScalar(x, .05), 1)}
}

// heavy labels a row 1 where the sum of its values is more than its length.
func heavy(n int, seed uint64) (x []int32, labels []float32) {
	x, _, lengths := sequences(n, seed)
	for i := range n {
		sum := int32(0)
		x[i*longest] = 1
		for _, v := range x[i*longest : (i+1)*longest] {
			sum += v
		}
		label := float32(0)
		if int(sum) > lengths[i] {
			label = 1
		}
		labels = append(labels, label)
	}
	return x, labels
}

func TestPredictKeepsTheOrderOfTheArray(t *testing.T) {
	onBoth(t, func(t *testing.T, b compute.Backend) {
		x, labels := heavy(203, 6)
		rows := fit.NewRows(x, longest, labels).Batch(16)
		run := must(fit.Untrained(b, summed, rows, 1))(t)
		plain := must(run.Predict(b, summed, rows))(t)
		bucketed := must(run.Predict(b, summed, rows.Shuffle(3).Buckets(4, 8, 12)))(t)
		if len(plain) != len(bucketed) {
			t.Fatalf("%d answers in buckets, %d without", len(bucketed), len(plain))
		}
		for i := range plain {
			if math.Abs(float64(plain[i]-bucketed[i])) > 1e-6 {
				t.Fatalf("row %d: %g in buckets, %g without", i, bucketed[i], plain[i])
			}
		}
	})
}

// The validation figures are the same, and a run that is continued in buckets is as one that
// never stopped.
func TestTrainInBuckets(t *testing.T) {
	b := goBackend(t)
	x, y := heavy(300, 7)
	vx, vy := heavy(90, 8)
	validation := fit.NewRows(vx, longest, vy).Batch(32)
	training := fit.NewRows(x, longest, y).Batch(32).Shuffle(9).Buckets(4, 8)
	learn := func(dir string, epochs int, existing fit.Existing) *fit.Run {
		return must(fit.Train(dir, b, summed, training, validation.Buckets(4, 8),
			fit.Settings{Epochs: epochs, Seed: 1, Existing: existing, Optimizer: fit.Adam(.02)}))(t)
	}
	whole := learn(filepath.Join(t.TempDir(), "whole"), 6, fit.Restart)
	parts := filepath.Join(t.TempDir(), "parts")
	learn(parts, 2, fit.Restart)
	same(t, learn(parts, 6, fit.Continue).History, whole.History)

	p := must(whole.Predict(b, summed, validation))(t)
	loss := 0.
	for i, label := range vy {
		q := float64(p[i])
		if label == 0 {
			q = 1 - q
		}
		loss -= math.Log(q) / float64(len(vy))
	}
	if best := whole.History[whole.Best]; math.Abs(loss-best.ValidationLoss) > 1e-5 {
		t.Errorf("the validation loss is %g, the history says %g", loss, best.ValidationLoss)
	}
	if _, err := fit.Train(parts, b, summed, training.Buckets(6), validation,
		fit.Settings{Epochs: 8, Seed: 1, Existing: fit.Continue, Optimizer: fit.Adam(.02)}); err == nil {
		t.Error("other buckets continue the run")
	}
}

func TestBucketErrors(t *testing.T) {
	x, y := heavy(10, 1)
	rows := fit.NewRows(x, longest, y)
	for _, c := range []struct {
		rows *fit.Rows
		says string
	}{
		{rows.Buckets(0), "the width of a bucket is from 1 to that of the rows, 16, not 0"},
		{rows.Buckets(8, 17), "the width of a bucket is from 1 to that of the rows, 16, not 17"},
		{fit.NewRows(x, 0, y).Buckets(4), "a width of 1 or more, not 0"},
	} {
		for _, err := range c.rows.Iter() {
			says(t, err, c.says)
		}
	}
}

// A model that answers for each step answers in rows of as many numbers as its bucket is wide.
func TestOutputsOfSeveralWidths(t *testing.T) {
	b := goBackend(t)
	x, y := heavy(64, 9)
	rows := fit.NewRows(x, longest, y).Batch(8)
	each := func(_ *model.Scope, _ any, in []*graph.Node) []*graph.Node {
		return []*graph.Node{graph.ConvertDType(in[0], dtypes.Float32)}
	}
	run := must(fit.Untrained(b, each, rows, 1))(t)
	_, _, err := run.Outputs(b, each, rows.Buckets(8))
	says(t, err, "8 numbers a row for some rows and 16 for others", "without Buckets")
	if _, width, err := run.Outputs(b, each, rows); err != nil || width != longest {
		t.Errorf("%d numbers a row: %v", width, err)
	}
}

// BenchmarkBuckets makes the batches of an epoch of 22,500 reviews of up to 256 words.
func BenchmarkBuckets(b *testing.B) {
	const reviews, width = 22_500, 256
	r := rand.New(rand.NewPCG(1, 2))
	x := make([]int32, reviews*width)
	for row := range slices.Chunk(x, width) {
		for t := range 50 + r.IntN(width-49) {
			row[t] = 1 + r.Int32N(9_999)
		}
	}
	rows := fit.NewRows(x, width, make([]float32, reviews)).Batch(125).Shuffle(1).Buckets(128, 192)
	for b.Loop() {
		for batch, err := range rows.Iter() {
			if err != nil {
				b.Fatal(err)
			}
			if err := batch.Finalize(); err != nil {
				b.Fatal(err)
			}
		}
	}
}
