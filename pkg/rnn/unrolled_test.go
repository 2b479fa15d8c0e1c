package rnn

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/engine"
)

// backends calls test on GoMLX's own backend, and on XLA where it is installed.
func backends(t *testing.T, test func(t *testing.T, b compute.Backend)) {
	t.Helper()
	own, err := gobackend.New("")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("go", func(t *testing.T) { test(t, own) })
	t.Run("xla", func(t *testing.T) { test(t, xla(t)) })
}

func xla(t testing.TB) compute.Backend {
	e, err := engine.Open()
	if err != nil {
		t.Fatal(err)
	}
	if e.Backend.Name() != "xla" {
		t.Skip("no XLA here: ", e)
	}
	return e.Backend
}

func random(seed uint64, dims ...int) []float32 {
	n := 1
	for _, d := range dims {
		n *= d
	}
	r := rand.New(rand.NewPCG(seed, 9))
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

// unrolled is what Scan computes, step after step without a loop.
func unrolled(step StepFn, xs, carries, params nodes, reversed bool) (final, all nodes) {
	steps := xs[0].Shape().Dim(0)
	seen := make([]nodes, len(carries))
	for i := range steps {
		if reversed {
			i = steps - 1 - i
		}
		var x nodes
		for _, s := range xs {
			x = append(x, graph.Squeeze(graph.Slice(s, graph.AxisElem(i)), 0))
		}
		carries = step(x, carries, params)
		for k, c := range carries {
			c = graph.InsertAxes(c, 0)
			if reversed {
				seen[k] = append(nodes{c}, seen[k]...)
			} else {
				seen[k] = append(seen[k], c)
			}
		}
	}
	for _, s := range seen {
		all = append(all, graph.Concatenate(s, 0))
	}
	return carries, all
}

func TestLayerIsTheUnrolledLoop(t *testing.T) {
	const batch, steps, features = 4, 4, 2
	mask := [][]float32{{1, 1, 1, 1}, {1, 0, 1, 0}, {0, 0, 0, 0}, {0, 0, 1, 1}}
	type loop = func(step StepFn, xs, carries, params nodes, reversed bool) (final, all nodes)
	build := func(by loop, s *model.Scope, l Layer, x, mask node) nodes {
		out := l.apply(by, s, x, mask, nil)
		results := append(nodes{out.All}, out.State...)
		total := graph.ScalarZero(x.Graph(), x.DType())
		for i, r := range results {
			factor := graph.Const(x.Graph(), weights(uint64(i), r.Shape().Dimensions))
			total = graph.Add(total, graph.ReduceAllSum(graph.Mul(r, factor)))
		}
		wrt := nodes{x}
		for v := range s.IterVariables() {
			wrt = append(wrt, v.NodeValue(x))
		}
		return append(results, graph.Gradient(total, wrt...)...)
	}
	for _, cell := range cells {
		t.Run(fmt.Sprintf("%T%+v", cell, cell), func(t *testing.T) {
			backends(t, func(t *testing.T, b compute.Backend) {
				got := run(t, b, func(s *model.Scope, in []*graph.Node) (results []*graph.Node) {
					var loops, steps nodes
					for _, l := range []Layer{{Cell: cell}, {Cell: cell, Reversed: true}} {
						loops = append(loops, build(scan, s.At("cell"), l, in[0], in[1])...)
						steps = append(steps, build(unrolled, s.At("cell"), l, in[0], in[1])...)
					}
					return append(loops, steps...)
				}, shaped(random(1, batch, steps, features), batch, steps, features), mask)
				near(t, "result", got[:len(got)/2], got[len(got)/2:], 1e-5)
			})
		})
	}
}
