package rnn

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
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

// A dropout hides the same numbers in every step of a sequence, others in other sequences, a share of
// them; the rest is scaled up; and nothing is hidden outside of training.
func TestDropout(t *testing.T) {
	const batch, steps, features, share = 400, 3, 10, .3
	backends(t, func(t *testing.T, b compute.Backend) {
		for _, training := range []bool{true, false} {
			store := model.NewStore()
			if err := store.SetRNGStateFromSeed(4); err != nil {
				t.Fatal(err)
			}
			// y(t) = x(t) where the weights are the unit matrix and nothing recurs.
			unit := make([]float32, features*features)
			for i := range features {
				unit[i*features+i] = 1
			}
			store.VariableWithValue("/kernel", shaped(unit, features, features))
			store.VariableWithValue("/recurrent_kernel", shaped(make([]float32, features*features), features, features))
			exec, err := model.NewExec(b, store, func(s *model.Scope, x *graph.Node) *graph.Node {
				s.Store().SetTraining(x.Graph(), training)
				return Layer{Cell: Simple{Units: features, Activation: Linear}, Dropout: share}.Apply(s, x, nil).All
			})
			if err != nil {
				t.Fatal(err)
			}
			ones := make([]float32, batch*steps*features)
			for i := range ones {
				ones[i] = 1
			}
			x := shaped(ones, batch, steps, features)
			first, second := call(t, exec, x), call(t, exec, x)
			hidden, again := 0, 0
			for i, v := range first {
				row, k := i/(steps*features), i%features
				if v != first[row*steps*features+k] {
					t.Fatalf("number %d differs between the steps", i)
				}
				switch {
				case v == 0:
					hidden++
					if second[i] == 0 {
						again++
					}
				case training && math.Abs(float64(v)-1/(1-share)) > 1e-6, !training && v != 1:
					t.Fatalf("a number that is not hidden is %g", v)
				}
			}
			// The standard deviation of the share of 4,000 is .007.
			got := float64(hidden) / float64(len(first))
			if training && (math.Abs(got-share) > .03 || math.Abs(float64(again)/float64(hidden)-share) > .05) {
				t.Errorf("%g is hidden, of that %d of %d the next time too", got, again, hidden)
			}
			if !training && hidden != 0 {
				t.Errorf("%d numbers are hidden", hidden)
			}
		}
	})
}

// Recurrent dropout hides numbers of the state from the weights, not from what else the cell does with
// it: a GRU whose update gate is open keeps its state whole.
func TestRecurrentDropout(t *testing.T) {
	const batch, steps, units, share = 300, 4, 8, .25
	backends(t, func(t *testing.T, b compute.Backend) {
		for _, training := range []bool{true, false} {
			store := model.NewStore()
			if err := store.SetRNGStateFromSeed(4); err != nil {
				t.Fatal(err)
			}
			eye := make([]float32, units*units)
			for i := range units {
				eye[i*units+i] = 1
			}
			store.VariableWithValue("/simple/kernel", shaped(make([]float32, units), 1, units))
			store.VariableWithValue("/simple/recurrent_kernel", shaped(eye, units, units))
			open := make([]float32, 3*units)
			for i := range units {
				open[i] = 50 // the bias of z: σ(50) is 1
			}
			store.VariableWithValue("/gru/bias", shaped(open, 3*units))
			exec, err := model.NewExec(b, store, func(s *model.Scope, x *graph.Node) []*graph.Node {
				s.Store().SetTraining(x.Graph(), training)
				one := graph.Ones(x.Graph(), shapes.Make(dtypes.Float32, batch, units))
				simple := Layer{Cell: Simple{Units: units, Activation: Linear}, RecurrentDropout: share}
				gru := Layer{Cell: GRU{Units: units}, RecurrentDropout: share}
				return nodes{simple.Apply(s.In("simple"), x, nil, one).Last, gru.Apply(s.In("gru"), x, nil, one).Last}
			})
			if err != nil {
				t.Fatal(err)
			}
			out, err := exec.Call(shaped(make([]float32, batch*steps), batch, steps, 1))
			if err != nil {
				t.Fatal(err)
			}
			hidden, full := 0, math.Pow(1/(1-share), steps) // the same numbers in every step, or it would be rarer
			for _, v := range flatOf(out[0]) {
				switch {
				case v == 0:
					hidden++
				case training && math.Abs(float64(v)-full) > 1e-4, !training && v != 1:
					t.Fatalf("a number that is not hidden is %g", v)
				}
			}
			if got := float64(hidden) / batch / units; training && math.Abs(got-share) > .04 || !training && hidden > 0 {
				t.Errorf("training %v: %g of the state is hidden", training, got)
			}
			for _, v := range flatOf(out[1]) {
				if math.Abs(float64(v)-1) > 1e-6 {
					t.Fatalf("training %v: the GRU's state is %g", training, v)
				}
			}
		}
	})
}

func call(t *testing.T, exec *model.Exec, x *tensors.Tensor) []float32 {
	t.Helper()
	out, err := exec.Call(x)
	if err != nil {
		t.Fatal(err)
	}
	return flatOf(out[0])
}

// The rows of a wide matrix and the columns of a tall one are at right angles and of length 1.
func TestOrthogonal(t *testing.T) {
	backends(t, func(t *testing.T, b compute.Backend) {
		for _, dims := range [][]int{{1, 1}, {5, 15}, {40, 40}, {9, 4}} {
			m := run(t, b, func(s *model.Scope, in []*graph.Node) []*graph.Node {
				m := Orthogonal(s)(in[0].Graph(), shapes.Make(dtypes.Float32, dims...))
				if dims[0] > dims[1] {
					m = graph.Transpose(m, 0, 1)
				}
				return nodes{graph.MatMul(m, graph.Transpose(m, 0, 1))}
			}, float32(0))[0]
			n := min(dims[0], dims[1])
			for i, v := range m {
				want := 0.
				if i/n == i%n {
					want = 1
				}
				if math.Abs(float64(v)-want) > 1e-5 {
					t.Fatalf("%v: the product %d, %d is %g", dims, i/n, i%n, v)
				}
			}
		}
	})
}
