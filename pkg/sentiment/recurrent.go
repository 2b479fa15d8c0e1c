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
// word: it looks up a vector for each id, a recurrent layer reads the vectors, and the logit is
// read off the layer's output after the last word,
//
//	y(t)  = cell(x(t), y(t−1)), where x(t) is the vector of word t of T
//	logit = w · y(T) + b
//
// or, with Mean, off the means over all words,
//
//	logit = w · mean(y(t), x(t)) + b
//
// A review of nothing but pads has the bias as its logit.
type Recurrent struct {
	Rows     int      // of the table: ids are below it
	Features int      // numbers in a word's vector
	Cell     rnn.Cell // what is done at each word
	BothWays bool     // a second layer reads from the end to the beginning
	Mean     bool     // decide by all outputs and vectors, not by the last output
	ReadPads bool     // let the pads be read like words
	Dropout  float64  // share of the words that training hides, others each time
}

// Model builds the model of ids, [batch, time] int32, and returns the logits, [batch, 1].
// It is a [sparseq/pkg/fit.ModelFn].
func (m Recurrent) Model(s *model.Scope, _ any, in nodes) nodes {
	y, x, mask := m.read(s, in[0])
	v := y.Last // [batch, units]
	if m.Mean {
		all := graph.Concatenate(nodes{y.All, x}, -1)       // [batch, time, both]
		n := graph.ReduceAndKeep(mask, graph.ReduceSum, -1) // [batch, 1]: how many
		share := graph.Div(mask, graph.MaxScalar(n, 1))     // [batch, time]: 1/n or 0
		v = graph.Einsum("bt,btu->bu", share, all)          // [batch, both]
	}
	return nodes{layers.DenseWithBias(s.In("out"), v, 1)} // [batch, 1]: a logit
}

// Running gives, with the same weights, the logit after each word, [batch, time]: the one that
// the model would give if the review ended there. It is for models that read one way and decide
// by the last output.
func (m Recurrent) Running(s *model.Scope, _ any, in nodes) nodes {
	y, _, _ := m.read(s, in[0])
	steps := layers.DenseWithBias(s.In("out"), y.All, 1) // [batch, time, 1]
	return nodes{graph.Squeeze(steps, -1)}               // [batch, time]
}

// read returns what the recurrent layer makes of the words, their vectors, and where there are
// words.
func (m Recurrent) read(s *model.Scope, ids *graph.Node) (
	y rnn.Output, x, mask *graph.Node) {
	table := s.In("embedding").WithInitializer(
		initializer.RandomUniformFn(s, -0.05, 0.05)) // of [rows, features]
	x = layers.Embedding(table, graph.InsertAxes(ids, -1),
		dtypes.Float32, m.Rows, m.Features) // [batch, time, features]
	words := graph.OnesLike(ids) // [batch, time]: 1 for what is read
	if !m.ReadPads {
		words = graph.MinScalar(ids, 1) // and 0 for a pad, whose id is 0
	}
	mask = graph.ConvertDType(words, dtypes.Float32)
	seen := layers.DropoutStatic(s, graph.OnesLike(mask), m.Dropout) // in training
	x = graph.Mul(x, graph.InsertAxes(seen, -1))
	if m.BothWays {
		return rnn.Bidirectional{Cell: m.Cell}.Apply(s.In("words"), x, mask), x, mask
	}
	return rnn.Layer{Cell: m.Cell}.Apply(s.In("words"), x, mask), x, mask
}
