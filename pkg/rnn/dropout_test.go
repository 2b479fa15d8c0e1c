package rnn

import (
	"math"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
)

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

// The rows of a wide matrix and the columns of a tall one are at right angles and of length 1, of
// several in one graph too.
func TestOrthogonal(t *testing.T) {
	shapesOf := [][]int{{1, 1}, {5, 15}, {40, 40}, {9, 4}}
	backends(t, func(t *testing.T, b compute.Backend) {
		products := run(t, b, func(s *model.Scope, in []*graph.Node) (products []*graph.Node) {
			for _, dims := range shapesOf {
				m := Orthogonal(s)(in[0].Graph(), shapes.Make(dtypes.Float32, dims...))
				if dims[0] > dims[1] {
					m = graph.Transpose(m, 0, 1)
				}
				products = append(products, graph.MatMul(m, graph.Transpose(m, 0, 1)))
			}
			return products
		}, float32(0))
		for k, dims := range shapesOf {
			n := min(dims[0], dims[1])
			for i, v := range products[k] {
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
