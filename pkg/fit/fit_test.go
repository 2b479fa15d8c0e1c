package fit_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/engine"
	"sparseq/pkg/fit"
)

// goBackend is the backend that every machine has.
func goBackend(t testing.TB) compute.Backend {
	t.Helper()
	b, err := gobackend.New("")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// xlaBackend skips the test where no XLA plugin is installed.
func xlaBackend(t testing.TB) compute.Backend {
	t.Helper()
	e, err := engine.Open()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(e.Note, "XLA") {
		t.Skipf("needs an XLA plugin: %s", e.Note)
	}
	return e.Backend
}

// onBoth runs a test on the Go backend, and on XLA where there is one.
func onBoth(t *testing.T, test func(t *testing.T, b compute.Backend)) {
	t.Run("go", func(t *testing.T) { test(t, goBackend(t)) })
	t.Run("xla", func(t *testing.T) { test(t, xlaBackend(t)) })
}

const width = 40

// problem makes packed rows of bits that are labelled by whether more of the first half than
// of the second are set.
func problem(n int, seed uint64) (packed []uint8, labels []float32) {
	r := rand.New(rand.NewPCG(seed, 1))
	packed, labels = make([]uint8, n*width/8), make([]float32, n)
	for i := range n {
		balance := 0
		for j := range width {
			if r.IntN(2) == 1 {
				packed[i*width/8+j/8] |= 1 << (j % 8)
				if j < width/2 {
					balance++
				} else {
					balance--
				}
			}
		}
		if balance > 0 {
			labels[i] = 1
		}
	}
	return packed, labels
}

func rows(n int, seed uint64) *fit.Rows {
	x, y := problem(n, seed)
	return fit.NewRows(x, width/8, y).Batch(64)
}

// network is a small classifier: [batch, width/8] packed → [batch, 1] logits.
func network(scope *model.Scope, _ any, inputs []*graph.Node) []*graph.Node {
	x := fit.Unpack(inputs[0], width)
	x = layers.DenseWithBias(scope.In("hidden"), x, 16)
	x = layers.DenseWithBias(scope.In("output"), graph.MaxScalar(x, 0), 1)
	return []*graph.Node{x}
}

// must fails the test where a call did: must(f())(t) is its result.
func must[T any](value T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// says fails the test unless err is of one line, of a sensible length, with all the parts.
func says(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("there is no error, want one with %q", parts)
	}
	if strings.Contains(err.Error(), "\n") || len(err.Error()) > 500 {
		t.Errorf("this is not one clear line: %v", err)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %q, want one with %q", err, part)
		}
	}
}

// same compares all but the seconds, exactly.
func same(t *testing.T, got, want []fit.Epoch) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d epochs, want %d", len(got), len(want))
	}
	for i, e := range got {
		if e.Seconds = want[i].Seconds; e != want[i] {
			t.Errorf("epoch %d is %+v, want %+v", i, e, want[i])
		}
	}
}
