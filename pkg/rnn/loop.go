package rnn

import (
	"strconv"

	"github.com/gomlx/gomlx/core/graph"
)

// order is that in which a loop visits the times from 0 to steps-1.
type order struct {
	steps    int
	reversed bool
}

func (o order) back() order { return order{o.steps, !o.reversed} }

// before and after are the places, in an array of steps+1 states in the order of time, of
// the states before and after the step at time t.
func (o order) before(t node) node {
	if o.reversed {
		return next(t)
	}
	return t
}

func (o order) after(t node) node {
	if o.reversed {
		return t
	}
	return next(t)
}

func next(t node) node { return graph.Add(t, graph.Const(t.Graph(), int32(1))) }

// loop runs body once for each time, on a state that body changes and on values that stay.
// The latter are state too as XLA's bridge sees it, because its operations on two values take
// none from outside of a loop.
func (o order) loop(state, fixed nodes, body func(t node, state, fixed nodes) nodes) nodes {
	g := state[0].Graph()
	n := len(state)
	initial := join(nodes{begin(g)}, state, fixed)
	more := graph.NewClosure(g, func(g *graph.Graph) []*graph.Node {
		return nodes{graph.LessThan(parameters(g, initial)[0], graph.Const(g, int32(o.steps)))}
	})
	turn := graph.NewClosure(g, func(g *graph.Graph) []*graph.Node {
		p := parameters(g, initial)
		i, fixed := p[0], p[1+n:]
		t := i
		if o.reversed {
			t = graph.Sub(graph.Const(g, int32(o.steps-1)), i)
		}
		changed := append(nodes{next(i)}, body(t, p[1:1+n], fixed)...)
		return append(changed, fixed...)
	})
	out := graph.While(more, turn, initial...)
	end(out[0])
	return out[1 : 1+n]
}

func parameters(g *graph.Graph, like nodes) nodes {
	p := make(nodes, len(like))
	for i, n := range like {
		p[i] = graph.Parameter(g, "p"+strconv.Itoa(i), n.Shape())
	}
	return p
}
