package sentiment_test

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
	"sparseq/pkg/sentiment"
	"sparseq/pkg/text"
)

const width = 12

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func goBackend(t testing.TB) compute.Backend { return must(gobackend.New(""))(t) }

// reviews makes rows of ids below 40, of which odd ones are good news and even ones bad, padded
// to the width on the right.
func reviews(n int, seed uint64) (ids []int32, labels []float32) {
	r := rand.New(rand.NewPCG(seed, 1))
	for range n {
		balance := 0
		row := make([]int32, width)
		for t := range 1 + r.IntN(width) {
			row[t] = int32(4 + r.IntN(36))
			balance += 2*int(row[t]%2) - 1
		}
		ids = append(ids, row...)
		label := float32(0)
		if balance > 0 {
			label = 1
		}
		labels = append(labels, label)
	}
	return ids, labels
}

// trained trains a model for a few epochs.
func trained(t testing.TB, m sentiment.Mean) *fit.Run {
	t.Helper()
	x, y := reviews(512, 1)
	vx, vy := reviews(128, 2)
	return must(fit.Train(filepath.Join(t.TempDir(), "mean"), goBackend(t), m.Model,
		fit.NewRows(x, width, y).Batch(32).Shuffle(1), fit.NewRows(vx, width, vy),
		fit.Settings{Epochs: 15, Seed: 1, Optimizer: fit.Adam(.03)}))(t)
}

var small = sentiment.Mean{Rows: 40, Units: 3}

func TestMeanLearns(t *testing.T) {
	run := trained(t, small)
	if a := run.History[run.Best].ValidationAccuracy; a < .9 {
		t.Errorf("the accuracy is %g", a)
	}
}

// The logit is that of the definition, computed from the weights alone.
func TestContributionsAddUp(t *testing.T) {
	run := trained(t, small)
	w := must(sentiment.Read(run))(t)
	x, _ := reviews(50, 3)
	x = append(x, make([]int32, width)...) // a row of pads alone
	logits, _, err := run.Outputs(goBackend(t), small.Model, fit.NewRows(x, width, nil))
	if err != nil {
		t.Fatal(err)
	}
	for i, logit := range logits {
		row := x[i*width : (i+1)*width]
		sum := w.Bias
		for j, add := range w.Contributions(row) {
			if row[j] == text.Pad && add != 0 {
				t.Errorf("row %d: a pad adds %g", i, add)
			}
			sum += add
		}
		if math.Abs(sum-float64(logit)) > 1e-5 {
			t.Errorf("row %d: the contributions and the bias are %g, the logit %g", i, sum, logit)
		}
	}
	if last := float64(logits[len(logits)-1]); last != w.Bias {
		t.Errorf("no words give the logit %g, not the bias %g", last, w.Bias)
	}
}

// What the model is, with weights and logits computed by NumPy 2.4 in 64 bits.
func TestMeanGolden(t *testing.T) {
	table := [][]float32{{9, -9}, {.5, -.25}, {1, 2}, {-3, .75}}
	w, b := [][]float32{{.5}, {-2}}, []float32{.125}
	rows := [][]int32{{1, 2, 0}, {3, 3, 3}, {0, 0, 0}, {2, 0, 1}}
	for _, test := range []struct {
		m    sentiment.Mean
		want []float64
	}{
		{sentiment.Mean{Rows: 4, Units: 2}, []float64{-1.25, -2.875, .125, -1.25}},
		{sentiment.Mean{Rows: 4, Units: 2, Dropout: .5}, []float64{-1.25, -2.875, .125, -1.25}}, // for training only
		{sentiment.Mean{Rows: 4, Units: 2, CountPads: true}, []float64{6.708333333333333, -2.875, 22.625, 6.708333333333333}},
	} {
		m := test.m
		store := model.NewStore()
		for path, value := range map[string]any{"/embedding/embeddings": table, "/out/dense/weights": w, "/out/dense/biases": b} {
			store.VariableWithValue(path, value)
		}
		got := must(model.CallOnce(goBackend(t), store, func(s *model.Scope, ids *graph.Node) *graph.Node {
			return m.Model(s, nil, []*graph.Node{ids})[0]
		}, rows))(t)
		for i, row := range got.Value().([][]float32) {
			if math.Abs(float64(row[0])-test.want[i]) > 1e-5 {
				t.Errorf("%+v: row %d gives %g, want %g", m, i, row[0], test.want[i])
			}
		}
	}
}

// While it trains, ids are hidden, others each time, and the mean is that of the others: of as many
// ones as zeros it is one half, give or take.
func TestMeanDropout(t *testing.T) {
	const rows, words = 200, 20
	m := sentiment.Mean{Rows: 2, Units: 1, CountPads: true, Dropout: .3}
	store := model.NewStore()
	store.VariableWithValue("/embedding/embeddings", [][]float32{{0}, {1}})
	store.VariableWithValue("/out/dense/weights", [][]float32{{1}})
	store.VariableWithValue("/out/dense/biases", []float32{0})
	exec := must(model.NewExec(goBackend(t), store, func(s *model.Scope, ids *graph.Node) *graph.Node {
		store.SetTraining(ids.Graph(), true)
		return m.Model(s, nil, []*graph.Node{ids})[0]
	}))(t)
	ids := make([][]int32, rows)
	for i := range ids {
		ids[i] = make([]int32, words)
		for k := range words / 2 {
			ids[i][k] = 1
		}
	}
	first := must(exec.Call1(ids))(t).Value().([][]float32)
	second := must(exec.Call1(ids))(t).Value().([][]float32)
	same, sum := 0, 0.
	for i := range first {
		if first[i][0] == second[i][0] {
			same++
		}
		sum += float64(first[i][0])
	}
	if same > rows/2 {
		t.Errorf("%d of %d rows have the same mean twice: the same ids are hidden", same, rows)
	}
	if mean := sum / rows; math.Abs(mean-.5) > .02 {
		t.Errorf("half of the ids are ones, but their mean is %g", mean)
	}
}
