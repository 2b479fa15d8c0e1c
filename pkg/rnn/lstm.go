package rnn

import (
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

// LSTM is the long short-term memory (Hochreiter and Schmidhuber 1997, "Long short-term memory") with
// the forget gate (Gers et al. 2000, "Learning to forget"):
//
//	i(t) = σ(Wi·x(t) + Ui·y(t−1) + bi)           the input gate: how much enters the memory
//	f(t) = σ(Wf·x(t) + Uf·y(t−1) + bf)           the forget gate: how much stays in it
//	g(t) = tanh(Wg·x(t) + Ug·y(t−1) + bg)        the candidate
//	o(t) = σ(Wo·x(t) + Uo·y(t−1) + bo)           the output gate: how much is shown
//	c(t) = f(t)∘c(t−1) + i(t)∘g(t)               the memory
//	y(t) = o(t)∘tanh(c(t))
//
//	x(t)           [features]         the input
//	y(t), c(t)     [units]            the output and the memory, which are the state
//	i, f, g, o     [units]            with σ(a) = 1/(1+e^−a), and ∘ number by number
//	Wi … Wo        [features, units]  side by side "kernel", at first uniform (Glorot and Bengio 2010)
//	Ui … Uo        [units, units]     side by side "recurrent_kernel", at first orthogonal
//	bi … bo        [units]            end to end "bias", at first zeros but for bf
type LSTM struct {
	Units int
	// NoForgetBias starts bf at 0. Otherwise it starts at 1, so that the memory lasts from the
	// beginning (Jozefowicz et al. 2015, "An empirical exploration of recurrent network
	// architectures").
	NoForgetBias bool
}

// States are the output and the memory.
func (c LSTM) States() []int { return []int{c.Units, c.Units} }

// Weights are W, U and b of the gates i, f, g and o, twelve in all.
func (c LSTM) Weights(s *model.Scope, x *graph.Node) []*graph.Node {
	return join(
		gates(kernel(s, x, 4*c.Units), 4),
		gates(recurrent(s, x, c.Units, 4*c.Units), 4),
		gates(bias(s, x, "bias", c.forget, 4*c.Units), 4))
}

// forget is zeros, and ones for the forget gate.
func (c LSTM) forget(g *graph.Graph, shape shapes.Shape) *graph.Node {
	if c.NoForgetBias {
		return initializer.Zero(g, shape)
	}
	gate := shapes.Make(shape.DType, c.Units)
	return graph.Concatenate(nodes{
		graph.Zeros(g, gate), graph.Ones(g, gate), graph.Zeros(g, gate), graph.Zeros(g, gate)}, 0)
}

// Project is W·x of each gate.
func (c LSTM) Project(x *graph.Node, w []*graph.Node) []*graph.Node { return products(x, w[:4]) }

// Step has the equations of the cell, in their order.
func (c LSTM) Step(x, state, w []*graph.Node, drop func(*graph.Node) *graph.Node) []*graph.Node {
	y, memory := state[0], state[1]
	ui, uf, ug, uo, bi, bf, bg, bo := w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11]
	seen := drop(y)
	i := graph.Sigmoid(sum(x[0], graph.MatMul(seen, ui), bi))
	f := graph.Sigmoid(sum(x[1], graph.MatMul(seen, uf), bf))
	g := graph.Tanh(sum(x[2], graph.MatMul(seen, ug), bg))
	o := graph.Sigmoid(sum(x[3], graph.MatMul(seen, uo), bo))
	memory = sum(graph.Mul(f, memory), graph.Mul(i, g))
	y = graph.Mul(o, graph.Tanh(memory))
	return nodes{y, memory}
}
