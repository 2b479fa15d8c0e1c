package sentiment

import (
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/layers/activation"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
)

// MultiHot is a pair of models of reviews given as packed multi-hot vectors, [batch, words/8]
// uint8, as [sparseq/pkg/text.PackedMultiHot] makes them. Both return logits, [batch, 1].
type MultiHot struct {
	Words int // in the vocabulary
}

// Logistic is logistic regression: a weight a word, added up.
func (m MultiHot) Logistic(s *model.Scope, _ any, in nodes) nodes {
	x := fit.Unpack(in[0], m.Words)                       // [batch, words]
	return nodes{layers.DenseWithBias(s.In("out"), x, 1)} // [batch, 1]
}

// Network is two hidden layers of 32 rectified linear units.
func (m MultiHot) Network(s *model.Scope, _ any, in nodes) nodes {
	x := fit.Unpack(in[0], m.Words)                  // [batch, words]
	x = layers.DenseWithBias(s.In("hidden1"), x, 32) // [batch, 32]
	x = activation.Relu(x)
	x = layers.DenseWithBias(s.In("hidden2"), x, 32) // [batch, 32]
	x = activation.Relu(x)
	return nodes{layers.DenseWithBias(s.In("out"), x, 1)} // [batch, 1]: a logit
}
