package fit

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train"
)

// Predict returns the probability of label 1 for each row of x, as the model gives it with
// the weights of the best epoch. The model's output is a logit, [batch, 1], as the binary
// cross-entropy of logits takes it: the probability is 1/(1+e^-logit).
//
// Rows are taken in the order of their array, whether they are shuffled or not.
func (r *Run) Predict(backend compute.Backend, m ModelFn, x train.Dataset) ([]float32, error) {
	logits, width, err := r.Outputs(backend, m, x)
	if err != nil {
		return nil, err
	}
	if width != 1 {
		return nil, fmt.Errorf("a probability takes a model with 1 output a row, not %d: use Outputs", width)
	}
	for i, l := range logits {
		logits[i] = float32(1 / (1 + math.Exp(-float64(l))))
	}
	return logits, nil
}

// Outputs returns what the model gives for each row of x with the weights of the best epoch,
// its first output flattened to [rows, width].
func (r *Run) Outputs(backend compute.Backend, m ModelFn, x train.Dataset) (outputs []float32, width int, err error) {
	store, err := r.load(bestDir)
	if err != nil {
		return nil, 0, err
	}
	batches, left := x.Iter(), math.MaxInt
	var numbers []int // of the rows as they come
	if rows, ok := x.(*Rows); ok {
		if rows.err != nil {
			return nil, 0, rows.err
		}
		batches, numbers = rows.filled()
		left = rows.Len()
	}
	err = guard(func() error {
		outputs, width, err = predict(backend, store, m, batches, left)
		return err
	})
	if err != nil {
		return nil, 0, r.explain(err)
	}
	if numbers != nil {
		outputs = inArrayOrder(outputs, width, numbers)
	}
	return outputs, width, nil
}

// inArrayOrder puts the outputs of the rows of these numbers in the order of the rows' array.
func inArrayOrder(outputs []float32, width int, numbers []int) []float32 {
	ordered := make([]float32, len(outputs))
	for i, k := range numbers {
		copy(ordered[k*width:(k+1)*width], outputs[i*width:])
	}
	return ordered
}

// otherModel is the error of a model that does not fit the weights.
type otherModel string

func (e otherModel) Error() string { return string(e) }

// explain says of an error that the run's weights are those of another model, if that is so.
func (r *Run) explain(err error) error {
	how := err.Error()
	if _, shapes, found := strings.Cut(how, "requested to reuse variable "); found {
		how = shapes
	} else if !errors.As(err, new(otherModel)) {
		return err
	}
	again := "give the model that was trained"
	if lesson := r.lesson(); lesson != "" {
		again = "take those of " + lesson + ", or train it again there"
	}
	return fmt.Errorf("the weights of the run %q are those of another model or other settings, %s: %s", r.name(), how, again)
}

func predict(backend compute.Backend, store *model.Store, m ModelFn, batches iter.Seq2[train.Batch, error],
	left int) (outputs []float32, width int, err error) {
	exec, err := model.NewExec(backend, store, func(scope *model.Scope, inputs []*graph.Node) *graph.Node {
		store.SetTraining(inputs[0].Graph(), false)
		x := m(scope, nil, inputs)[0]
		return graph.Reshape(x, x.Shape().Dim(0), -1)
	})
	if err != nil {
		return nil, 0, err
	}
	defer exec.Finalize()
	trained := store.NumVariables()
	for batch, err := range batches {
		if err != nil {
			return nil, 0, err
		}
		inputs := make([]any, len(batch.Inputs))
		for i, t := range batch.Inputs {
			inputs[i] = t
		}
		results, err := exec.Call(inputs...)
		if err != nil {
			return nil, 0, err
		}
		if path := added(store, trained); path != "" {
			return nil, 0, otherModel("it has no weights for " + path)
		}
		if err := batch.Finalize(); err != nil {
			return nil, 0, err
		}
		flat, err := tensors.CopyFlatData[float32](results[0])
		if err != nil {
			return nil, 0, err
		}
		rows := min(results[0].Shape().Dim(0), left)
		if w := results[0].Shape().Dim(1); len(outputs) > 0 && w != width {
			return nil, 0, fmt.Errorf("the model gives %d numbers a row for some rows and %d for others: "+
				"take the rows without Buckets", width, w)
		}
		width = results[0].Shape().Dim(1)
		outputs = append(outputs, flat[:rows*width]...)
		left -= rows
		if err := results[0].FinalizeAll(); err != nil {
			return nil, 0, err
		}
	}
	return outputs, width, nil
}

// added returns the path of a weight that a store has beyond its first n variables, or "":
// one that the model asked for and that was drawn at random, as it was not there.
func added(store *model.Store, n int) string {
	for v := range store.IterVariables() {
		if n--; n < 0 && v.Name() != model.RNGStateVariableName {
			return v.Path()
		}
	}
	return ""
}
