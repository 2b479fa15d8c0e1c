package rnn

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
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
		"lstm": LSTM{Units: units},
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
	if len(g.Cases) != 24 {
		t.Fatalf("%d cases", len(g.Cases))
	}
	backends(t, func(t *testing.T, b compute.Backend) {
		for _, c := range g.Cases {
			name := c.Name
			if c.Masked {
				name += " masked"
			}
			if c.Reversed {
				name += " reversed"
			}
			t.Run(name, func(t *testing.T) { g.compare(t, b, c) })
		}
	})
}

func (g golden) compare(t *testing.T, b compute.Backend, c goldenCase) {
	store := model.NewStore()
	// Keras has the two biases of a GRU as the rows of one variable.
	values := map[string][]float32{"/kernel": c.Weights[0], "/recurrent_kernel": c.Weights[1], "/bias": c.Weights[2]}
	width := len(c.Weights[0]) / g.Features
	if c.Name == "gru" {
		values["/bias"], values["/recurrent_bias"] = c.Weights[2][:width], c.Weights[2][width:]
	}
	paths := []string{"/kernel", "/recurrent_kernel", "/bias"}
	dims := map[string][]int{"/kernel": {g.Features, width}, "/recurrent_kernel": {g.Units, width}, "/bias": {width}, "/recurrent_bias": {width}}
	if c.Name == "gru" {
		paths = append(paths, "/recurrent_bias")
	}
	for path, v := range values {
		store.VariableWithValue(path, shaped(v, dims[path]...))
	}
	inputs := []any{shaped(c.X, g.Batch, g.Time, g.Features)}
	mask := make([]float32, len(c.Mask))
	for i, m := range c.Mask {
		mask[i] = float32(m)
	}
	inputs = append(inputs, shaped(mask, g.Batch, g.Time))
	for _, v := range c.Initial {
		inputs = append(inputs, shaped(v, g.Batch, g.Units))
	}
	exec, err := model.NewExec(b, store, func(s *model.Scope, in []*graph.Node) []*graph.Node {
		x, mask, initial := in[0], in[1], in[2:]
		if !c.Masked {
			mask = nil
		}
		out := Layer{Cell: c.cell(g.Units), Reversed: c.Reversed}.Apply(s, x, mask, initial...)
		results := append(nodes{out.All}, out.State...)
		total := graph.ScalarZero(x.Graph(), x.DType())
		for i, r := range results {
			factor := graph.Const(x.Graph(), shaped(c.Factors[i], r.Shape().Dimensions...))
			total = graph.Add(total, graph.ReduceAllSum(graph.Mul(r, factor)))
		}
		wrt := append(nodes{x}, initial...)
		for _, path := range paths {
			wrt = append(wrt, s.Store().GetVariable(path).NodeValue(x.Graph()))
		}
		return append(results, graph.Gradient(total, wrt...)...)
	})
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Call(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	got := make([][]float32, len(out))
	for i, o := range out {
		got[i] = flatOf(o)
	}
	n := len(c.Outputs)
	near(t, "output", got[:n], c.Outputs, 1e-5)
	if c.Name == "gru" { // whose biases' gradients are one in the file
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
