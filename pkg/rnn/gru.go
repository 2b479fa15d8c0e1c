package rnn

import (
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

// GRU is the gated recurrent unit (Cho et al. 2014, "Learning phrase representations using RNN
// encoder-decoder for statistical machine translation"), in the form that cuDNN and Keras have:
//
//	z(t) = σ(Wz·x(t) + bz + Uz·y(t−1) + cz)         the update gate: how much stays
//	r(t) = σ(Wr·x(t) + br + Ur·y(t−1) + cr)         the reset gate: how much the candidate sees
//	n(t) = φ(Wn·x(t) + bn + r(t)∘(Un·y(t−1) + cn))  the candidate
//	y(t) = z(t)∘y(t−1) + (1 − z(t))∘n(t)
//
//	x(t)        [features]            the input
//	y(t)        [units]               the output, which is the state
//	z, r, n     [units]               with σ(a) = 1/(1+e^−a), and ∘ number by number
//	Wz, Wr, Wn  [features, units]     side by side "kernel", at first uniform (Glorot and Bengio 2010)
//	Uz, Ur, Un  [units, units]        side by side "recurrent_kernel", at first orthogonal
//	bz, br, bn  [units]               end to end "bias", at first zeros
//	cz, cr, cn  [units]               end to end "recurrent_bias", at first zeros
type GRU struct {
	Units int
	// ResetBefore is the paper's form: the reset gate acts before the product, and there are
	// no recurrent biases, n(t) = φ(Wn·x(t) + bn + Un·(r(t)∘y(t−1))).
	ResetBefore bool
	// Activation is the candidate's φ. With the paper's, Tanh, outputs stay between −1 and 1; with
	// others they may grow from step to step.
	Activation Activation
}

// States is the one state, the output.
func (c GRU) States() []int { return []int{c.Units} }

// Weights are W, U and b of the gates z, r and n, nine in all, and unless ResetBefore the biases c.
func (c GRU) Weights(s *model.Scope, x *graph.Node) []*graph.Node {
	w := join(
		gates(kernel(s, x, 3*c.Units), 3),
		gates(recurrent(s, x, c.Units, 3*c.Units), 3),
		gates(bias(s, x, "bias", initializer.Zero, 3*c.Units), 3))
	if c.ResetBefore {
		return w
	}
	return join(w, gates(bias(s, x, "recurrent_bias", initializer.Zero, 3*c.Units), 3))
}

// Project is W·x of each gate.
func (c GRU) Project(x *graph.Node, w []*graph.Node) []*graph.Node { return products(x, w[:3]) }

// Step has the equations of the cell, in their order.
func (c GRU) Step(x, state, w []*graph.Node, drop func(*graph.Node) *graph.Node) []*graph.Node {
	y, uz, ur, un, bz, br, bn := state[0], w[3], w[4], w[5], w[6], w[7], w[8]
	seen := drop(y)
	if c.ResetBefore {
		z := graph.Sigmoid(sum(x[0], bz, graph.MatMul(seen, uz)))
		r := graph.Sigmoid(sum(x[1], br, graph.MatMul(seen, ur)))
		n := c.Activation.of(sum(x[2], bn, graph.MatMul(graph.Mul(r, seen), un)))
		return nodes{mix(z, y, n)}
	}
	cz, cr, cn := w[9], w[10], w[11]
	z := graph.Sigmoid(sum(x[0], bz, graph.MatMul(seen, uz), cz))
	r := graph.Sigmoid(sum(x[1], br, graph.MatMul(seen, ur), cr))
	n := c.Activation.of(sum(x[2], bn, graph.Mul(r, sum(graph.MatMul(seen, un), cn))))
	return nodes{mix(z, y, n)}
}

// mix is z∘y + (1 − z)∘n, with one product.
func mix(z, y, n node) node { return graph.Add(n, graph.Mul(z, graph.Sub(y, n))) }
