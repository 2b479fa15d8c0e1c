package rnn

import (
	"fmt"
	"math"
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

func TestScanIsTheUnrolledLoop(t *testing.T) {
	for _, cell := range []Cell{Simple{Units: 3}, Simple{Units: 5, Activation: Relu}, GRU{Units: 3}, GRU{Units: 3, ResetBefore: true}, LSTM{Units: 3}} {
		for _, reversed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%T%v%v", cell, cell, reversed), func(t *testing.T) {
				backends(t, func(t *testing.T, b compute.Backend) { compareUnrolled(t, b, cell, reversed) })
			})
		}
	}
}

func compareUnrolled(t *testing.T, b compute.Backend, cell Cell, reversed bool) {
	const batch, steps, features = 4, 6, 2
	store := model.NewStore()
	store.SetRNGStateFromSeed(3)
	build := func(s *model.Scope, x, mask *graph.Node, run func(step StepFn, xs, carries, params nodes, reversed bool) (final, all nodes)) nodes {
		saved := loopOf
		loopOf = run
		defer func() { loopOf = saved }()
		out := Layer{Cell: cell, Reversed: reversed}.Apply(s, x, mask)
		results := append(append(nodes{}, out.State...), out.All)
		g := x.Graph()
		total := graph.ScalarZero(g, x.DType())
		for i, r := range results {
			total = graph.Add(total, graph.ReduceAllSum(graph.Mul(r, graph.Const(g, weights(uint64(i), r.Shape().Dimensions)))))
		}
		wrt := nodes{x}
		for v := range s.IterVariables() {
			if v.DType().IsFloat() {
				wrt = append(wrt, v.NodeValue(g))
			}
		}
		return append(results, graph.Gradient(total, wrt...)...)
	}
	exec, err := model.NewExec(b, store, func(s *model.Scope, in []*graph.Node) []*graph.Node {
		scanned := build(s, in[0], in[1], scan)
		return append(scanned, build(s.ResetVisited(), in[0], in[1], unrolled)...)
	})
	if err != nil {
		t.Fatal(err)
	}
	x := shaped(random(1, batch, steps, features), batch, steps, features)
	mask := [][]float32{{1, 1, 1, 1, 1, 1}, {1, 0, 1, 1, 0, 0}, {0, 0, 0, 0, 0, 0}, {0, 0, 0, 1, 1, 1}}
	out, err := exec.Call(x, mask)
	if err != nil {
		t.Fatal(err)
	}
	n := len(out) / 2
	for i := range n {
		got, want := flatOf(out[i]), flatOf(out[n+i])
		sum := 0.
		for k := range got {
			sum += math.Abs(float64(want[k]))
			if math.Abs(float64(got[k]-want[k])) > 1e-5 {
				t.Errorf("result %d: %v, want %v", i, got, want)
				break
			}
		}
		if sum == 0 {
			t.Errorf("result %d is all zeros", i)
		}
	}
}
