package rnn_test

import (
	"fmt"
	"log"

	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/initializer"

	"sparseq/pkg/rnn"
)

// The running sum of a sequence, and how much each step matters to the sum of the last.
func ExampleScan() {
	backend, err := gobackend.New("")
	if err != nil {
		log.Fatal(err)
	}
	results, err := graph.CallOnceN(backend, func(x *graph.Node) []*graph.Node { // [time]
		step := func(xs, carries, _ []*graph.Node) []*graph.Node {
			return []*graph.Node{graph.Add(graph.MulScalar(carries[0], .5), xs[0])}
		}
		zero := graph.ScalarZero(x.Graph(), x.DType())
		final, all := rnn.Scan(step, []*graph.Node{x}, []*graph.Node{zero}, nil)
		return []*graph.Node{all[0], graph.Gradient(final[0], x)[0]}
	}, []float32{1, 2, 3})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(results[0].Value())
	fmt.Println(results[1].Value())
	// Output:
	// [1 2.5 4.25]
	// [0.25 0.5 1]
}

// Leaky is a cell of one's own: y(t) = α·y(t−1) + (1 − α)·W·x(t), a moving average.
type Leaky struct {
	Units int
	Alpha float64
}

func (c Leaky) States() []int { return []int{c.Units} }

func (c Leaky) Weights(s *model.Scope, x *graph.Node) []*graph.Node {
	w := s.WithInitializer(initializer.One).VariableWithShape("kernel",
		shapes.Make(x.DType(), x.Shape().Dim(-1), c.Units))
	return []*graph.Node{w.NodeValue(x.Graph())}
}

func (c Leaky) Project(x *graph.Node, w []*graph.Node) []*graph.Node {
	return []*graph.Node{graph.MatMul(x, w[0])}
}

func (c Leaky) Step(x, state, _ []*graph.Node, _ func(*graph.Node) *graph.Node) []*graph.Node {
	kept, new := graph.MulScalar(state[0], c.Alpha), graph.MulScalar(x[0], 1-c.Alpha)
	return []*graph.Node{graph.Add(kept, new)}
}

// A cell of one's own has masks, both directions, and its gradient from the layer.
func ExampleCell() {
	backend, err := gobackend.New("")
	if err != nil {
		log.Fatal(err)
	}
	x, mask := [][][]float32{{{4}, {8}, {0}}}, [][]bool{{true, true, false}}
	average, err := model.CallOnce(backend, model.NewStore(), func(s *model.Scope, x, mask *graph.Node) *graph.Node {
		return rnn.Layer{Cell: Leaky{Units: 1, Alpha: .5}}.Apply(s, x, mask).All
	}, x, mask)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(average.Value())
	// Output: [[[2] [5] [5]]]
}
