package sentiment_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
	"sparseq/pkg/sentiment"
)

// Two words of three: each adds its value, divided by the two.
func ExampleWeights_Contributions() {
	w := sentiment.Weights{Bias: .5, Value: []float64{9, 2, -6}}
	fmt.Println(w.Contributions([]int32{1, 2, 0}))
	// Output:
	// [1 -3 0]
}

// What was read is what the model has: of its shapes, and the values are those of the vectors.
func TestRead(t *testing.T) {
	w := must(sentiment.Read(trained(t, small)))(t)
	if len(w.Vectors) != small.Rows || len(w.Value) != small.Rows || len(w.Direction) != small.Units {
		t.Fatalf("%d vectors, %d values, %d units", len(w.Vectors), len(w.Value), len(w.Direction))
	}
	good, bad := 0., 0.
	for id, vector := range w.Vectors {
		value := 0.
		for k, x := range vector {
			value += w.Direction[k] * float64(x)
		}
		if value != w.Value[id] {
			t.Errorf("the value of %d is %g, want %g", id, w.Value[id], value)
		}
		switch {
		case id >= 4 && id%2 == 1:
			good += value
		case id >= 4:
			bad += value
		}
	}
	if good < 10 || bad > -10 {
		t.Errorf("the good words have the value %g, the bad %g", good, bad)
	}
}

// outOf makes a model whose table has the scope and whose output has the units given.
func outOf(scope string, outputs int) fit.ModelFn {
	return func(s *model.Scope, _ any, in []*graph.Node) []*graph.Node {
		e := layers.Embedding(s.In("%s", scope), graph.InsertAxes(in[0], -1), dtypes.Float32, small.Rows, small.Units)
		x := layers.DenseWithBias(s.In("out"), graph.ReduceMean(e, 1), outputs)
		return []*graph.Node{graph.Slice(x, graph.AxisRange(), graph.AxisRange(0, 1))}
	}
}

// A run of another model is told in one line.
func TestReadAnotherModel(t *testing.T) {
	x, y := reviews(64, 1)
	rows := fit.NewRows(x, width, y)
	for want, m := range map[string]fit.ModelFn{
		`the run "other" is not of this model: it has no weights /embedding/embeddings`:                                 outOf("words", 1),
		`the run "other" is not of this model: vectors [40 3], output weights [3 2] and biases [2] do not fit together`: outOf("embedding", 2),
	} {
		run := must(fit.Train(filepath.Join(t.TempDir(), "other"), goBackend(t), m, rows, rows, fit.Settings{Epochs: 1}))(t)
		if _, err := sentiment.Read(run); err == nil || err.Error() != want {
			t.Errorf("the error is %q, want %q", err, want)
		}
	}
}

// The weights of a run whose files have changed are not read.
func TestReadADamagedRun(t *testing.T) {
	run := trained(t, small)
	files := must(filepath.Glob(run.Dir() + "/best/*.bin"))(t)
	if err := os.Truncate(files[0], 8); err != nil {
		t.Fatal(err)
	}
	if _, err := sentiment.Read(run); err == nil || !strings.Contains(err.Error(), `the run "mean" is damaged`) {
		t.Errorf("the error is %v", err)
	}
}

func TestContributionsPanics(t *testing.T) {
	w := sentiment.Weights{Value: make([]float64, 3)}
	for _, id := range []int32{-1, 3} {
		func() {
			defer func() {
				if s := fmt.Sprint(recover()); !strings.Contains(s, "outside a table of 3 vectors") {
					t.Errorf("id %d: the panic says %q", id, s)
				}
			}()
			w.Contributions([]int32{id})
		}()
	}
}
