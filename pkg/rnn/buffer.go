package rnn

import (
	"github.com/gomlx/compute"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
)

// The arrays over time that a loop reads and fills, [time, …]. Here is all that differs
// between the backends: XLA slices and writes in place, and builds no scatter within a loop;
// GoMLX's own backend has no slices at computed places, but gathers and scatters.

// buffer returns an array for the values of n at so many times. It is zero, which put relies on.
func buffer(n node, times int) node {
	return graph.Zeros(n.Graph(), shapes.Make(n.DType(), append([]int{times}, n.Shape().Dimensions...)...))
}

func dynamic(n node) bool {
	return n.Graph().Backend().Capabilities().Operations[compute.OpTypeDynamicUpdateSlice]
}

// at returns the value at time t.
func at(buffer, t node) node {
	if !dynamic(buffer) {
		return graph.Gather(buffer, t)
	}
	dims := append([]int{1}, buffer.Shape().Dimensions[1:]...)
	return graph.Squeeze(graph.DynamicSlice(buffer, start(buffer, t), dims), 0)
}

// put returns the array with v at time t, where there was none before.
func put(buffer, t, v node) node {
	if !dynamic(buffer) {
		return graph.ScatterSum(buffer, graph.Reshape(t, 1, 1), graph.InsertAxes(v, 0), true, true)
	}
	return graph.DynamicUpdateSlice(buffer, graph.InsertAxes(v, 0), start(buffer, t))
}

// lastLoop is the key under which a graph holds the count with which its last loop ended.
type lastLoop struct{}

// begin returns the count with which a loop begins, 0. GoMLX's own backend runs at once what does
// not depend on each other, and stops for good where all its workers are loops that wait for
// one: there each loop waits for the loop before it.
func begin(g *graph.Graph) node {
	if last, ok := g.State(lastLoop{}).(node); ok && !dynamic(last) {
		return graph.Sub(last, last)
	}
	return graph.Const(g, int32(0))
}

// end notes the count with which a loop ended.
func end(count node) { count.Graph().AttachState(lastLoop{}, count) }

// settle returns a loop's result as a node of its own. GoMLX's own backend panics where all that is
// used of a loop's results comes before some that are not, and nothing follows the loop.
func settle(n node) node {
	if dynamic(n) {
		return n
	}
	return graph.Reshape(n, n.Shape().Dimensions...)
}

func start(buffer, t node) nodes {
	s := nodes{t}
	for range buffer.Rank() - 1 {
		s = append(s, graph.Const(t.Graph(), int32(0)))
	}
	return s
}
