package fit_test

import (
	"fmt"
	"log"
	"math/bits"
	"os"
	"path/filepath"

	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
)

// A model learns whether a byte has more ones than zeros, and is asked in what may be another
// process.
func Example() {
	var x []uint8 // 256 rows of one byte, eight bits
	var labels []float32
	for b := range 256 {
		x = append(x, uint8(b))
		if bits.OnesCount8(uint8(b)) > 4 {
			labels = append(labels, 1)
		} else {
			labels = append(labels, 0)
		}
	}
	rows := fit.NewRows(x, 1, labels).Batch(32)

	majority := func(scope *model.Scope, _ any, inputs []*graph.Node) []*graph.Node {
		bits := fit.Unpack(inputs[0], 8)                           // [batch, 8]
		return []*graph.Node{layers.DenseWithBias(scope, bits, 1)} // [batch, 1], logits
	}

	backend, err := gobackend.New("") // engine.Open() finds a faster one
	if err != nil {
		log.Fatal(err)
	}
	parent, err := os.MkdirTemp("", "runs")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(parent) }()
	dir := filepath.Join(parent, "majority")
	_, err = fit.Train(dir, backend, majority, rows.Shuffle(1), rows,
		fit.Settings{Epochs: 100, Optimizer: fit.RMSProp(.03)})
	if err != nil {
		log.Fatal(err)
	}

	run, err := fit.Load(dir)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("accuracy %.2f\n", run.History[run.Best].ValidationAccuracy)
	p, err := run.Predict(backend, majority, fit.NewRows([]uint8{0b1111_0111, 0b0000_0100}, 1, nil))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("more ones than zeros:", p[0] > .5, p[1] > .5)
	// Output:
	// accuracy 1.00
	// more ones than zeros: true false
}
