package rnn

import (
	"fmt"
	"slices"

	"github.com/gomlx/gomlx/core/graph"
)

// forward is one scan: a step as it was traced, and the loop of its copies.
type forward struct {
	order
	xs, carries nodes // as given

	x, carry, next nodes // traced: the stand-ins of an input and of the state, and the state after it
	outer          nodes // what the step takes from outside of itself
	derived        *derived

	states []node // of each carry, [time+1, …]: the first and those after each step
	kept   []node // of each value of derived.keep, [time, …]
}

func newForward(step StepFn, xs, carries, params nodes, reversed bool) *forward {
	f := &forward{order: order{xs[0].Shape().Dim(0), reversed}, xs: xs, carries: carries}
	for _, x := range xs {
		f.x = append(f.x, standIn(graph.Squeeze(graph.Slice(x, graph.AxisElem(0)), 0)))
	}
	f.carry = standIns(carries)
	f.next = step(f.x, f.carry, params)
	if len(f.next) != len(carries) {
		panic(fmt.Errorf("rnn: a step made %d values of a state of %d", len(f.next), len(carries)))
	}
	for i, n := range f.next {
		if !n.Shape().Equal(carries[i].Shape()) {
			panic(fmt.Errorf("rnn: a step made %s of the value %d of the state, which was %s", n.Shape(), i, carries[i].Shape()))
		}
	}
	v := varyingWith(f.x, f.carry)
	f.outer = v.fixed(f.next, nil)
	f.derived = derive(f, v)
	return f
}

// run builds the loop and tells GoMLX its gradient.
func (f *forward) run() (final, all nodes) {
	n := len(f.carries)
	state := append(nodes{}, f.carries...)
	for _, c := range f.carries {
		state = append(state, f.first(c))
	}
	keep := f.derived.keep
	for _, v := range keep {
		state = append(state, buffer(v, f.steps))
	}
	fixed := join(f.outer, f.xs)
	out := f.loop(state, fixed, func(t node, state, fixed nodes) nodes {
		c := copying(f.carry, state[:n])
		c.set(f.outer, fixed)
		for i, x := range fixed[len(f.outer):] {
			c[f.x[i]] = at(x, t)
		}
		changed := c.of(f.next)
		for i, s := range state[n : 2*n] {
			changed = append(changed, put(s, f.after(t), changed[i]))
		}
		for k, s := range state[2*n:] {
			changed = append(changed, put(s, t, c.one(keep[k])))
		}
		return changed
	})
	final, f.states, f.kept = slices.Clip(out[:n]), out[n:2*n], out[2*n:] // callers may append to final
	register(f, out[0].Inputs()[0])
	for i, n := range final {
		final[i] = settle(n)
	}
	for _, s := range f.states {
		times := graph.AxisRange(1)
		if f.reversed {
			times = graph.AxisRange(0, f.steps)
		}
		all = append(all, graph.Slice(s, times))
	}
	return final, all
}

// first returns the array of the states before the first step: c in its place.
func (f *forward) first(c node) node {
	first, rest := graph.InsertAxes(c, 0), buffer(c, f.steps)
	if f.reversed {
		first, rest = rest, first
	}
	return graph.Concatenate(nodes{first, rest}, 0)
}
