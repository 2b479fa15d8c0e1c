package sentiment

import (
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"

	"sparseq/pkg/rnn"
)

// Recurrent are models of reviews given as rows of ids, 0 for a pad, that read them word by word:
// they look up a vector x(t) for each of the T words, and a recurrent layer reads the vectors,
//
//	y(t) = cell(x(t), y(t−1))
type Recurrent struct {
	Rows     int      // of the table: ids are below it
	Features int      // numbers in a word's vector
	Cell     rnn.Cell // what is done at each word
	ReadPads bool     // let the pads be read like words
	Dropout  float64  // share of the words that training hides, others each time

	// Vectors of the words, learned elsewhere and left as they are; nil: learned here.
	Vectors [][]float32
}

// Model builds the model of ids, [batch, time] int32, that decides by the output after the last
// word, and returns the logits, [batch, 1]. It is a [sparseq/pkg/fit.ModelFn]. A review of
// nothing but pads has the bias as its logit.
//
//	logit = w · y(T) + b
func (m Recurrent) Model(s *model.Scope, _ any, in nodes) nodes {
	y := m.read(s, in[0]).Last                            // [batch, units]
	return nodes{layers.DenseWithBias(s.In("out"), y, 1)} // [batch, 1]: a logit
}

// BothWays builds the model of ids, [batch, time] int32, that reads in both directions, with
// weights for each, and decides by the mean and the largest value over all words of each number
// of the outputs, which the cell must keep between −1 and 1, as GRU and LSTM do. It returns the
// logits, [batch, 1], and is a [sparseq/pkg/fit.ModelFn]. ReadPads means nothing to it.
//
//	logit = w · (mean y(t), max y(t)) + b
func (m Recurrent) BothWays(s *model.Scope, _ any, in nodes) nodes {
	x, mask := m.vectors(s, in[0])
	there, back := rnn.Layer{Cell: m.Cell}, rnn.Layer{Cell: m.Cell, Reversed: true}
	y := graph.Concatenate(nodes{there.Apply(s.In("there"), x, mask).All,
		back.Apply(s.In("back"), x, mask).All}, -1) // [batch, time, 2·units]

	word := graph.ConvertDType(mask, dtypes.Float32)    // [batch, time]: 0 for a pad
	n := graph.ReduceAndKeep(word, graph.ReduceSum, -1) // [batch, 1]: how many
	share := graph.Div(word, graph.MaxScalar(n, 1))     // [batch, time]: 1/n or 0
	mean := graph.Einsum("bt,btu->bu", share, y)        // [batch, 2·units]
	word = graph.InsertAxes(word, -1)
	y = graph.Add(graph.Mul(y, word), graph.AddScalar(word, -1)) // -1 for a pad
	most := graph.ReduceMax(y, 1)                                // [batch, 2·units]
	v := graph.Concatenate(nodes{mean, most}, -1)                // [batch, 4·units]
	v = layers.DropoutStatic(s, v, m.Dropout)                    // in training only
	return nodes{layers.DenseWithBias(s.In("out"), v, 1)}        // [batch, 1]: a logit
}

// Running gives, with the weights of Model, the logit after each word, [batch, time]: the one
// that it would give if the review ended there.
func (m Recurrent) Running(s *model.Scope, _ any, in nodes) nodes {
	y := m.read(s, in[0]).All                    // [batch, time, units]
	z := layers.DenseWithBias(s.In("out"), y, 1) // [batch, time, 1]
	return nodes{graph.Squeeze(z, -1)}           // [batch, time]
}

// read builds the layer that reads the words from the first to the last.
func (m Recurrent) read(s *model.Scope, ids *graph.Node) rnn.Output {
	x, mask := m.vectors(s, ids)
	if m.ReadPads {
		mask = nil
	}
	return rnn.Layer{Cell: m.Cell}.Apply(s.In("words"), x, mask)
}

// vectors looks up the words: x is [batch, time, features], mask is [batch, time].
func (m Recurrent) vectors(s *model.Scope, ids *graph.Node) (x, mask *graph.Node) {
	table := s.In("embedding").WithInitializer(
		initializer.RandomUniformFn(s, -0.05, 0.05)) // of [rows, features]
	if m.Vectors != nil {
		table.VariableWithValue("embeddings", m.Vectors).SetTrainable(false)
	}
	x = layers.Embedding(table, graph.InsertAxes(ids, -1),
		dtypes.Float32, m.Rows, m.Features) // [batch, time, features]
	seen := graph.ConvertDType(graph.OnesLike(ids), dtypes.Float32)
	seen = layers.DropoutStatic(s, seen, m.Dropout) // [batch, time]; 0: hidden
	x = graph.Mul(x, graph.InsertAxes(seen, -1))
	return x, graph.GreaterThan(ids, graph.ZerosLike(ids)) // a pad's id is 0
}
