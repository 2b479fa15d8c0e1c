// Package sentiment holds the models of lessons that say whether a review is positive: from
// which words are there ([MultiHot]), from the mean of their vectors ([Mean]), or by reading
// them one after the other ([Recurrent]). One lesson trains a model; others load what was
// trained, ask it about new reviews, and look into it.
//
//	m := sentiment.Mean{Rows: 10_000, Units: 16}
//	run, err := fit.Train(dir, backend, m.Model, training, validation, fit.Settings{…})
//	…
//	w, err := sentiment.Read(run)
//	w.Contributions(ids) // what each word adds to the logit
package sentiment

import (
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

type nodes = []*graph.Node

// Mean is a model of reviews given as rows of ids, 0 filling the rest of a row: it looks up
// a vector for each id, takes their mean, and reads the logit off it,
//
//	logit = w · mean + b
//
// It is the bag of embeddings of Iyyer et al. 2015 ("Deep unordered composition rivals
// syntactic methods for text classification") without hidden layers, and with ids for pairs
// of words that of fastText (Joulin et al. 2016, "Bag of tricks for efficient text
// classification").
type Mean struct {
	Rows      int     // of the table: ids are below it
	Units     int     // numbers in a vector
	CountPads bool    // let the pads into the mean
	Dropout   float64 // share of the ids that training hides, others each time
}

// Model builds the model of ids, [batch, time] int32, and returns the logits, [batch, 1].
// It is a [sparseq/pkg/fit.ModelFn]. A row of nothing but pads has the bias as its logit.
func (m Mean) Model(s *model.Scope, _ any, in nodes) nodes {
	ids := in[0] // [batch, time]
	table := s.In("embedding").WithInitializer(
		initializer.RandomUniformFn(s, -0.05, 0.05)) // of [rows, units]
	e := layers.Embedding(table, graph.InsertAxes(ids, -1),
		dtypes.Float32, m.Rows, m.Units) // [batch, time, units]
	words := graph.OnesLike(ids) // [batch, time]: 1 for what enters the mean
	if !m.CountPads {
		words = graph.MinScalar(ids, 1) // and 0 for a pad, whose id is 0
	}
	words = graph.ConvertDType(words, dtypes.Float32)
	words = layers.DropoutStatic(s, words, m.Dropout)        // in training only
	n := graph.ReduceAndKeep(words, graph.ReduceSum, -1)     // [batch, 1]: how many
	share := graph.Div(words, graph.MaxScalar(n, 1))         // [batch, time]: 1/n or 0
	share = graph.InsertAxes(share, 1)                       // [batch, 1, time]
	mean := graph.Einsum("bol,bld->bod", share, e)           // [batch, 1, units]
	mean = graph.Squeeze(mean, 1)                            // [batch, units]
	return nodes{layers.DenseWithBias(s.In("out"), mean, 1)} // [batch, 1]: a logit
}
