package sentiment

import (
	"fmt"
	"path/filepath"

	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
	"sparseq/pkg/text"
)

// Weights are what a trained [Mean] knows.
type Weights struct {
	Vectors   [][]float32 // [id][unit]
	Direction []float64   // [unit]: w, along which a vector is positive
	Bias      float64     // b, the logit of no words at all
	Value     []float64   // [id]: w · vector, the word's weight before the division by n
}

// Read gives the weights of the best epoch of a run of [Mean]. The error says that the run is
// damaged, or that another model was trained in it.
func Read(run *fit.Run) (*Weights, error) {
	store, err := run.Weights()
	if err != nil {
		return nil, err
	}
	var flat [3][]float32
	var dims [3][]int
	for i, path := range [...]string{"/embedding/embeddings", "/out/dense/weights", "/out/dense/biases"} {
		if flat[i], dims[i], err = values(store, path); err != nil {
			return nil, fmt.Errorf("the run %q is not of this model: %w", filepath.Base(run.Dir()), err)
		}
	}
	table, w, b := flat[0], flat[1], flat[2]
	if len(dims[0]) != 2 || len(dims[1]) != 2 || len(w) != dims[0][1] || len(b) != 1 {
		return nil, fmt.Errorf("the run %q is not of this model: vectors %v, output weights %v and biases %v do not fit together",
			filepath.Base(run.Dir()), dims[0], dims[1], dims[2])
	}
	units := len(w)
	weights := &Weights{
		Vectors:   make([][]float32, dims[0][0]),
		Direction: make([]float64, units),
		Bias:      float64(b[0]),
		Value:     make([]float64, dims[0][0]),
	}
	for k := range w {
		weights.Direction[k] = float64(w[k])
	}
	for id := range weights.Vectors {
		vector := table[id*units : (id+1)*units : (id+1)*units]
		weights.Vectors[id] = vector
		for k, x := range vector {
			weights.Value[id] += weights.Direction[k] * float64(x)
		}
	}
	return weights, nil
}

// values gives the numbers of a variable, and their dimensions.
func values(store *model.Store, path string) (flat []float32, dims []int, err error) {
	v := store.GetVariable(path)
	if v == nil {
		return nil, nil, fmt.Errorf("it has no weights %s", path)
	}
	t, err := v.Value()
	if err != nil {
		return nil, nil, err
	}
	flat, err = tensors.CopyFlatData[float32](t)
	return flat, t.Shape().Dimensions, err
}

// Contributions gives what each id of a row adds to the logit, [time]: its Value divided by
// the number of ids that are no pads, and 0 for a pad. Their sum and the Bias are the logit
// of a [Mean] that does not count pads, but for rounding: it computes in 32 bits.
// It panics if an id has no vector.
func (w *Weights) Contributions(ids []int32) []float64 {
	n := 0
	for _, id := range ids {
		if id < 0 || int(id) >= len(w.Value) {
			panic(fmt.Sprintf("sentiment: id %d is outside a table of %d vectors", id, len(w.Value)))
		}
		if id != text.Pad {
			n++
		}
	}
	adds := make([]float64, len(ids))
	for t, id := range ids {
		if id != text.Pad {
			adds[t] = w.Value[id] / float64(n)
		}
	}
	return adds
}
