package rnn

import (
	"fmt"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/support/exceptions"
)

// derived is the gradient of a step, traced: what a step of the backward loop computes.
type derived struct {
	failed error // the step has no gradient, says GoMLX; nobody may ask for it

	x, carry, outer nodes // stand-ins, of which gradients are wanted where they are floats
	cotangent       nodes // stand-ins of the adjoint of each value of the state after the step
	dx, dcarry      nodes // traced gradients, nil for what is no float
	douter          nodes

	keep nodes // of the forward trace: what the forward loop keeps for the backward loop
	kept nodes // the same in the gradient's trace
}

// derive traces the gradient of a step of which v varies. The step is copied for it, so that
// what it takes from outside is a leaf: whatever that depends on gets its share later, through
// the loop.
func derive(f *forward, v varying) *derived {
	d := &derived{x: standIns(f.x), carry: standIns(f.carry), outer: standIns(f.outer), cotangent: standIns(f.next)}
	from := map[node]node{} // the node of the forward trace by its copy
	c := copying(append(append(append(nodes{}, f.x...), f.carry...), f.outer...),
		append(append(append(nodes{}, d.x...), d.carry...), d.outer...))
	next := c.of(f.next)
	for n, made := range c {
		from[made] = n
	}
	err := exceptions.TryCatch[error](func() { d.gradients(next) })
	if err != nil {
		d.failed = fmt.Errorf("rnn: the step of a scan has no gradient: %w", err)
		return d
	}
	d.choose(from, v)
	return d
}

// gradients injects the cotangents into the state after the step and derives backwards.
func (d *derived) gradients(next nodes) {
	g := next[0].Graph()
	total := graph.Scalar(g, next[0].DType(), 0)
	for i, n := range next {
		if n.DType().IsFloat() {
			inject := func(_, _ *graph.Node) *graph.Node { return d.cotangent[i] }
			sum := graph.ReduceAllSum(graph.IdentityWithCustomGradient(n, inject))
			total = graph.Add(total, graph.ConvertDType(sum, total.DType()))
		}
	}
	var floats nodes
	for _, of := range []nodes{d.x, d.carry, d.outer} {
		for _, n := range of {
			if n.DType().IsFloat() {
				floats = append(floats, n)
			}
		}
	}
	grads := graph.Gradient(total, floats...)
	by := map[node]node{}
	for i, n := range floats {
		by[n] = grads[i]
	}
	of := func(ns nodes) (found nodes) {
		for _, n := range ns {
			found = append(found, by[n])
		}
		return found
	}
	d.dx, d.dcarry, d.douter = of(d.x), of(d.carry), of(d.outer)
}

// cheap are operations whose result is computed again rather than kept.
var cheap = map[graph.NodeType]bool{
	graph.NodeTypeIdentity: true, graph.NodeTypeAdd: true, graph.NodeTypeSub: true, graph.NodeTypeMul: true,
	graph.NodeTypeNeg: true, graph.NodeTypeMax: true, graph.NodeTypeMin: true, graph.NodeTypeAbs: true,
	graph.NodeTypeWhere: true, graph.NodeTypeSlice: true, graph.NodeTypeReshape: true, graph.NodeTypeTranspose: true,
	graph.NodeTypeBroadcastInDim: true, graph.NodeTypeConcatenate: true, graph.NodeTypeConvertDType: true,
	graph.NodeTypeEqual: true, graph.NodeTypeNotEqual: true, graph.NodeTypeLessThan: true, graph.NodeTypeLessOrEqual: true,
	graph.NodeTypeGreaterThan: true, graph.NodeTypeGreaterOrEqual: true, graph.NodeTypeLogicalNot: true,
	graph.NodeTypeLogicalAnd: true, graph.NodeTypeLogicalOr: true,
}

// choose finds what to keep: the forward values which the gradients use and that are not cheap
// to compute again from the inputs, the state before the step, and what is kept already.
func (d *derived) choose(from map[node]node, v varying) {
	have := map[node]bool{}
	for _, n := range append(append(nodes{}, d.x...), d.carry...) {
		have[n] = true
	}
	dear := func(n node) bool { // in the gradient's trace
		seen := map[node]bool{}
		var visit func(n node) bool
		visit = func(n node) bool {
			if have[n] || seen[n] || !v[from[n]] {
				return false
			}
			seen[n] = true
			if !cheap[n.Type()] {
				return true
			}
			for _, input := range n.Inputs() {
				if visit(input) {
					return true
				}
			}
			return false
		}
		return visit(n)
	}
	var keep func(n node)
	keep = func(n node) {
		switch {
		case !dear(n):
		case n.DType() == dtypes.Bool: // GoMLX's own backend scatters none: keep what it was made of
			for _, input := range n.Inputs() {
				keep(input)
			}
		default:
			have[n] = true
			d.keep, d.kept = append(d.keep, from[n]), append(d.kept, n)
		}
	}
	for _, n := range used(append(append(append(nodes{}, d.dx...), d.dcarry...), d.douter...), from) {
		keep(n)
	}
}

// used returns the forward nodes that gradients use, in the order of their making.
func used(gradients nodes, forward map[node]node) nodes {
	found, seen := map[node]bool{}, map[node]bool{}
	var visit func(n node)
	visit = func(n node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		if forward[n] != nil {
			found[n] = true
			return
		}
		for _, input := range n.Inputs() {
			visit(input)
		}
	}
	for _, n := range gradients {
		visit(n)
	}
	return ordered(found)
}
