package rnn

import (
	"fmt"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/support/exceptions"
)

// derived is the gradient of a step, traced: what a step of the backward loop computes.
type derived struct {
	failed error // why the step has no gradient, for whoever asks for it

	x, carry, outer    nodes // stand-ins for the inputs, the state before the step, and what is from outside
	cotangent          nodes // and for the adjoint of each value of the state after it
	dx, dcarry, douter nodes // traced gradients of the first three, nil of what is no float

	keep nodes // values of the forward trace that the forward loop keeps for the backward loop
	kept nodes // the same in the gradient's trace, stand-ins for what was kept

	stacked nodes         // what the backward loop collects over time, of the gradient's trace,
	summed  nodes         // and what it adds up
	reads   map[node]bool // of x, carry and kept what it needs for that
}

// derive traces the gradient of a step, of which v varies. The step is copied for it, so that what it
// takes from outside is a leaf: whatever that depends on gets its share later, through the loop.
func derive(f *forward, v varying) *derived {
	d := &derived{x: standIns(f.x), carry: standIns(f.carry), outer: standIns(f.outer), cotangent: standIns(f.next)}
	c := copying(join(f.x, f.carry, f.outer), join(d.x, d.carry, d.outer))
	next := c.of(f.next)
	original := map[node]node{} // of a copy
	for n, made := range c {
		original[made] = n
	}
	err := exceptions.TryCatch[error](func() { d.gradients(next) })
	if err != nil {
		d.failed = fmt.Errorf("rnn: the step of a scan has no gradient: %w", err)
		return d
	}
	d.choose(original, v)
	d.plan(f)
	return d
}

// gradients injects the cotangents into the state after the step and derives backwards.
func (d *derived) gradients(next nodes) {
	total := graph.ScalarZero(next[0].Graph(), next[0].DType())
	for i, n := range next {
		if n.DType().IsFloat() {
			inject := func(_, _ *graph.Node) *graph.Node { return d.cotangent[i] }
			sum := graph.ReduceAllSum(graph.IdentityWithCustomGradient(n, inject))
			total = graph.Add(total, graph.ConvertDType(sum, total.DType()))
		}
	}
	var floats nodes
	for _, n := range join(d.x, d.carry, d.outer) {
		if n.DType().IsFloat() {
			floats = append(floats, n)
		}
	}
	by := copying(floats, graph.Gradient(total, floats...))
	of := func(ns nodes) (found nodes) {
		for _, n := range ns {
			found = append(found, by[n])
		}
		return found
	}
	d.dx, d.dcarry, d.douter = of(d.x), of(d.carry), of(d.outer)
}

// plan decides what the backward loop collects: the gradients of the inputs, the factors of those of
// weights, and of whatever else is from outside the gradients, unless they are collected anyway,
// as those of biases are.
func (d *derived) plan(f *forward) {
	for _, g := range d.dx {
		d.stack(g)
	}
	for i, g := range d.douter {
		if g != nil && constant(f.outer[i]) {
			g, d.douter[i] = nil, nil
		}
		if g != nil {
			d.stack(product(g)...)
		}
	}
	for _, g := range d.douter {
		if g != nil && product(g) == nil && !has(d.stacked, g) && !has(d.summed, g) {
			d.summed = append(d.summed, g)
		}
	}
	stop := map[node]bool{}
	for _, n := range join(d.x, d.carry, d.kept, d.cotangent) {
		stop[n] = true
	}
	d.reads = reach(join(d.floats(d.dcarry), d.stacked, d.summed), stop)
}

// stack has values collected over time that are not yet, and were not in the forward loop.
func (d *derived) stack(values ...*graph.Node) {
	for _, n := range values {
		if n != nil && !has(join(d.stacked, d.x, d.carry, d.kept), n) {
			d.stacked = append(d.stacked, n)
		}
	}
}

// floats returns those of the values, one a carry, whose carry is a float.
func (d *derived) floats(values nodes) (floats nodes) {
	for i, n := range values {
		if d.dcarry[i] != nil {
			floats = append(floats, n)
		}
	}
	return floats
}
