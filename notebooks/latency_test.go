package notebooks_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// A cell with nothing but the standard library, and one that opens XLA and computes with it.
const (
	plainCell = `import "fmt"

%%
fmt.Println("ready")`

	xlaCell = `import (
	"fmt"

	"github.com/gomlx/gomlx/core/graph"

	"sparseq/pkg/engine"
	"sparseq/pkg/lesson"
)

%%
e := lesson.Must(engine.Open())
sum := lesson.Must(graph.ExecOnce(e.Backend, func(x *graph.Node) *graph.Node {
	return graph.ReduceAllSum(x)
}, []float32{1, 2, 3}))
fmt.Println(sum.Value(), e.Note)`
)

// BenchmarkCell measures what a learner waits for: a warm cell through the kernel, from sending
// it to its answer, as the median of five.
func BenchmarkCell(b *testing.B) {
	python := filepath.Join("..", ".venv", "bin", "python")
	if _, err := os.Stat(python); err != nil {
		b.Skip("not set up: make setup")
	}
	var plain, xla float64
	for b.Loop() {
		cells, err := json.Marshal([]string{plainCell, xlaCell})
		if err != nil {
			b.Fatal(err)
		}
		cmd := exec.Command(python, filepath.Join("..", "docker", "latency.py"))
		cmd.Stdin = bytes.NewReader(cells)
		var said bytes.Buffer
		cmd.Stderr = &said
		out, err := cmd.Output()
		if err != nil {
			b.Fatalf("%v\n%s", err, said.String())
		}
		var seconds [][]float64
		if err := json.Unmarshal(out, &seconds); err != nil {
			b.Fatal(err)
		}
		plain, xla = median(seconds[0]), median(seconds[1])
	}
	b.ReportMetric(0, "ns/op") // the medians are what counts
	b.ReportMetric(plain, "s/plain-cell")
	b.ReportMetric(xla, "s/XLA-cell")
	b.ReportMetric(xla/plain, "XLA/plain")
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return x[len(x)/2]
}
