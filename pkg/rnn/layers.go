package rnn

import (
	"fmt"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// Bidirectional reads a sequence in both directions, each with weights of its own, in the scopes
// "forward" and "backward" (Schuster and Paliwal 1997, "Bidirectional recurrent neural networks").
type Bidirectional struct {
	Cell                      Cell
	Dropout, RecurrentDropout float64 // as of a [Layer]
}

// Apply is [Layer.Apply] of both directions. Last and All have the outputs of both side by side,
// [batch, 2·units] and [batch, time, 2·units]; State has the values of the one and then of the
// other.
func (b Bidirectional) Apply(s *model.Scope, x, mask *graph.Node) Output {
	l := Layer{Cell: b.Cell, Dropout: b.Dropout, RecurrentDropout: b.RecurrentDropout}
	there := l.Apply(s.In("forward"), x, mask)
	l.Reversed = true
	back := l.Apply(s.In("backward"), x, mask)
	return Output{
		Last:  graph.Concatenate(nodes{there.Last, back.Last}, -1),
		All:   graph.Concatenate(nodes{there.All, back.All}, -1),
		State: append(there.State, back.State...),
	}
}

// Stack is layers, each of which reads all outputs of the one before it, in the scopes "0", "1" and
// so on.
type Stack []Layer

// Apply is [Layer.Apply] of one layer after the other. initial, where given, has the values of the
// states of all layers, in their order; so has State of the result. Last and All are those of the
// last layer.
func (l Stack) Apply(s *model.Scope, x, mask *graph.Node, initial ...*graph.Node) Output {
	if len(l) == 0 {
		panic(fmt.Errorf("rnn: a stack has at least one layer"))
	}
	given := len(initial) > 0
	var out Output
	var state nodes
	for i, layer := range l {
		var own nodes
		if given && layer.Cell != nil {
			n := min(len(layer.Cell.States()), len(initial))
			own, initial = initial[:n], initial[n:]
		}
		out = layer.Apply(s.In("%d", i), x, mask, own...)
		x = out.All
		state = append(state, out.State...)
	}
	if len(initial) > 0 {
		panic(fmt.Errorf("rnn: %d initial states were given that no layer of the stack has", len(initial)))
	}
	out.State = state
	return out
}
