package rnn_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
	"github.com/gomlx/gomlx/ml/train"
	"github.com/gomlx/gomlx/ml/train/loss"
	"github.com/gomlx/gomlx/ml/train/optimizer"

	"sparseq/pkg/engine"
	"sparseq/pkg/rnn"
)

// reviews is the model of lesson 08, of a cell: ids with pads, an embedding of 32, a decision.
func reviews(cell rnn.Cell, masked bool) train.ModelFn {
	return func(s *model.Scope, _ any, in []*graph.Node) []*graph.Node {
		ids := in[0]
		g := ids.Graph()
		table := s.In("embedding").WithInitializer(initializer.RandomUniformFn(s, -.05, .05)).
			VariableWithShape("embeddings", shapes.Make(dtypes.Float32, 10_000, 32)).NodeValue(g)
		x := graph.Gather(table, graph.InsertAxes(ids, -1))
		var mask *graph.Node
		if masked {
			mask = graph.NotEqual(ids, graph.ZerosLike(ids))
		}
		y := rnn.Layer{Cell: cell}.Apply(s.In("rnn"), x, mask).Last
		return []*graph.Node{layers.DenseWithBias(s.In("out"), y, 1)}
	}
}

// trajectories is that of lesson 09: [batch, 20, 2] to a prediction of 2.
func trajectories(cell rnn.Cell) train.ModelFn {
	return func(s *model.Scope, _ any, in []*graph.Node) []*graph.Node {
		y := rnn.Layer{Cell: cell}.Apply(s.In("rnn"), in[0], nil).Last
		return []*graph.Node{layers.DenseWithBias(s.In("out"), y, 2)}
	}
}

func trainer(b *testing.B, m train.ModelFn, l train.LossFn) *train.Trainer {
	b.Helper()
	e, err := engine.Open()
	if err != nil {
		b.Fatal(err)
	}
	b.Log(e)
	store := model.NewStore()
	store.SetRNGStateFromSeed(1)
	return train.NewTrainer(e.Backend, store, m, l, optimizer.RMSProp().Betas(.9, .9).LearningRate(.001).Done(), nil, nil)
}

func batchOfIDs(rows, steps int) train.Batch {
	r := rand.New(rand.NewPCG(1, 2))
	ids, y := make([]int32, rows*steps), make([]float32, rows)
	for i := range rows {
		for t := r.IntN(steps / 2); t < steps; t++ { // pads before
			ids[i*steps+t] = 1 + r.Int32N(9999)
		}
		y[i] = float32(i % 2)
	}
	return train.Batch{
		Inputs: []*tensors.Tensor{tensors.FromFlatDataAndDimensions(ids, rows, steps)},
		Labels: []*tensors.Tensor{tensors.FromFlatDataAndDimensions(y, rows, 1)},
	}
}

// BenchmarkStep is a step of lesson 08's sizes: 256 words, batches of 128, 50 units, masked.
func BenchmarkStep(b *testing.B) {
	batch := batchOfIDs(128, 256)
	for _, cell := range []rnn.Cell{rnn.Simple{Units: 50}, rnn.GRU{Units: 50}, rnn.GRU{Units: 50, ResetBefore: true}, rnn.LSTM{Units: 50}} {
		b.Run(name(cell)+"/train", func(b *testing.B) {
			step(b, trainer(b, reviews(cell, true), loss.BinaryCrossentropyLogits).TrainStep, batch)
		})
		b.Run(name(cell)+"/evaluate", func(b *testing.B) {
			step(b, trainer(b, reviews(cell, true), loss.BinaryCrossentropyLogits).EvalStep, batch)
		})
	}
}

func name(cell rnn.Cell) string {
	return strings.NewReplacer("rnn.", "", " ", "_").Replace(fmt.Sprintf("%T%+v", cell, cell))
}

func step(b *testing.B, f func(train.Batch) ([]*tensors.Tensor, error), batch train.Batch) {
	run := func() {
		m, err := f(batch)
		if err != nil {
			b.Fatal(err)
		}
		_ = m[0].Value()
	}
	run() // which compiles
	for b.Loop() {
		run()
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e3/float64(b.N), "ms/step")
}

// BenchmarkTrajectories is a training step of lesson 09's sizes: 20 steps, batches of 32, 200 units.
func BenchmarkTrajectories(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	x, y := make([]float32, 32*20*2), make([]float32, 32*2)
	for i := range x {
		x[i] = r.Float32()
	}
	batch := train.Batch{
		Inputs: []*tensors.Tensor{tensors.FromFlatDataAndDimensions(x, 32, 20, 2)},
		Labels: []*tensors.Tensor{tensors.FromFlatDataAndDimensions(y, 32, 2)},
	}
	step(b, trainer(b, trajectories(rnn.GRU{Units: 200}), loss.MeanSquaredError).TrainStep, batch)
}

// BenchmarkCompile is the time to the first training step, which hardly depends on the length.
func BenchmarkCompile(b *testing.B) {
	for _, steps := range []int{16, 256, 2000} {
		batch := batchOfIDs(8, steps)
		b.Run(fmt.Sprint(steps), func(b *testing.B) {
			for b.Loop() {
				if _, err := trainer(b, reviews(rnn.GRU{Units: 50}, true), loss.BinaryCrossentropyLogits).TrainStep(batch); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
