package fit

import (
	"fmt"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train"
	"github.com/pkg/errors"
)

// Untrained returns a model as it is before its first step, with exactly the weights with
// which Train begins on the same backend with that seed: what a trained run is compared with.
// The shapes of the weights come from the first batch of x.
//
// The run lies in no folder. It has no history; Weights, Outputs and Predict work on it.
func Untrained(backend compute.Backend, m ModelFn, x train.Dataset, seed int64) (*Run, error) {
	switch {
	case backend == nil:
		return nil, errors.New("an untrained model needs a backend: engine.Open() gives one")
	case m == nil:
		return nil, errors.New("an untrained model needs a model function")
	case x == nil:
		return nil, errors.New("an untrained model needs data, for the shapes of its weights")
	}
	r := &Run{Settings: Settings{Seed: seed}, untrained: model.NewStore()}
	if err := guard(func() error { return r.draw(backend, m, x) }); err != nil {
		return nil, err
	}
	return r, nil
}

// draw draws the weights that the model asks for when it is given a batch of x.
func (r *Run) draw(backend compute.Backend, m ModelFn, x train.Dataset) error {
	if err := r.untrained.SetRNGStateFromSeed(r.Settings.Seed); err != nil {
		return err
	}
	batches := x.Iter()
	if rows, ok := x.(*Rows); ok {
		if rows.err != nil {
			return rows.err
		}
		batches, _ = rows.filled() // which counts no epoch
	}
	for batch, err := range batches {
		if err != nil {
			return err
		}
		var inputs []shapes.Shape
		for _, t := range batch.Inputs {
			inputs = append(inputs, t.Shape())
		}
		if err := batch.Finalize(); err != nil {
			return err
		}
		if err := build(backend, r.untrained, m, inputs); err != nil {
			return err
		}
		return r.untrained.InitializeVariables(backend, nil)
	}
	return fmt.Errorf("the data set %q has no rows", x.Name())
}

// build has the model ask a store for its weights, as it does when it trains. Nothing is
// compiled: that takes XLA longer than all the rest.
func build(backend compute.Backend, store *model.Store, m ModelFn, inputs []shapes.Shape) (err error) {
	g := graph.NewGraph(backend, "untrained")
	defer g.Finalize()
	defer func() {
		if p := recover(); p != nil {
			err = errors.WithMessage(panicked(p), "the model panicked")
		}
	}()
	store.SetTraining(g, true)
	var in []*graph.Node
	for i, shape := range inputs {
		in = append(in, graph.Parameter(g, fmt.Sprint("input", i), shape))
	}
	m(store.RootScope(), nil, in)
	return nil
}
