package fit_test

import (
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train"

	"sparseq/pkg/fit"
)

// weights are a run's, by their paths, without what else a training counts.
func weights(t *testing.T, r *fit.Run) map[string][]float32 {
	t.Helper()
	all := map[string][]float32{}
	for v := range must(r.Weights())(t).IterVariables() {
		if v.Shape().DType == dtypes.Float32 {
			all[v.Path()] = must(tensors.CopyFlatData[float32](must(v.Value())(t)))(t)
		}
	}
	return all
}

// A training whose steps have no length ends with the weights that it began with.
func TestUntrainedIsWhereTrainBegins(t *testing.T) {
	for name, m := range map[string]fit.ModelFn{"network": network, "dropout": dropped} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, b compute.Backend) { beginsThere(t, b, m) })
		})
	}
}

func beginsThere(t *testing.T, b compute.Backend, m fit.ModelFn) {
	data := rows(192, 1).Shuffle(3)
	still := must(fit.Train(filepath.Join(t.TempDir(), "still"), b, m, data, rows(64, 2),
		fit.Settings{Epochs: 1, Seed: 11, Optimizer: fit.Adam(0)}))(t)
	untrained := must(fit.Untrained(b, m, data, 11))(t)
	got, want := weights(t, untrained), weights(t, still)
	if len(want) != 4 || len(got) != 4 {
		t.Fatalf("%d weights and biases, and %d of the training, want 4", len(got), len(want))
	}
	for path, w := range want {
		if !slices.Equal(got[path], w) {
			t.Errorf("%s differs from where the training begins", path)
		}
	}
	other := weights(t, must(fit.Untrained(b, m, data, 12))(t))
	if path := "/hidden/dense/weights"; slices.Equal(other[path], want[path]) {
		t.Error("another seed gives the same weights")
	}
	p, q := must(untrained.Predict(b, m, rows(100, 3)))(t), must(still.Predict(b, m, rows(100, 3)))(t)
	if !slices.Equal(p, q) {
		t.Error("the untrained model predicts otherwise than the training begins")
	}
	if len(untrained.History) != 0 {
		t.Errorf("an untrained model has a history: %v", untrained.History)
	}
}

// dropped is network with inputs that training hides at random.
func dropped(scope *model.Scope, _ any, in []*graph.Node) []*graph.Node {
	x := layers.DropoutStatic(scope, fit.Unpack(in[0], width), .5)
	x = layers.DenseWithBias(scope.In("hidden"), x, 16)
	return []*graph.Node{layers.DenseWithBias(scope.In("output"), graph.MaxScalar(x, 0), 1)}
}

// Neither the data's epochs nor its own weights change by looking at an untrained model.
func TestUntrainedChangesNothing(t *testing.T) {
	b := goBackend(t)
	data, fresh := rows(128, 1).Shuffle(3), rows(128, 1).Shuffle(3)
	run := must(fit.Untrained(b, network, data, 1))(t)
	before := weights(t, run)
	must(run.Weights())(t).Finalize()
	for path, w := range weights(t, run) {
		if !slices.Equal(w, before[path]) {
			t.Errorf("%s has changed", path)
		}
	}
	var got, want [][]uint8
	for i, d := range []*fit.Rows{data, fresh} {
		for batch, err := range d.Iter() {
			if err != nil {
				t.Fatal(err)
			}
			x := must(tensors.CopyFlatData[uint8](batch.Inputs[0]))(t)
			if i == 0 {
				got = append(got, x)
			} else {
				want = append(want, x)
			}
		}
	}
	if !slices.EqualFunc(got, want, slices.Equal[[]uint8]) {
		t.Error("the first epoch's order is another one")
	}
}

func TestUntrainedErrors(t *testing.T) {
	b := goBackend(t)
	for want, try := range map[string]func() (*fit.Run, error){
		"needs a backend":             func() (*fit.Run, error) { return fit.Untrained(nil, network, rows(8, 1), 1) },
		"needs a model function":      func() (*fit.Run, error) { return fit.Untrained(b, nil, rows(8, 1), 1) },
		"needs data":                  func() (*fit.Run, error) { return fit.Untrained(b, network, nil, 1) },
		"has no rows":                 func() (*fit.Run, error) { return fit.Untrained(b, network, nothing{}, 1) },
		"the disk is gone":            func() (*fit.Run, error) { return fit.Untrained(b, network, failing{}, 1) },
		"fit_test.wrongShapes":        func() (*fit.Run, error) { return fit.Untrained(b, wrongShapes, rows(8, 1), 1) },
		"the size is odd":             func() (*fit.Run, error) { return fit.Untrained(b, ownPanic, rows(8, 1), 1) },
		"index out of range [1] with": func() (*fit.Run, error) { return fit.Untrained(b, wrongIndex, rows(8, 1), 1) },
	} {
		_, err := try()
		says(t, err, want)
	}
	_, err := fit.Untrained(b, network, fit.NewRows([]uint8{1, 2, 3}, 5, nil), 1)
	says(t, err, "5")
	run := must(fit.Untrained(b, network, rows(8, 1), 1))(t)
	_, err = run.Predict(b, renamed, rows(8, 1))
	says(t, err, "it has no weights for /first/")
}

type nothing struct{}

func (nothing) Name() string                        { return "nothing" }
func (nothing) Iter() iter.Seq2[train.Batch, error] { return func(func(train.Batch, error) bool) {} }

type failing struct{ nothing }

func (failing) Iter() iter.Seq2[train.Batch, error] {
	return func(yield func(train.Batch, error) bool) { yield(train.Batch{}, errors.New("the disk is gone")) }
}
