package sentiment

import (
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"

	"sparseq/pkg/rnn"
)

// Recurrent is a model of reviews given as rows of ids, 0 for a pad, that reads them word by
// word: it looks up a vector x(t) for each id, a recurrent layer reads the vectors, and the
// logit is read off the layer's output after the last of T words,
//
//	y(t)  = cell(x(t), y(t−1))
//	logit = w · y(T) + b
//
// A review of nothing but pads has the bias as its logit.
type Recurrent struct {
	Rows     int      // of the table: ids are below it
	Features int      // numbers in a word's vector
	Cell     rnn.Cell // what is done at each word
	ReadPads bool     // let the pads be read like words
	Dropout  float64  // share of the words that training hides, others each time
}

// Model builds the model of ids, [batch, time] int32, and returns the logits, [batch, 1].
// It is a [sparseq/pkg/fit.ModelFn].
func (m Recurrent) Model(s *model.Scope, _ any, in nodes) nodes {
	y := m.read(s, in[0]).Last                            // [batch, units]
	return nodes{layers.DenseWithBias(s.In("out"), y, 1)} // [batch, 1]: a logit
}

// Running gives, with the same weights, the logit after each word, [batch, time]: the one that
// the model would give if the review ended there.
func (m Recurrent) Running(s *model.Scope, _ any, in nodes) nodes {
	y := m.read(s, in[0]).All                    // [batch, time, units]
	z := layers.DenseWithBias(s.In("out"), y, 1) // [batch, time, 1]
	return nodes{graph.Squeeze(z, -1)}           // [batch, time]
}

// read builds the layer that reads the words.
func (m Recurrent) read(s *model.Scope, ids *graph.Node) rnn.Output {
	table := s.In("embedding").WithInitializer(
		initializer.RandomUniformFn(s, -0.05, 0.05)) // of [rows, features]
	x := layers.Embedding(table, graph.InsertAxes(ids, -1),
		dtypes.Float32, m.Rows, m.Features) // [batch, time, features]
	seen := graph.ConvertDType(graph.OnesLike(ids), dtypes.Float32)
	seen = layers.DropoutStatic(s, seen, m.Dropout) // [batch, time]; 0: hidden
	x = graph.Mul(x, graph.InsertAxes(seen, -1))
	mask := graph.GreaterThan(ids, graph.ZerosLike(ids)) // a pad's id is 0
	if m.ReadPads {
		mask = nil
	}
	return rnn.Layer{Cell: m.Cell}.Apply(s.In("words"), x, mask)
}
