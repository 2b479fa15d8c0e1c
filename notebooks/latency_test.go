package notebooks_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What a learner's cells link: the standard library alone; XLA; XLA and all that lesson 01 uses.
var cells = []struct{ unit, source string }{
	{"s/plain-cell", `import "fmt"

%%
fmt.Println("ready")`},

	{"s/XLA-cell", `import (
	"fmt"

	"sparseq/pkg/engine"
)

%%
e, err := engine.Open()
fmt.Println(e, err)`},

	{"s/lesson-cell", `import (
	"fmt"

	"sparseq/pkg/engine"
	"sparseq/pkg/fit"
	"sparseq/pkg/imdb"
	"sparseq/pkg/lesson"
	"sparseq/pkg/show"
)

var epochs = lesson.Int("epochs", 10, 2)

%%
e := lesson.Must(engine.Open())
fmt.Println(epochs, e.Note, fit.Settings{}, imdb.Options{}, show.Labels{})`},
}

// BenchmarkCell measures what a learner waits for: a warm cell through the kernel, from sending
// it to its answer, as the median of five, and its ratio to the plain cell's.
func BenchmarkCell(b *testing.B) {
	python := filepath.Join("..", ".venv", "bin", "python")
	if _, err := os.Stat(python); err != nil {
		b.Skip("not set up: make setup")
	}
	sources := make([]string, len(cells))
	for i, c := range cells {
		sources[i] = c.source
	}
	input, err := json.Marshal(sources)
	if err != nil {
		b.Fatal(err)
	}
	var seconds [][]float64
	for b.Loop() {
		cmd := exec.Command(python, filepath.Join("..", "docker", "latency.py"))
		cmd.Stdin = bytes.NewReader(input)
		var said bytes.Buffer
		cmd.Stderr = &said
		out, err := cmd.Output()
		if err != nil {
			b.Fatalf("%v\n%s", err, said.String())
		}
		if err := json.Unmarshal(out, &seconds); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(0, "ns/op") // the medians are what counts
	plain := median(seconds[0])
	for i, c := range cells {
		b.ReportMetric(median(seconds[i]), c.unit)
		if i > 0 {
			b.ReportMetric(median(seconds[i])/plain, "plain/"+strings.TrimPrefix(c.unit, "s/"))
		}
	}
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return x[len(x)/2]
}
