package rnn

import (
	"math"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"
)

const boolean = dtypes.Bool

func zeros(like node, dims ...int) node {
	return graph.Zeros(like.Graph(), shapes.Make(like.DType(), dims...))
}

// weight makes or finds a variable of the numbers that x is made of.
func weight(s *model.Scope, x node, name string, init model.VariableInitializer, dims ...int) node {
	return s.WithInitializer(init).VariableWithShape(name, shapes.Make(x.DType(), dims...)).NodeValue(x.Graph())
}

// kernel, recurrent and bias make the variables that Keras' cells have, of so many gates side
// by side: [features, gates·units], [units, gates·units] and [gates·units].
func kernel(s *model.Scope, x node, width int) node {
	return weight(s, x, "kernel", initializer.GlorotUniformFn(s), x.Shape().Dim(-1), width)
}

func recurrent(s *model.Scope, x node, units, width int) node {
	return weight(s, x, "recurrent_kernel", Orthogonal(s), units, width)
}

// bias is repeated for each row of x, [rows, gates·units].
func bias(s *model.Scope, x node, name string, init model.VariableInitializer, width int) node {
	return graph.BroadcastPrefix(weight(s, x, name, init, width), x.Shape().Dim(0))
}

// gates takes apart what lies side by side in a variable. XLA computes gates that are arrays of
// their own two to three times as fast as slices of wide ones.
func gates(n node, count int) nodes {
	units := n.Shape().Dim(-1) / count
	parts := make(nodes, count)
	for i := range parts {
		place := make([]graph.SliceAxisSpec, n.Rank())
		for k := range place {
			place[k] = graph.AxisRange()
		}
		place[n.Rank()-1] = graph.AxisRange(i*units, (i+1)*units)
		parts[i] = graph.Slice(n, place...)
	}
	return parts
}

// products are x·w of each gate.
func products(x node, w nodes) (of nodes) {
	for _, w := range w {
		of = append(of, graph.MatMul(x, w))
	}
	return of
}

func sum(a node, more ...*graph.Node) node {
	for _, n := range more {
		a = graph.Add(a, n)
	}
	return a
}

// dropout returns what to multiply by: zeros in a share of the places, elsewhere 1/(1-share).
func dropout(s *model.Scope, x node, share float64, dims ...int) node {
	u := s.RandomUniform(x.Graph(), shapes.Make(x.DType(), dims...)) // from 0 to below 1
	kept := graph.ConvertDType(graph.GreaterOrEqual(u, graph.Scalar(x.Graph(), x.DType(), share)), x.DType())
	return graph.DivScalar(kept, 1-share)
}

// Orthogonal returns an initialiser that draws a matrix whose rows, or columns where these are
// fewer, are at right angles and of length 1, evenly from all such matrices. A state multiplied by
// it keeps its length (Saxe et al. 2014, "Exact solutions to the nonlinear dynamics of learning in
// deep linear neural networks").
//
// It is the polar factor of a matrix of normal numbers, by the iteration of Newton and Schulz,
// X ← (3X − XXᵀX)/2, which takes all singular values to 1 (Higham 2008, "Functions of
// matrices", chapter 8).
func Orthogonal(s *model.Scope) model.VariableInitializer {
	return func(g *graph.Graph, shape shapes.Shape) *graph.Node {
		x := s.RandomNormal(g, shape)
		wide := shape.Dim(0) <= shape.Dim(1)
		if !wide {
			x = graph.Transpose(x, 0, 1)
		}
		norm := graph.Sqrt(graph.ReduceAllSum(graph.Square(x)))
		x = graph.Div(x, norm) // so that no singular value is above 1
		n := x.Shape().Dim(0)
		turns := 12 + int(math.Ceil(math.Log(1e3*float64(n)*math.Sqrt(float64(n)))/math.Log(1.5)))
		// The factors come from outside: a graph makes a scalar once, and no loop has another's.
		factors := nodes{graph.Scalar(g, shape.DType, 1.5), graph.Scalar(g, shape.DType, .5)}
		x = order{steps: turns}.loop(nodes{x}, factors, func(_ node, state, factors nodes) nodes {
			x := state[0]
			cube := graph.MatMul(graph.MatMul(x, graph.Transpose(x, 0, 1)), x)
			return nodes{graph.Sub(graph.Mul(x, factors[0]), graph.Mul(cube, factors[1]))}
		})[0]
		if !wide {
			x = graph.Transpose(x, 0, 1)
		}
		return x
	}
}
