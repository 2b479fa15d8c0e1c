// Package rnn holds recurrent networks: the simple cell, the GRU and the LSTM, in layers that
// may be reversed, bidirectional or stacked, on [Scan], a loop over time that compiles in the
// same time whatever the number of steps.
//
//	h := rnn.Layer{Cell: rnn.GRU{Units: 50}}.Apply(s.In("gru"), x, mask).Last // [batch, 50]
//
// Sequences are [batch, time, features]; masks are [batch, time], true or 1 for a real step and
// false or 0 for a pad; states are [batch, units]. A masked step changes nothing, whatever is
// in it: the state after it is that before it, and no gradient comes of it.
//
// Weights have the names, shapes and order of gates of Keras, and start as Keras' do.
package rnn

import (
	"fmt"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// Cell is what a [Layer] repeats: [Simple], [GRU], [LSTM], or one of your own.
type Cell interface {
	// States returns how many numbers each value of the state has, the output first:
	// the state is a list of [batch, numbers].
	States() []int
	// Weights makes or finds the weights in the scope, for x, [batch, features]. A bias that
	// Step adds is repeated for each row, as [batch, …]: within a loop nothing is broadcast.
	Weights(s *model.Scope, x *graph.Node) []*graph.Node
	// Project computes what of a step needs no state and is dear, products with the input, for
	// all steps at once: x is [steps·batch, features], and so are the results, of any number
	// of features.
	Project(x *graph.Node, weights []*graph.Node) []*graph.Node
	// Step returns the state after a step, from Project's results for it, each [batch, …],
	// and the state before it. drop is recurrent dropout: what the cell multiplies by
	// recurrent weights goes through it.
	Step(x, state, weights []*graph.Node, drop func(*graph.Node) *graph.Node) []*graph.Node
}

// Output is what a layer makes of a sequence. Only what is used costs anything.
type Output struct {
	// Last is the output of the last step that is not masked, [batch, units]; of a reversed
	// layer it is that of the first. A sequence all masked leaves the initial state.
	Last *graph.Node
	// All are the outputs of all steps, [batch, time, units], in the order of x's time. At a
	// masked step it is the output of the step before.
	All *graph.Node
	// State is the state after the last step: y, and of an LSTM y and c.
	State []*graph.Node
}

// Layer applies a cell to each step of a sequence, one after the other.
type Layer struct {
	Cell     Cell
	Reversed bool // from the last step to the first
	// Dropout and RecurrentDropout are the shares, from 0 to below 1, of the numbers of the
	// input and of the state that are hidden from the weights while training. Those hidden are
	// the same in all steps of a sequence, others in each sequence and batch (Gal and
	// Ghahramani 2016, "A theoretically grounded application of dropout in recurrent neural
	// networks"). The others are scaled up by 1/(1-share), so that sums keep their size.
	Dropout, RecurrentDropout float64
}

// Apply builds the layer on x, [batch, time, features], with its weights in the scope s. mask is
// [batch, time] or nil where all steps are real. initial is the state before the first step,
// zeros unless given.
func (l Layer) Apply(s *model.Scope, x, mask *graph.Node, initial ...*graph.Node) Output {
	l.check(x, mask, initial)
	return l.apply(scan, s, x, mask, initial)
}

// apply is Apply with a loop given: [scan], or what tests compare it with.
func (l Layer) apply(loop func(step StepFn, xs, carries, params nodes, reversed bool) (final, all nodes),
	s *model.Scope, x, mask node, initial nodes) Output {
	g, batch, steps, features := x.Graph(), x.Shape().Dim(0), x.Shape().Dim(1), x.Shape().Dim(2)
	xs := nodes{}
	if mask != nil {
		if mask.DType() != boolean {
			mask = graph.NotEqual(mask, graph.ZerosLike(mask))
		}
		mask = graph.InsertAxes(graph.Transpose(mask, 0, 1), -1) // [time, batch, 1]
		xs = append(xs, mask)
	}
	x = graph.Transpose(x, 0, 1) // [time, batch, features]
	if mask != nil {
		x = graph.Where(graph.BroadcastToShape(mask, x.Shape()), x, graph.ZerosLike(x))
	}
	if l.Dropout > 0 && s.IsTraining(g) {
		keep := dropout(s, x, l.Dropout, batch, features)
		x = graph.Mul(x, graph.InsertAxes(keep, 0))
	}
	w := l.Cell.Weights(s, graph.Squeeze(graph.Slice(x, graph.AxisElem(0)), 0))
	for _, p := range l.Cell.Project(graph.Reshape(x, steps*batch, features), w) {
		xs = append(xs, graph.Reshape(p, steps, batch, -1))
	}
	state := initial
	if len(state) == 0 {
		for _, units := range l.Cell.States() {
			state = append(state, zeros(x, batch, units))
		}
	}
	drop := func(n *graph.Node) *graph.Node { return n }
	if l.RecurrentDropout > 0 && s.IsTraining(g) {
		keep := dropout(s, x, l.RecurrentDropout, batch, l.Cell.States()[0])
		drop = func(n *graph.Node) *graph.Node { return graph.Mul(n, keep) }
	}
	step := func(xs, state, w []*graph.Node) []*graph.Node {
		if mask == nil {
			return l.Cell.Step(xs, state, w, drop)
		}
		next := l.Cell.Step(xs[1:], state, w, drop)
		for i, n := range next {
			next[i] = graph.Where(graph.BroadcastToShape(xs[0], n.Shape()), n, state[i])
		}
		return next
	}
	final, all := loop(step, xs, state, w, l.Reversed)
	return Output{Last: final[0], All: graph.Transpose(all[0], 0, 1), State: final}
}

// check panics, as GoMLX's layers do, where a layer does not fit what it is given.
func (l Layer) check(x, mask *graph.Node, initial nodes) {
	if l.Cell == nil {
		panic(fmt.Errorf("rnn: a layer needs a Cell, such as rnn.GRU{Units: 50}"))
	}
	for _, units := range l.Cell.States() {
		if units < 1 {
			panic(fmt.Errorf("rnn: %T has %d units, set Units to 1 or more", l.Cell, units))
		}
	}
	for _, share := range []float64{l.Dropout, l.RecurrentDropout} {
		if !(share >= 0 && share < 1) {
			panic(fmt.Errorf("rnn: dropout is a share from 0 to below 1, not %g", share))
		}
	}
	if x.Rank() != 3 || !x.DType().IsFloat() || x.Shape().Size() == 0 {
		panic(fmt.Errorf("rnn: the input is %s, not numbers [batch, time, features]", x.Shape()))
	}
	if mask != nil && (mask.Rank() != 2 || mask.Shape().Dim(0) != x.Shape().Dim(0) || mask.Shape().Dim(1) != x.Shape().Dim(1)) {
		panic(fmt.Errorf("rnn: the mask is %s, not [batch, time] of the input %s", mask.Shape(), x.Shape()))
	}
	if len(initial) == 0 {
		return
	}
	widths := l.Cell.States()
	if len(initial) != len(widths) {
		panic(fmt.Errorf("rnn: %T has a state of %d values, and %d initial ones were given", l.Cell, len(widths), len(initial)))
	}
	for i, n := range initial {
		if n.Rank() != 2 || n.Shape().Dim(0) != x.Shape().Dim(0) || n.Shape().Dim(1) != widths[i] || n.DType() != x.DType() {
			panic(fmt.Errorf("rnn: the initial state %d is %s, not [%d, %d]", i, n.Shape(), x.Shape().Dim(0), widths[i]))
		}
	}
}
