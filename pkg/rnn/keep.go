package rnn

import (
	"cmp"
	"slices"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
)

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

// choose finds what to keep: the values of the step that its gradients use and that are not cheap to
// compute again from the inputs, the state before the step, and what is kept already. original
// maps the values of the gradient's trace to those of the forward trace, of which v varies.
func (d *derived) choose(original map[node]node, v varying) {
	have := map[node]bool{}
	for _, n := range join(d.x, d.carry) {
		have[n] = true
	}
	dear := func(n node) bool {
		stop := map[node]bool{}
		for m, o := range original {
			stop[m] = have[m] || !v[o]
		}
		for m := range reach(nodes{n}, stop) {
			if !stop[m] && !cheap[m.Type()] {
				return true
			}
		}
		return false
	}
	var keep func(n node)
	keep = func(n node) {
		switch {
		case !dear(n):
		case n.DType() == dtypes.Bool: // of which GoMLX's own backend fills no arrays: what it was made of
			for _, input := range n.Inputs() {
				keep(input)
			}
		default:
			have[n] = true
			d.keep, d.kept = append(d.keep, original[n]), append(d.kept, n)
		}
	}
	stop := map[node]bool{}
	for m := range original {
		stop[m] = true
	}
	for _, n := range ordered(reach(join(d.dx, d.dcarry, d.douter), stop)) {
		if original[n] != nil {
			keep(n)
		}
	}
}

// reach returns the nodes on which outputs depend, themselves among them, up to those at which to stop.
func reach(outputs nodes, stop map[node]bool) map[node]bool {
	seen := map[node]bool{}
	var visit func(n node)
	visit = func(n node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		if stop[n] {
			return
		}
		for _, input := range n.Inputs() {
			visit(input)
		}
	}
	for _, n := range outputs {
		visit(n)
	}
	return seen
}

// ordered returns nodes in the order of their making.
func ordered(set map[node]bool) nodes {
	all := make(nodes, 0, len(set))
	for n := range set {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b node) int { return cmp.Compare(a.Id(), b.Id()) })
	return all
}

func has(ns nodes, n node) bool { return slices.Contains(ns, n) }

func join(lists ...nodes) nodes { return slices.Concat(lists...) }
