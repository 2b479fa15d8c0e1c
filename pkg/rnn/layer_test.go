package rnn

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

var cells = []Cell{Simple{Units: 3}, GRU{Units: 3}, GRU{Units: 3, ResetBefore: true}, LSTM{Units: 3}}

// run builds a graph with a store of a fixed seed and returns its results.
func run(t testing.TB, b compute.Backend, f func(s *model.Scope, in []*graph.Node) []*graph.Node, inputs ...any) [][]float32 {
	t.Helper()
	store := model.NewStore()
	if err := store.SetRNGStateFromSeed(4); err != nil {
		t.Fatal(err)
	}
	exec, err := model.NewExec(b, store, f)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Call(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	flat := make([][]float32, len(out))
	for i, o := range out {
		flat[i] = flatOf(o)
	}
	return flat
}

// Whatever is in a masked step, NaN included, it changes neither outputs nor gradients.
func TestMaskedStepsChangeNothing(t *testing.T) {
	const batch, steps, features = 2, 5, 2
	for _, cell := range cells {
		t.Run(fmt.Sprintf("%T%+v", cell, cell), func(t *testing.T) {
			backends(t, func(t *testing.T, b compute.Backend) {
				forward := func(s *model.Scope, in []*graph.Node) []*graph.Node {
					out := Layer{Cell: cell}.Apply(s, in[0], in[1])
					total := graph.Add(graph.ReduceAllSum(graph.Square(out.All)), graph.ReduceAllSum(out.Last))
					wrt := nodes{in[0]}
					for v := range s.IterVariables() {
						if v.DType().IsFloat() {
							wrt = append(wrt, v.NodeValue(in[0]))
						}
					}
					return append(nodes{out.Last, out.All}, graph.Gradient(total, wrt...)...)
				}
				mask := [][]bool{{true, true, false, true, false}, {false, true, true, true, true}}
				clean := random(8, batch, steps, features)
				dirty := append([]float32{}, clean...)
				for row, steps := range mask {
					for k, real := range steps {
						if !real {
							dirty[(row*len(steps)+k)*features] = float32(math.NaN())
							dirty[(row*len(steps)+k)*features+1] = float32(math.Inf(1))
						}
					}
				}
				want := run(t, b, forward, shaped(clean, batch, steps, features), mask)
				got := run(t, b, forward, shaped(dirty, batch, steps, features), mask)
				near(t, "result", got, want, 0)
				all := want[1] // [batch, time, 3]: masked steps repeat the output before them
				for k := range 3 {
					if all[2*3+k] != all[1*3+k] || all[4*3+k] != all[3*3+k] || all[5*3+k] != 0 || all[6*3+k] == 0 {
						t.Errorf("the outputs are %v", all)
					}
				}
			})
		})
	}
}

// The smallest sizes, and a sequence without a single real step: its state is the initial one.
func TestEdges(t *testing.T) {
	for _, cell := range cells {
		t.Run(fmt.Sprintf("%T%+v", cell, cell), func(t *testing.T) {
			backends(t, func(t *testing.T, b compute.Backend) {
				got := run(t, b, func(s *model.Scope, in []*graph.Node) []*graph.Node {
					initial := nodes{}
					for i := range cell.States() {
						initial = append(initial, graph.Const(in[0].Graph(), weights(uint64(i), []int{1, 3})))
					}
					out := Layer{Cell: cell}.Apply(s, in[0], in[1], initial...)
					return append(nodes{out.All, graph.Gradient(graph.ReduceAllSum(out.Last), in[0])[0]}, out.State...)
				}, shaped(random(1, 1, 1, 1), 1, 1, 1), [][]bool{{false}})
				first := random(100, 1, 3)
				want := [][]float32{first, {0}, first}
				if len(cell.States()) == 2 {
					want = append(want, random(101, 1, 3))
				}
				near(t, "result", got, want, 0)
			})
		})
	}
}

// Thousands of steps neither overflow nor lose the gradient of the last input.
func TestLong(t *testing.T) {
	const steps = 2000
	for _, cell := range cells {
		t.Run(fmt.Sprintf("%T%+v", cell, cell), func(t *testing.T) {
			got := run(t, xla(t), func(s *model.Scope, in []*graph.Node) []*graph.Node {
				out := Layer{Cell: cell}.Apply(s, in[0], nil)
				return nodes{out.All, graph.Gradient(graph.ReduceAllSum(out.Last), in[0])[0]}
			}, shaped(random(1, 1, steps, 2), 1, steps, 2))
			for _, r := range got {
				for _, v := range r {
					if math.IsNaN(float64(v)) || math.Abs(float64(v)) > 10 {
						t.Fatalf("there is %g", v)
					}
				}
			}
			if last := got[1][2*steps-2:]; last[0] == 0 || last[1] == 0 {
				t.Errorf("the gradient of the last input is %v", last)
			}
		})
	}
}

// A bidirectional layer is its two directions, and a stack its layers, in scopes of their own.
func TestBidirectionalAndStack(t *testing.T) {
	backends(t, func(t *testing.T, b compute.Backend) {
		const batch, steps, units = 2, 4, 3
		mask := [][]bool{{true, true, true, false}, {false, true, true, true}}
		got := run(t, b, func(s *model.Scope, in []*graph.Node) []*graph.Node {
			cell := LSTM{Units: units}
			both := Bidirectional{Cell: cell}.Apply(s.In("both"), in[0], in[1])
			there := Layer{Cell: cell}.Apply(s.At("both").At("forward"), in[0], in[1])
			back := Layer{Cell: cell, Reversed: true}.Apply(s.At("both").At("backward"), in[0], in[1])
			stack := Stack{{Cell: GRU{Units: 4}}, {Cell: cell, Reversed: true}}.Apply(s.In("stack"), in[0], in[1])
			lower := Layer{Cell: GRU{Units: 4}}.Apply(s.At("stack").At("0"), in[0], in[1])
			upper := Layer{Cell: cell, Reversed: true}.Apply(s.At("stack").At("1"), lower.All, in[1])
			if len(both.State) != 4 || len(stack.State) != 3 {
				t.Errorf("the states are %v and %v", both.State, stack.State)
			}
			all := both.All
			all.AssertDims(batch, steps, 2*units)
			part := func(i, j int) node {
				return graph.Slice(all, graph.AxisRange(), graph.AxisRange(), graph.AxisRange(i, j))
			}
			last := func(i, j int) node { return graph.Slice(both.Last, graph.AxisRange(), graph.AxisRange(i, j)) }
			return nodes{part(0, units), there.All, part(units, 2*units), back.All, last(0, units), there.Last,
				last(units, 2*units), back.Last, stack.All, upper.All, stack.Last, upper.Last, stack.State[0], lower.Last}
		}, shaped(random(3, batch, steps, 2), batch, steps, 2), mask)
		for i := 0; i < len(got); i += 2 {
			near(t, "pair", got[i:i+1], got[i+1:i+2], 1e-6)
		}
	})
}

// Both directions can be learned through, and what a caller appends to a layer's state does not
// reach the scan's own arrays: the gradient of both is the sum of that of each.
func TestBidirectionalGradient(t *testing.T) {
	backends(t, func(t *testing.T, b compute.Backend) {
		for _, cell := range cells {
			got := run(t, b, func(s *model.Scope, in []*graph.Node) []*graph.Node {
				x := in[0]
				of := func(out Output) node {
					return graph.Gradient(graph.Add(graph.ReduceAllSum(out.Last), graph.ReduceAllSum(out.All)), x)[0]
				}
				both := of(Bidirectional{Cell: cell}.Apply(s.In("both"), x, nil))
				there := of(Layer{Cell: cell}.Apply(s.At("both").At("forward"), x, nil))
				back := of(Layer{Cell: cell, Reversed: true}.Apply(s.At("both").At("backward"), x, nil))
				return nodes{both, graph.Add(there, back)}
			}, shaped(random(4, 2, 5, 2), 2, 5, 2))
			near(t, fmt.Sprintf("%T%+v", cell, cell), got[:1], got[1:], 1e-5)
		}
	})
}

func TestBadInputIsOneLine(t *testing.T) {
	one := func(s *model.Scope, x *graph.Node) *graph.Node { return zeros(x, 2, 3) }
	for want, apply := range map[string]func(s *model.Scope, x *graph.Node){
		"needs a Cell":                func(s *model.Scope, x *graph.Node) { Layer{}.Apply(s, x, nil) },
		"set Units to 1 or more":      func(s *model.Scope, x *graph.Node) { Layer{Cell: GRU{}}.Apply(s, x, nil) },
		"a share from 0 to below 1":   func(s *model.Scope, x *graph.Node) { Layer{Cell: GRU{Units: 3}, Dropout: 1}.Apply(s, x, nil) },
		"not numbers [batch, time, f": func(s *model.Scope, x *graph.Node) { Layer{Cell: GRU{Units: 3}}.Apply(s, one(s, x), nil) },
		"not [batch, time] of the":    func(s *model.Scope, x *graph.Node) { Layer{Cell: GRU{Units: 3}}.Apply(s, x, one(s, x)) },
		"a state of 2 values, and 1":  func(s *model.Scope, x *graph.Node) { Layer{Cell: LSTM{Units: 3}}.Apply(s, x, nil, one(s, x)) },
		"the initial state 0 is":      func(s *model.Scope, x *graph.Node) { Layer{Cell: GRU{Units: 4}}.Apply(s, x, nil, one(s, x)) },
		"at least one layer":          func(s *model.Scope, x *graph.Node) { Stack{}.Apply(s, x, nil) },
		"no layer of the stack has": func(s *model.Scope, x *graph.Node) {
			Stack{{Cell: GRU{Units: 3}}}.Apply(s, x, nil, one(s, x), one(s, x))
		},
		"1 values of a state of 2": func(s *model.Scope, x *graph.Node) {
			Scan(func(xs, c, _ []*graph.Node) []*graph.Node { return c[:1] }, nodes{x}, nodes{x, x}, nil)
		},
		"needs an input and a state": func(s *model.Scope, x *graph.Node) { Scan(nil, nil, nodes{x}, nil) },
	} {
		backends(t, func(t *testing.T, b compute.Backend) {
			_, err := model.CallOnce(b, model.NewStore(), func(s *model.Scope, x *graph.Node) *graph.Node {
				apply(s, x)
				return x
			}, shaped(random(1, 2, 4, 5), 2, 4, 5))
			if err == nil {
				t.Fatalf("no error, want %q", want)
			}
			line, _, _ := strings.Cut(err.Error(), "\n")
			if !strings.Contains(line, want) || !strings.Contains(line, "rnn: ") {
				t.Errorf("the error is %q, want %q", err, want)
			}
		})
	}
}
