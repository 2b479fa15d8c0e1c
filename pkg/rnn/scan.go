package rnn

import (
	"fmt"

	"github.com/gomlx/gomlx/core/graph"
)

type (
	node  = *graph.Node
	nodes = []*graph.Node
)

// StepFn makes of the inputs of one step and of the state before it the state after it, which
// has as many values, of the same shapes. params are those given to [Scan].
type StepFn func(xs, carries, params []*graph.Node) []*graph.Node

// Scan is a loop over time that can be learned through: it repeats a step for each slice of
// the inputs along their first axis, and hands the state on from each step to the next.
//
//	xs      inputs, each [time, …]; step sees […]
//	carries the state before the first step, of any shapes
//	params  given to step unchanged: weights
//	final   the state after the last step
//	all     each value of the state after every step, [time, …]
//
// Compiling takes the same time whatever the number of steps. step is called once, to see
// what it does, on stand-ins of the right shapes; it may also use values from outside, as any
// closure, and the gradient reaches them as it reaches xs, carries and params. What in it
// depends neither on xs nor on carries is computed once, before the loop: random numbers
// are therefore the same in all steps.
//
// The gradient is that of backpropagation through time (Werbos 1990, "Backpropagation through
// time: what it does and how to do it"), which GoMLX derives from the step. What the backward
// loop needs of the forward loop is kept, one array over time a value, unless it is cheap to
// compute again; weights that step multiplies by have their gradient as one product over all
// steps and rows, after the loop.
//
// On XLA neither a step nor its gradient can hold a reduction (ReduceSum and the like) or a
// scatter: GoMLX's bridge shares their inner function between loops, which XLA rejects. Write
// sums as products with ones, and repeat a bias for each row, with graph.BroadcastPrefix,
// rather than let Add broadcast it. A step holds no other loop.
func Scan(step StepFn, xs, carries, params []*graph.Node) (final, all []*graph.Node) {
	return scan(step, xs, carries, params, false)
}

// scan is Scan; reversed begins at the last time and ends at the first, with all in the order
// of xs all the same.
func scan(step StepFn, xs, carries, params nodes, reversed bool) (final, all nodes) {
	if len(xs) == 0 || len(carries) == 0 {
		panic(fmt.Errorf("rnn: a scan needs an input and a state, not %d and %d", len(xs), len(carries)))
	}
	for _, x := range xs {
		if x.Rank() == 0 || x.Shape().Dim(0) != xs[0].Shape().Dim(0) || x.Shape().Dim(0) == 0 {
			panic(fmt.Errorf("rnn: the inputs of a scan are [time, …] of one time above 0, not %s and %s",
				xs[0].Shape(), x.Shape()))
		}
	}
	f := newForward(step, xs, carries, params, reversed)
	return f.run()
}
