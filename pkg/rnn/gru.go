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
//	n(t) = tanh(Wn·x(t) + bn + r(t)∘(Un·y(t−1) + cn))   the candidate
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
	// no recurrent biases, n(t) = tanh(Wn·x(t) + bn + Un·(r(t)∘y(t−1))).
	ResetBefore bool
}

// States is the one state, the output.
func (c GRU) States() []int { return []int{c.Units} }

// Weights are W, U, b and c, the last repeated for each row, each with the gates z, r and n side
// by side; of the paper's form W, U of the gates z and r, b, and Un.
func (c GRU) Weights(s *model.Scope, x *graph.Node) []*graph.Node {
	w, u := kernel(s, x, 3*c.Units), recurrent(s, x, c.Units, 3*c.Units)
	b := bias(s, x, "bias", initializer.Zero, 3*c.Units)
	if c.ResetBefore {
		gates := graph.Slice(u, graph.AxisRange(), graph.AxisRange(0, 2*c.Units))
		candidate := graph.Slice(u, graph.AxisRange(), graph.AxisRange(2*c.Units))
		return nodes{w, gates, b, candidate}
	}
	return nodes{w, u, b, repeat(bias(s, x, "recurrent_bias", initializer.Zero, 3*c.Units), x)}
}

// Project is W·x + b.
func (c GRU) Project(x *graph.Node, w []*graph.Node) []*graph.Node {
	return nodes{affine(x, w[0], w[2])}
}

// Step has the equations of the cell, in their order.
func (c GRU) Step(x, state, w []*graph.Node, drop func(*graph.Node) *graph.Node) []*graph.Node {
	if c.ResetBefore {
		return c.stepBefore(x, state, w, drop)
	}
	y, u, bias := state[0], w[1], w[3]
	wx := split(x[0], 3)
	uy := split(graph.Add(graph.MatMul(drop(y), u), bias), 3)
	z := graph.Sigmoid(graph.Add(wx[0], uy[0]))
	r := graph.Sigmoid(graph.Add(wx[1], uy[1]))
	n := graph.Tanh(graph.Add(wx[2], graph.Mul(r, uy[2])))
	return nodes{mix(z, y, n)}
}

// stepBefore has the equations of the paper.
func (c GRU) stepBefore(x, state, w []*graph.Node, drop func(*graph.Node) *graph.Node) []*graph.Node {
	y, u, un := state[0], w[1], w[3]
	wx := split(x[0], 3)
	uy := split(graph.MatMul(drop(y), u), 2)
	z := graph.Sigmoid(graph.Add(wx[0], uy[0]))
	r := graph.Sigmoid(graph.Add(wx[1], uy[1]))
	n := graph.Tanh(graph.Add(wx[2], graph.MatMul(graph.Mul(r, drop(y)), un)))
	return nodes{mix(z, y, n)}
}

// mix is z∘y + (1 − z)∘n.
func mix(z, y, n node) node { return graph.Add(n, graph.Mul(z, graph.Sub(y, n))) }
