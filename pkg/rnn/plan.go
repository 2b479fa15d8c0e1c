package rnn

import (
	"cmp"
	"slices"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/support/exceptions"
)

// backward is the plan of a backward loop.
type backward struct {
	*forward
	stacked nodes // traced values collected over time
	summed  nodes // traced gradients of outer values, added up over time
	outer   nodes // traced values that do not vary, for which the values in outerOf stand
	xs      []int // the inputs that a step of it reads,
	before  []int // the carries whose states before the step it reads,
	kept    []int // and what of the kept
	fixed   nodes // what the loop is given: all these in this order, then adjoints of states
}

func newBackward(f *forward) *backward {
	d := f.derived
	b := &backward{forward: f}
	for _, g := range d.dx {
		b.stack(g)
	}
	for i, g := range d.douter {
		switch {
		case g == nil || constant(f.outer[i]):
		case product(g) != nil:
			for _, factor := range product(g) {
				b.stack(factor)
			}
		default:
		}
	}
	for i, g := range d.douter {
		if g != nil && !constant(f.outer[i]) && product(g) == nil && !slices.Contains(b.stacked, g) &&
			!slices.Contains(b.summed, g) {
			b.summed = append(b.summed, g)
		}
	}
	b.read()
	return b
}

// stack has a traced value collected over time, unless it is there already.
func (b *backward) stack(n node) {
	d := b.derived
	if n == nil || slices.Contains(b.stacked, n) || slices.Contains(d.x, n) || slices.Contains(d.carry, n) ||
		slices.Contains(d.kept, n) {
		return
	}
	b.stacked = append(b.stacked, n)
}

// read finds what the loop is to be given.
func (b *backward) read() {
	d := b.derived
	wanted := append(append(append(nodes{}, b.carries(d.dcarry)...), b.stacked...), b.summed...)
	stop := map[node]bool{}
	for _, n := range append(append(append(append(nodes{}, d.x...), d.carry...), d.kept...), d.cotangent...) {
		stop[n] = true
	}
	v := varyingWith(d.x, d.carry, d.kept, d.cotangent)
	reached := reach(wanted, stop)
	pick := func(stands, values nodes) (picked []int) {
		for i, n := range stands {
			if reached[n] {
				picked = append(picked, i)
				b.fixed = append(b.fixed, values[i])
			}
		}
		return picked
	}
	b.xs = pick(d.x, b.forward.xs)
	b.before = pick(d.carry, b.states)
	b.kept = pick(d.kept, b.forward.kept)
	b.outer = v.fixed(wanted, stop)
	b.fixed = append(b.fixed, copying(d.outer, b.forward.outer).of(b.outer)...)
}

// reach returns the nodes on which outputs depend, up to those at which to stop.
func reach(outputs nodes, stop map[node]bool) map[node]bool {
	seen := map[node]bool{}
	var visit func(n node)
	visit = func(n node) {
		if seen[n] {
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

// slices returns the copies with which a step at time t begins.
func (b *backward) slices(t node, fixed nodes) copies {
	d, c := b.derived, copies{}
	take := func() node { n := fixed[0]; fixed = fixed[1:]; return n }
	for _, i := range b.xs {
		c[d.x[i]] = at(take(), t)
	}
	for _, i := range b.before {
		c[d.carry[i]] = at(take(), b.order.before(t))
	}
	for _, i := range b.kept {
		c[d.kept[i]] = at(take(), t)
	}
	for _, n := range b.outer {
		c[n] = take()
	}
	return c
}

// carries returns those of the values, one a carry, whose carry is a float.
func (b *backward) carries(of nodes) (floats nodes) {
	for i, n := range of {
		if b.derived.dcarry[i] != nil {
			floats = append(floats, n)
		}
	}
	return floats
}

// collect makes of the loop's results the gradient of each input of the forward loop.
func (b *backward) collect(while node, out nodes) nodes {
	d, n := b.derived, len(b.forward.carries)
	grads := make(nodes, len(while.Inputs()))
	carries := b.carries(d.dcarry)
	k := 0
	for i, g := range d.dcarry {
		if g != nil {
			grads[1+i] = out[k]
			k++
		}
	}
	stack, sum := map[node]node{}, map[node]node{}
	for i, s := range b.stacked {
		stack[s] = out[len(carries)+i]
	}
	for i, s := range b.summed {
		sum[s] = out[len(carries)+len(b.stacked)+i]
	}
	for i, s := range d.x {
		stack[s] = b.forward.xs[i]
	}
	for i, s := range d.carry {
		times := graph.AxisRange(0, b.steps)
		if b.reversed {
			times = graph.AxisRange(1)
		}
		stack[s] = graph.Slice(b.states[i], times)
	}
	for i, s := range d.kept {
		stack[s] = b.forward.kept[i]
	}
	at := 1 + 2*n + len(d.keep)
	for i, g := range d.dx {
		if g != nil {
			grads[at+i] = stack[g]
		}
	}
	at += len(d.dx)
	for i, g := range d.douter {
		switch {
		case g == nil || constant(b.forward.outer[i]):
		case product(g) != nil:
			c := copies{}
			for _, factor := range product(g) {
				c[factor] = flat(stack[factor])
			}
			grads[at+i] = c.one(g)
		case sum[g] != nil:
			grads[at+i] = sum[g]
		default:
			grads[at+i] = graph.ReduceSum(stack[g], 0)
		}
	}
	return grads
}

// flat takes time and rows together: [time, rows, …] becomes [time·rows, …].
func flat(n node) node {
	dims := n.Shape().Dimensions
	return graph.Reshape(n, append([]int{dims[0] * dims[1]}, dims[2:]...)...)
}

// product returns the factors of a weight's gradient that is a product of values of each row,
// summed over the rows: [rows, in] and [rows, out]. That of all steps is then the same product of
// the factors of all steps. Of other gradients it returns nil.
func product(g node) nodes {
	factors := factorsOf(g)
	if factors == nil {
		return nil
	}
	doubled := copies{} // of twice the rows, the same product is of the same shape
	for _, f := range factors {
		doubled[f] = graph.Concatenate(nodes{f, f}, 0)
	}
	var same bool
	err := exceptions.TryCatch[error](func() { same = doubled.one(g).Shape().Equal(g.Shape()) })
	if err != nil || !same {
		return nil
	}
	return factors
}

func factorsOf(g node) nodes {
	switch g.Type() {
	case graph.NodeTypeTranspose:
		return factorsOf(g.Inputs()[0])
	case graph.NodeTypeAdd:
		a, b := factorsOf(g.Inputs()[0]), factorsOf(g.Inputs()[1])
		if a == nil || b == nil {
			return nil
		}
		return append(a, b...)
	case graph.NodeTypeDotGeneral:
		return g.Inputs()
	}
	return nil
}

// constant is true of a value on which nothing can learn.
func constant(n node) bool {
	for m := range reach(nodes{n}, nil) {
		if len(m.Inputs()) == 0 && m.Type() != graph.NodeTypeConstant && m.Type() != graph.NodeTypeIota {
			return false
		}
	}
	return true
}

func ordered(set map[node]bool) nodes {
	all := make(nodes, 0, len(set))
	for n := range set {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b node) int { return cmp.Compare(a.Id(), b.Id()) })
	return all
}
