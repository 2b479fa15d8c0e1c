package rnn

import (
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/support/exceptions"
)

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

// flat takes time and rows together: [time, rows, …] becomes [time·rows, …].
func flat(n node) node {
	dims := n.Shape().Dimensions
	return graph.Reshape(n, append([]int{dims[0] * dims[1]}, dims[2:]...)...)
}

// constant is true of a value that depends on nothing that could learn.
func constant(n node) bool {
	for m := range reach(nodes{n}, nil) {
		if len(m.Inputs()) == 0 && m.Type() != graph.NodeTypeConstant && m.Type() != graph.NodeTypeIota {
			return false
		}
	}
	return true
}
