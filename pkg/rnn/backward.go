package rnn

import (
	"fmt"

	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
)

// scanOf is the key under which a graph holds the scan of a While node.
type scanOf struct{ while node }

func init() {
	graph.VJPRegistration[graph.NodeTypeWhile] = func(while node, adjoints []*graph.Node, _ shapes.Shape) []*graph.Node {
		f, ok := while.Graph().State(scanOf{while}).(*forward)
		if !ok {
			panic(fmt.Errorf("a While loop has a gradient only where rnn.Scan made it"))
		}
		return f.backward(while, adjoints)
	}
}

func register(f *forward, while node) { while.Graph().AttachState(scanOf{while}, f) }

// backward builds the backward loop. adjoints are of the forward loop's values: the counter, the
// carries, the arrays of states, what was kept, xs and outer; so is what it returns.
func (f *forward) backward(while node, adjoints nodes) nodes {
	d := f.derived
	if d.failed != nil {
		panic(d.failed)
	}
	n := len(f.carries)
	b := newBackward(f)
	var later []int // carries of which the states after the steps are used, not just the last
	for i, a := range adjoints[1+n : 1+2*n] {
		if d.dcarry[i] != nil && !isZero(a) {
			later = append(later, i)
			b.fixed = append(b.fixed, a)
		}
	}
	state := append(nodes{}, b.carries(adjoints[1:1+n])...)
	nc := len(state)
	for _, s := range b.stacked {
		state = append(state, buffer(s, f.steps))
	}
	for _, s := range b.summed {
		state = append(state, graph.ZerosLike(s))
	}
	out := f.back().loop(state, b.fixed, func(t node, state, fixed nodes) nodes {
		c := b.slices(t, fixed)
		k := 0
		for i, ct := range d.cotangent {
			if d.dcarry[i] != nil {
				c[ct] = state[k]
				k++
			}
		}
		for j, i := range later {
			a := at(fixed[len(fixed)-len(later)+j], f.after(t))
			c[d.cotangent[i]] = graph.Add(c[d.cotangent[i]], a)
		}
		changed := c.of(b.carries(d.dcarry))
		for i, s := range b.stacked {
			changed = append(changed, put(state[nc+i], t, c.one(s)))
		}
		for i, s := range b.summed {
			changed = append(changed, graph.Add(state[nc+len(b.stacked)+i], c.one(s)))
		}
		return changed
	})
	return b.collect(while, out)
}

// isZero is true of the adjoint with which GoMLX fills in for values that are not used.
func isZero(n node) bool {
	return n.Type() == graph.NodeTypeBroadcastInDim && n.Inputs()[0] == graph.ScalarZero(n.Graph(), n.DType())
}
