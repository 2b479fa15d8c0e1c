package wordvec

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// scikit-learn 1.9.1's t-SNE (method="exact", init="pca", 1000 iterations) of the same rows
// has the trustworthiness and the divergence given.
func TestTSNEAgainstScikitLearn(t *testing.T) {
	for _, c := range []struct {
		rows, units, centres   int
		perplexity             float64
		trust5, trust10, finds float64
	}{
		{120, 10, 6, 20, 0.9875595238095238, 0.9920414673046252, 0.08041645551252932},
		{150, 16, 10, 30, 0.9932676056338028, 0.9978686493184634, 0.07575175120992156},
	} {
		x := groups(c.rows, c.units, c.centres)
		for _, random := range []bool{false, true} { // random points may end in another minimum
			last := ""
			y, err := TSNE{Perplexity: c.perplexity, Random: random, Seed: 1, Progress: func(_ float64, line string) { last = line }}.Embed(x)
			if err != nil {
				t.Fatal(err)
			}
			for k, want := range map[int]float64{5: c.trust5, 10: c.trust10} {
				got, err := Trustworthiness(x, y, k)
				if err != nil || got < want-.02 {
					t.Errorf("%d rows, random %v: trustworthiness of %d neighbours is %.4f, %v, want %.4f", c.rows, random, k, got, err, want)
				}
				t.Logf("%d rows, random %v: trustworthiness of %d neighbours %.4f (scikit-learn %.4f)", c.rows, random, k, got, want)
			}
			divergence := 0.0
			if _, err := fmt.Sscanf(last[strings.LastIndex(last, " ")+1:], "%f", &divergence); err != nil || !random && divergence > c.finds+.02 {
				t.Errorf("%d rows, random %v: %q, want a divergence of about %.3f", c.rows, random, last, c.finds)
			}
		}
	}
}

// The same picture each time, whatever the number of cores.
func TestTSNEIsReproducible(t *testing.T) {
	x := groups(90, 5, 4)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, settings := range []TSNE{{Iterations: 200}, {Iterations: 200, Random: true, Seed: 7}} {
		var first [][]float64
		for _, cores := range []int{1, 2, 5} {
			runtime.GOMAXPROCS(cores)
			y, err := settings.Embed(x)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = y
			}
			if !reflect.DeepEqual(y, first) {
				t.Errorf("%+v: another picture on %d cores", settings, cores)
			}
		}
	}
	one, _ := TSNE{Iterations: 5, Random: true, Seed: 7}.Embed(x)
	other, _ := TSNE{Iterations: 5, Random: true, Seed: 8}.Embed(x)
	if reflect.DeepEqual(one, other) {
		t.Error("the seed changes nothing")
	}
}

// The first points are the principal components, of which the first has a deviation of 1e-4.
func TestTSNEStart(t *testing.T) {
	x := groups(40, 5, 3)
	components, _, err := PCA(x, 2)
	if err != nil {
		t.Fatal(err)
	}
	start, err := TSNE{}.start(x)
	if err != nil {
		t.Fatal(err)
	}
	square := 0.0
	for i, row := range start {
		square += row[0] * row[0] / float64(len(start))
		near(t, "the ratio", row[1]/row[0], components[i][1]/components[i][0], 1e-9)
	}
	near(t, "the deviation", math.Sqrt(square), 1e-4, 1e-12)
}

func TestTSNEProgress(t *testing.T) {
	var fractions []float64
	var lines []string
	_, err := TSNE{Iterations: 120, Progress: func(f float64, line string) {
		fractions, lines = append(fractions, f), append(lines, line)
	}}.Embed(groups(20, 3, 2))
	if err != nil || !reflect.DeepEqual(fractions, []float64{50. / 120, 100. / 120, 1}) || !strings.HasPrefix(lines[2], "t-SNE: iteration 120 of 120, divergence 0.") {
		t.Errorf("%v %q %v", fractions, lines, err)
	}
}
