package sentiment_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"sparseq/pkg/engine"
	"sparseq/pkg/fit"
	"sparseq/pkg/sentiment"
)

// full is the lessons' model of single words.
var full = sentiment.Mean{Rows: 10_000, Units: 16}

const fullWidth = 256

// freshRun names the run that a copy of this program scores one review with, in place of tests.
const freshRun = "SPARSEQ_TEST_FRESH_RUN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(freshRun); dir != "" {
		if err := scoreOne(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// scoreOne opens the backend, loads a run and scores one review; it prints the seconds of each.
func scoreOne(dir string) error {
	start := time.Now()
	eng, err := engine.Open()
	if err != nil {
		return err
	}
	opened := time.Now()
	run, err := fit.Load(dir)
	if err != nil {
		return err
	}
	review := make([]int32, fullWidth)
	copy(review, []int32{1, 14, 9, 6, 52, 22})
	if _, err := run.Predict(eng.Backend, full.Model, fit.NewRows(review, fullWidth, nil)); err != nil {
		return err
	}
	_, err = fmt.Println(opened.Sub(start).Seconds(), time.Since(opened).Seconds())
	return err
}

// BenchmarkFreshProcess measures how long a program takes, from its start, to load the lessons'
// model and score one review. The metrics are the seconds to open the backend, and those to
// load, compile and compute.
func BenchmarkFreshProcess(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "mean")
	x := make([]int32, 64*fullWidth)
	for i := range x {
		x[i] = int32(i * 7919 % full.Rows)
	}
	rows := fit.NewRows(x, fullWidth, make([]float32, 64))
	eng := must(engine.Open())(b)
	must(fit.Train(dir, eng.Backend, full.Model, rows, rows, fit.Settings{Epochs: 1}))(b)
	open, score := 0., 0.
	for b.Loop() {
		c := exec.Command(must(os.Executable())(b))
		c.Env = append(os.Environ(), freshRun+"="+dir)
		out, err := c.Output()
		if err != nil {
			b.Fatal(err)
		}
		var o, s float64
		if _, err := fmt.Sscan(string(out), &o, &s); err != nil {
			b.Fatalf("%v: %q", err, out)
		}
		open, score = open+o, score+s
	}
	b.ReportMetric(open/float64(b.N), "s/open")
	b.ReportMetric(score/float64(b.N), "s/score")
}

// BenchmarkContributions explains one review of 256 words.
func BenchmarkContributions(b *testing.B) {
	w := &sentiment.Weights{Value: make([]float64, full.Rows)}
	review := make([]int32, fullWidth)
	for i := range review {
		review[i] = int32(4 + i)
	}
	for b.Loop() {
		w.Contributions(review)
	}
}
