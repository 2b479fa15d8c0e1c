package sentiment_test

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
	"sparseq/pkg/rnn"
	"sparseq/pkg/sentiment"
)

// wave makes a matrix of rows·columns numbers, 0.5·sin(phase + 0.7·i).
func wave(phase float64, rows, columns int) [][]float32 {
	w := make([][]float32, rows)
	for i := range w {
		for k := range columns {
			w[i] = append(w[i], float32(.5*math.Sin(phase+.7*float64(i*columns+k))))
		}
	}
	return w
}

// waves makes the weights of recurrent models of 6 ids, 3 features and 2 units: of Model, and in
// the scope both of BothWays.
func waves() *model.Store {
	store := model.NewStore()
	gru := func(scope string, phase float64) {
		store.VariableWithValue(scope+"/kernel", wave(phase, 3, 6))
		store.VariableWithValue(scope+"/recurrent_kernel", wave(phase+1, 2, 6))
		bias := wave(phase+2, 2, 6)
		store.VariableWithValue(scope+"/bias", bias[0])
		store.VariableWithValue(scope+"/recurrent_bias", bias[1])
	}
	for _, scope := range []string{"", "/both"} {
		store.VariableWithValue(scope+"/embedding/embeddings", wave(1, 6, 3))
		store.VariableWithValue(scope+"/out/dense/biases", []float32{.25})
	}
	gru("/words", 2)
	store.VariableWithValue("/out/dense/weights", wave(5, 2, 1))
	gru("/both/there", 2)
	gru("/both/back", 7)
	store.VariableWithValue("/both/out/dense/weights", wave(5, 8, 1))
	return store
}

var ids = [][]int32{{1, 2, 0, 0}, {3, 4, 5, 1}, {0, 0, 2, 3}, {0, 0, 0, 0}}

// What the model is: logits computed by Keras 3.15.1 on JAX 0.10.2 with the same weights.
func TestRecurrentAgainstKeras(t *testing.T) {
	small := sentiment.Recurrent{Rows: 6, Features: 3, Cell: rnn.GRU{Units: 2}}
	for pads, want := range map[bool][]float64{
		false: {.1030673, .1974984, .1396915, .25},
		true:  {.1686919, .1974984, .1383855, .1852601},
	} {
		m := small
		m.ReadPads = pads
		m.Dropout = .5 // for training only
		got := must(model.CallOnce(goBackend(t), waves(), func(s *model.Scope, ids *graph.Node) *graph.Node {
			return m.Model(s, nil, []*graph.Node{ids})[0]
		}, ids))(t)
		for i, row := range got.Value().([][]float32) {
			if math.Abs(float64(row[0])-want[i]) > 1e-5 {
				t.Errorf("pads read %v: row %d gives %g, want %g", pads, i, row[0], want[i])
			}
		}
	}
}

// The logit after each word, by the same Keras; after the last it is the model's.
func TestRunningAgainstKeras(t *testing.T) {
	m := sentiment.Recurrent{Rows: 6, Features: 3, Cell: rnn.GRU{Units: 2}}
	want := [][]float64{
		{.2643139, .1030673, .1030673, .1030673}, {.2035026, .2466156, .1002498, .1974984},
		{.25, .25, .0883463, .1396915}, {.25, .25, .25, .25},
	}
	got := must(model.CallOnce(goBackend(t), waves(), func(s *model.Scope, ids *graph.Node) *graph.Node {
		return m.Running(s, nil, []*graph.Node{ids})[0]
	}, ids))(t)
	for i, row := range got.Value().([][]float32) {
		for step, z := range row {
			if math.Abs(float64(z)-want[i][step]) > 1e-5 {
				t.Errorf("row %d gives %g after step %d, want %g", i, z, step, want[i][step])
			}
		}
	}
}

// Both ways, by the same Keras and NumPy 2.4.6 for the mean and the largest value.
func TestBothWaysAgainstKeras(t *testing.T) {
	m := sentiment.Recurrent{Rows: 6, Features: 3, Cell: rnn.GRU{Units: 2}, Dropout: .5} // for training only
	got := must(model.CallOnce(goBackend(t), waves(), func(s *model.Scope, ids *graph.Node) *graph.Node {
		return m.BothWays(s.In("both"), nil, []*graph.Node{ids})[0]
	}, ids))(t)
	for i, want := range []float64{.3177914, .3207705, .2812591, -.5311922} {
		if z := float64(got.Value().([][]float32)[i][0]); math.Abs(z-want) > 1e-5 {
			t.Errorf("row %d gives %g, want %g", i, z, want)
		}
	}
}

// A task that the order alone decides: which of two words comes first.
func TestRecurrentLearnsOrder(t *testing.T) {
	x, y := orders(256, 1)
	vx, vy := orders(128, 2)
	m := sentiment.Recurrent{Rows: 8, Features: 4, Cell: rnn.GRU{Units: 6}}
	for name, of := range map[string]fit.ModelFn{"Model": m.Model, "BothWays": m.BothWays} {
		run := must(fit.Train(filepath.Join(t.TempDir(), "run"), goBackend(t), of,
			fit.NewRows(x, 6, y).Batch(32).Shuffle(1), fit.NewRows(vx, 6, vy).Batch(64),
			fit.Settings{Epochs: 20, Seed: 1, Optimizer: fit.Adam(.03)}))(t)
		if a := run.History[run.Best].ValidationAccuracy; a < .97 {
			t.Errorf("%s: the accuracy is %g", name, a)
		}
	}
}

// Vectors that are given stay as they are while the rest learns.
func TestGivenVectorsStay(t *testing.T) {
	x, y := orders(64, 1)
	vectors := wave(1, 8, 3)
	m := sentiment.Recurrent{Rows: 8, Features: 3, Cell: rnn.GRU{Units: 4}, Vectors: vectors}
	rows := fit.NewRows(x, 6, y).Batch(32)
	run := must(fit.Train(filepath.Join(t.TempDir(), "run"), goBackend(t), m.BothWays, rows, rows,
		fit.Settings{Epochs: 2, Seed: 1, Optimizer: fit.Adam(.03)}))(t)
	if run.History[1].TrainLoss == run.History[0].TrainLoss {
		t.Error("nothing was learned")
	}
	kept := must(must(run.Weights())(t).GetVariable("/embedding/embeddings").Value())(t).Value().([][]float32)
	for id := range vectors {
		if !slices.Equal(kept[id], vectors[id]) {
			t.Errorf("vector %d is %v, was given as %v", id, kept[id], vectors[id])
		}
	}
}

// orders makes rows of one to four other words, then pads, in which the words 1 and 2 stand too;
// the label says that 1 comes first.
func orders(n int, seed uint64) (x []int32, labels []float32) {
	r := rand.New(rand.NewPCG(seed, 5))
	for range n {
		row := []int32{1, 2}
		for range 1 + r.IntN(4) {
			row = append(row, 3+r.Int32N(5))
		}
		r.Shuffle(len(row), func(i, j int) { row[i], row[j] = row[j], row[i] })
		label := float32(0)
		if slices.Index(row, 1) < slices.Index(row, 2) {
			label = 1
		}
		x, labels = append(x, append(row, make([]int32, 6-len(row))...)...), append(labels, label)
	}
	return x, labels
}
