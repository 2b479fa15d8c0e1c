package rnn

import (
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

// Activation is the function φ of a [Simple] cell and of a [GRU]'s candidate.
type Activation int

const (
	Tanh   Activation = iota // (e^a − e^−a)/(e^a + e^−a), from −1 to 1
	Relu                     // a where it is above 0, else 0
	Linear                   // a
)

func (φ Activation) of(a node) node {
	switch φ {
	case Relu:
		return graph.Where(graph.GreaterThan(a, graph.ZerosLike(a)), a, graph.ZerosLike(a))
	case Linear:
		return a
	}
	return graph.Tanh(a)
}

// Simple is the simple recurrent cell (Elman 1990, "Finding structure in time"): a layer of neurons
// that see the input and their own outputs of the step before.
//
//	y(t) = φ(Wx·x(t) + Wy·y(t−1) + b)
//
//	x(t)  [features]         the input
//	y(t)  [units]            the output, which is the state
//	Wx    [features, units]  "kernel", at first uniform (Glorot and Bengio 2010)
//	Wy    [units, units]     "recurrent_kernel", at first orthogonal
//	b     [units]            "bias", at first zeros
type Simple struct {
	Units      int
	Activation Activation
}

// States is the one state, the output.
func (c Simple) States() []int { return []int{c.Units} }

// Weights are Wx, Wy and b.
func (c Simple) Weights(s *model.Scope, x *graph.Node) []*graph.Node {
	return nodes{
		kernel(s, x, c.Units),
		recurrent(s, x, c.Units, c.Units),
		bias(s, x, "bias", initializer.Zero, c.Units),
	}
}

// Project is Wx·x.
func (c Simple) Project(x *graph.Node, w []*graph.Node) []*graph.Node { return products(x, w[:1]) }

// Step is the equation of the cell.
func (c Simple) Step(x, state, w []*graph.Node, drop func(*graph.Node) *graph.Node) []*graph.Node {
	y, wy, b := state[0], w[1], w[2]
	y = c.Activation.of(sum(x[0], graph.MatMul(drop(y), wy), b))
	return nodes{y}
}
