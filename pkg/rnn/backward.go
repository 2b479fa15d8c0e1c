package rnn

import (
	"errors"

	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
)

// scanOf is the key under which a graph holds the scan of a While node.
type scanOf struct{ while node }

func init() {
	graph.VJPRegistration[graph.NodeTypeWhile] = func(while node, adjoints []*graph.Node, _ shapes.Shape) []*graph.Node {
		f, ok := while.Graph().State(scanOf{while}).(*forward)
		if !ok {
			panic(errors.New("a While loop has a gradient only where rnn.Scan made it"))
		}
		if f.derived.failed != nil {
			panic(f.derived.failed)
		}
		return newBackward(f, adjoints).run()
	}
}

// register tells GoMLX that a While node is the loop of a scan.
func register(f *forward, while node) { while.Graph().AttachState(scanOf{while}, f) }

// backward is the loop that the gradient of a scan is: it visits the times in the opposite order.
type backward struct {
	*forward
	d              *derived
	last           nodes // adjoints of the state after the last step
	each           []int // the carries whose value after every step is used, not just the last,
	adjoints       nodes // and their adjoints, [time+1, …]
	xs, earlier    []int // what of the inputs and of the states before the steps it reads,
	kept           []int // of what was kept,
	outer, outerOf nodes // and of values from outside, traced, and the values
}

// newBackward prepares the loop. adjoints are those of the forward loop's values: the counter, the
// carries, the arrays of states, what was kept, the outer values and the inputs.
func newBackward(f *forward, adjoints nodes) *backward {
	d, n := f.derived, len(f.carries)
	b := &backward{forward: f, d: d, last: d.floats(adjoints[1 : 1+n])}
	for i, a := range adjoints[1+n : 1+2*n] {
		if d.dcarry[i] != nil && !isZero(a) {
			b.each, b.adjoints = append(b.each, i), append(b.adjoints, a)
		}
	}
	b.xs, b.earlier, b.kept = b.read(d.x), b.read(d.carry), b.read(d.kept)
	stop := map[node]bool{}
	for _, k := range d.kept {
		stop[k] = true
	}
	v := varyingWith(d.x, d.carry, d.kept, d.cotangent)
	b.outer = v.fixed(join(d.floats(d.dcarry), d.stacked, d.summed), stop)
	b.outerOf = copying(d.outer, f.outer).of(b.outer)
	return b
}

// isZero is true of the adjoint with which GoMLX fills in for values that are not used.
func isZero(n node) bool {
	return n.Type() == graph.NodeTypeBroadcastInDim && n.Inputs()[0] == graph.ScalarZero(n.Graph(), n.DType())
}

func (b *backward) read(of nodes) (read []int) {
	for i, n := range of {
		if b.d.reads[n] {
			read = append(read, i)
		}
	}
	return read
}

func pick(from nodes, at []int) (picked nodes) {
	for _, i := range at {
		picked = append(picked, from[i])
	}
	return picked
}

// run builds the loop and returns the gradients of the forward loop's initial values.
func (b *backward) run() nodes {
	d := b.d
	state := join(b.last, nil)
	for _, s := range d.stacked {
		state = append(state, buffer(s, b.steps))
	}
	for _, s := range d.summed {
		state = append(state, graph.ZerosLike(s))
	}
	fixed := join(b.outerOf, b.adjoints, pick(b.forward.xs, b.xs), pick(b.states, b.earlier),
		pick(b.forward.kept, b.kept))
	out := b.back().loop(state, fixed, b.step)
	return b.collect(out)
}

// step is the body of the loop.
func (b *backward) step(t node, state, fixed nodes) nodes {
	d := b.d
	take := func(from *nodes, n int) nodes { taken := (*from)[:n]; *from = (*from)[n:]; return taken }
	cotangents, stacks, sums := take(&state, len(b.last)), take(&state, len(d.stacked)), state
	c := copying(d.floats(d.cotangent), cotangents)
	c.set(b.outer, take(&fixed, len(b.outer)))
	for k, a := range take(&fixed, len(b.each)) {
		ct := d.cotangent[b.each[k]]
		c[ct] = graph.Add(c[ct], at(a, b.after(t)))
	}
	for k, x := range take(&fixed, len(b.xs)) {
		c[d.x[b.xs[k]]] = at(x, t)
	}
	for k, s := range take(&fixed, len(b.earlier)) {
		c[d.carry[b.earlier[k]]] = at(s, b.before(t))
	}
	for k, s := range fixed {
		c[d.kept[b.kept[k]]] = at(s, t)
	}
	changed := c.of(d.floats(d.dcarry))
	for i, s := range d.stacked {
		changed = append(changed, put(stacks[i], t, c.one(s)))
	}
	for i, s := range d.summed {
		changed = append(changed, graph.Add(sums[i], c.one(s)))
	}
	return changed
}

// collect makes of the loop's results the gradients.
func (b *backward) collect(out nodes) nodes {
	d, n := b.d, len(b.carries)
	grads := make(nodes, 1+2*n+len(d.keep)+len(d.outer)+len(d.x))
	carries, out := out[:len(b.last)], out[len(b.last):]
	for i, g := range d.dcarry {
		if g != nil {
			grads[1+i], carries = carries[0], carries[1:]
		}
	}
	over := copying(d.stacked, out) // of traced values their arrays over time
	sums := copying(d.summed, out[len(d.stacked):])
	over.set(d.x, b.forward.xs)
	for i, k := range d.kept {
		over[k] = b.forward.kept[i]
	}
	for i, s := range d.carry {
		times := graph.AxisRange(0, b.steps)
		if b.reversed {
			times = graph.AxisRange(1)
		}
		over[s] = graph.Slice(b.states[i], times)
	}
	of := grads[1+2*n+len(d.keep):]
	for i, g := range d.douter {
		switch {
		case g == nil:
		case product(g) != nil:
			c := copies{}
			for _, factor := range product(g) {
				c[factor] = flat(over[factor])
			}
			of[i] = c.one(g)
		case sums[g] != nil:
			of[i] = sums[g]
		default:
			of[i] = graph.ReduceSum(over[g], 0)
		}
	}
	for i, g := range d.dx {
		if g != nil {
			of[len(d.outer)+i] = over[g]
		}
	}
	return grads
}
