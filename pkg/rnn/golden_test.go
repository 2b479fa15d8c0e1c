package rnn

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
)

// golden is testdata/golden.json: what Keras gives, as testdata/golden.py has it, which records the
// versions and the seed.
type golden struct {
	Batch, Time, Features, Units int
	Cases                        []goldenCase
}

type goldenCase struct {
	Name                                          string
	Masked, Reversed                              bool
	X                                             []float32
	Mask                                          []int32
	Initial, Weights, Factors, Outputs, Gradients [][]float32
}

func (c goldenCase) cell(units int) Cell {
	return map[string]Cell{
		"simple": Simple{Units: units}, "relu": Simple{Units: units, Activation: Relu},
		"linear": Simple{Units: units, Activation: Linear},
		"gru":    GRU{Units: units}, "gru before": GRU{Units: units, ResetBefore: true},
		"lstm": LSTM{Units: units}, "gru relu": GRU{Units: units, Activation: Relu},
	}[c.Name]
}

// The outputs are Keras' within 1e-5 and the gradients within 1e-4, of each cell, in both directions, with and
// without masks, on each backend.
func TestKeras(t *testing.T) {
	file, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(file, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Cases) != 28 {
		t.Fatalf("%d cases", len(g.Cases))
	}
	backends(t, func(t *testing.T, b compute.Backend) {
		store := model.NewStore()
		var sizes []int // how many results a case has
		exec, err := model.NewExec(b, store, func(s *model.Scope, in []*graph.Node) (results []*graph.Node) {
			for i, c := range g.Cases { // all in one graph: compiling is what takes time
				n := 2 + len(c.Initial)
				of := g.build(s.In("%d", i), c, in[0], in[1], in[2:n])
				in = in[n:]
				results, sizes = append(results, of...), append(sizes, len(of))
			}
			return results
		})
		if err != nil {
			t.Fatal(err)
		}
		var inputs []any // not constants, with which XLA would compute before it computes
		for i, c := range g.Cases {
			for name, v := range g.variables(c) {
				store.VariableWithValue("/"+strconv.Itoa(i)+"/"+name, v)
			}
			inputs = append(inputs, shaped(c.X, g.Batch, g.Time, g.Features),
				tensors.FromFlatDataAndDimensions(c.Mask, g.Batch, g.Time))
			for _, v := range c.Initial {
				inputs = append(inputs, shaped(v, g.Batch, g.Units))
			}
		}
		out, err := exec.Call(inputs...)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range g.Cases {
			t.Run(fmt.Sprintf("%s/masked=%v/reversed=%v", c.Name, c.Masked, c.Reversed), func(t *testing.T) {
				g.compare(t, c, out[:sizes[i]])
			})
			out = out[sizes[i]:]
		}
	})
}

// variables are the weights of a case. Keras has the two biases of a GRU as the rows of one variable.
func (g golden) variables(c goldenCase) map[string]*tensors.Tensor {
	w := c.Weights
	width := len(w[0]) / g.Features
	of := map[string]*tensors.Tensor{
		"kernel": shaped(w[0], g.Features, width), "recurrent_kernel": shaped(w[1], g.Units, width),
		"bias": shaped(w[2][:width], width),
	}
	if c.Name == "gru" || c.Name == "gru relu" {
		of["recurrent_bias"] = shaped(w[2][width:], width)
	}
	return of
}

// build returns the outputs of a case, and the gradients of their sum weighted with its factors.
func (g golden) build(s *model.Scope, c goldenCase, x, mask node, initial nodes) []*graph.Node {
	in := x.Graph()
	if !c.Masked {
		mask = nil
	}
	out := Layer{Cell: c.cell(g.Units), Reversed: c.Reversed}.Apply(s, x, mask, initial...)
	results := append(nodes{out.All}, out.State...)
	total := graph.ScalarZero(in, x.DType())
	for i, r := range results {
		factor := graph.Const(in, shaped(c.Factors[i], r.Shape().Dimensions...))
		total = graph.Add(total, graph.ReduceAllSum(graph.Mul(r, factor)))
	}
	wrt := append(nodes{x}, initial...)
	for _, name := range []string{"kernel", "recurrent_kernel", "bias", "recurrent_bias"} {
		if v := s.GetVariable(name); v != nil {
			wrt = append(wrt, v.NodeValue(in))
		}
	}
	return append(results, graph.Gradient(total, wrt...)...)
}

func (g golden) compare(t *testing.T, c goldenCase, out []*tensors.Tensor) {
	got := make([][]float32, len(out))
	for i, o := range out {
		got[i] = flatOf(o)
	}
	n := len(c.Outputs)
	near(t, "output", got[:n], c.Outputs, 1e-5)
	if c.Name == "gru" || c.Name == "gru relu" { // whose biases' gradients are one in the file
		last := len(got) - 1
		got = append(got[:last-1], append(got[last-1], got[last]...))
	}
	near(t, "gradient", got[n:], c.Gradients, 1e-4)
}

// near compares arrays number by number; the tolerance is relative for numbers above 1.
func near(t *testing.T, what string, got, want [][]float32, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d arrays, want %d of %s", len(got), len(want), what)
	}
	for i := range want {
		if len(got[i]) != len(want[i]) {
			t.Fatalf("%s %d has %d numbers, want %d", what, i, len(got[i]), len(want[i]))
		}
		for k, w := range want[i] {
			if d := math.Abs(float64(got[i][k] - w)); !(d <= tolerance*max(1, math.Abs(float64(w)))) {
				t.Errorf("%s %s is %g, want %g", what, strconv.Itoa(i)+"/"+strconv.Itoa(k), got[i][k], w)
				break
			}
		}
	}
}
