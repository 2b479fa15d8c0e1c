package rnn

import (
	"math"
	"strings"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// A step with much that the cells have not: values from outside that also made an input, a weight
// used twice and transposed, one used number by number, an integer state, an output that ignores a
// state, constants. Its gradients are those of the unrolled loop, on each backend.
func TestScanOfAnyStep(t *testing.T) {
	const steps, rows, n = 5, 3, 4
	for _, reversed := range []bool{false, true} {
		backends(t, func(t *testing.T, b compute.Backend) {
			build := func(in nodes, loop func(StepFn, nodes, nodes, nodes, bool) (nodes, nodes)) nodes {
				x, w, scale := in[0], in[1], in[2]
				g := x.Graph()
				shifted := graph.Add(x, graph.BroadcastToShape(graph.InsertAxes(graph.MatMul(graph.Tanh(w), w), 0), x.Shape()))
				wide := graph.BroadcastToShape(scale, w.Shape())
				step := func(xs, c, p []*graph.Node) []*graph.Node {
					h, count := c[0], c[1]
					a := graph.Add(graph.MatMul(h, p[0]), graph.MatMul(xs[0], graph.Transpose(w, 0, 1)))
					a = graph.Add(graph.Sin(a), graph.Mul(graph.MulScalar(h, .5), wide))
					next := graph.Where(graph.GreaterThan(a, xs[0]), graph.Exp(graph.Neg(graph.Square(a))), a)
					return nodes{next, graph.AddScalar(count, 1), graph.Mul(c[2], c[2])}
				}
				first := graph.MulScalar(graph.Tanh(w), .3)
				carries := nodes{first, graph.Const(g, int32(0)), graph.Const(g, []float32{1.5})}
				final, all := loop(step, nodes{shifted}, carries, nodes{w}, reversed)
				total := graph.ReduceAllSum(graph.Mul(final[0], graph.Const(g, weights(1, []int{n, n}))))
				total = graph.Add(total, graph.ReduceAllSum(graph.Mul(all[0], graph.Const(g, weights(2, []int{steps, n, n})))))
				results := nodes{final[0], all[0], graph.ConvertDType(all[1], x.DType()), final[2]}
				return append(results, graph.Gradient(total, x, w, scale)...)
			}
			got := run(t, b, func(_ *model.Scope, in []*graph.Node) []*graph.Node {
				return append(build(in, scan), build(in, unrolled)...)
			}, shaped(random(1, steps, n, n), steps, n, n), shaped(random(2, n, n), n, n), shaped(random(3, 1, n), 1, n))
			half := len(got) / 2
			near(t, "result", got[:half], got[half:], 1e-4)
		})
	}
}

// The gradient agrees with finite differences, which know nothing of how it was made.
func TestGradientIsTheDifferenceQuotient(t *testing.T) {
	const batch, steps, features = 2, 4, 2
	mask := [][]bool{{true, true, true, true}, {true, true, false, false}}
	for _, cell := range cells {
		backends(t, func(t *testing.T, b compute.Backend) {
			store := model.NewStore()
			if err := store.SetRNGStateFromSeed(4); err != nil {
				t.Fatal(err)
			}
			exec, err := model.NewExec(b, store, func(s *model.Scope, in []*graph.Node) []*graph.Node {
				x := in[0]
				out := Layer{Cell: cell}.Apply(s, x, in[1])
				total := graph.ReduceAllSum(graph.Mul(out.All, graph.Const(x.Graph(), weights(5, []int{batch, steps, 3}))))
				return nodes{total, graph.Gradient(total, x)[0]}
			})
			if err != nil {
				t.Fatal(err)
			}
			x := random(6, batch, steps, features)
			value := func(x []float32) (float64, []float32) {
				out, err := exec.Call(shaped(x, batch, steps, features), mask)
				if err != nil {
					t.Fatal(err)
				}
				return float64(flatOf(out[0])[0]), flatOf(out[1])
			}
			_, gradient := value(x)
			for i := range x {
				const h = 1e-2 // in 32 bits
				moved := append([]float32{}, x...)
				moved[i] += h
				up, _ := value(moved)
				moved[i] -= 2 * h
				down, _ := value(moved)
				if want := (up - down) / (2 * h); math.Abs(float64(gradient[i])-want) > 2e-3 {
					t.Errorf("%T: the gradient of number %d is %g, the quotient %g", cell, i, gradient[i], want)
				}
			}
		})
	}
}

func TestOtherLoopsHaveNoGradient(t *testing.T) {
	backends(t, func(t *testing.T, b compute.Backend) {
		_, err := model.CallOnce(b, model.NewStore(), func(_ *model.Scope, x *graph.Node) *graph.Node {
			g := x.Graph()
			state := nodes{graph.Const(g, int32(0)), x}
			more := graph.NewClosure(g, func(g *graph.Graph) []*graph.Node {
				return nodes{graph.LessThan(parameters(g, state)[0], graph.Const(g, int32(3)))}
			})
			turn := graph.NewClosure(g, func(g *graph.Graph) []*graph.Node {
				p := parameters(g, state)
				return nodes{next(p[0]), graph.Mul(p[1], p[1])}
			})
			return graph.Gradient(graph.While(more, turn, state...)[1], x)[0]
		}, float32(2))
		if err == nil || !strings.Contains(err.Error(), "only where rnn.Scan made it") {
			t.Errorf("the error is %v", err)
		}
	})
}
