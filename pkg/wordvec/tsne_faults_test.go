package wordvec

import (
	"math"
	"testing"
)

// Rows that repeat, vary along one line only, or are huge or tiny have a picture too.
func TestTSNEOddRows(t *testing.T) {
	repeated := groups(12, 3, 3)
	for range 4 {
		repeated = append(repeated, repeated[:8]...)
	}
	line := make([][]float32, 30)
	axis := make([][]float32, 30)
	single := make([][]float32, 30)
	huge := groups(30, 4, 3)
	tiny := groups(30, 4, 3)
	for i := range line {
		line[i] = []float32{float32(i), float32(i) * 2, 0}
		axis[i] = []float32{float32(i), 0}
		single[i] = []float32{float32(i)}
		for j := range huge[i] {
			huge[i][j] *= 1e37
			tiny[i][j] *= 1e-37
		}
	}
	for name, x := range map[string][][]float32{"repeated": repeated, "line": line, "axis": axis, "single": single, "huge": huge, "tiny": tiny, "four": groups(4, 2, 2)} {
		y, err := TSNE{Iterations: 300}.Embed(x)
		if err != nil || len(y) != len(x) {
			t.Errorf("%s: %d points, %v", name, len(y), err)
			continue
		}
		var mean, square [2]float64
		for i, at := range y {
			if len(at) != 2 || at[0]-at[0] != 0 || at[1]-at[1] != 0 {
				t.Errorf("%s: point %d is at %v", name, i, at)
			}
			for axis, a := range at {
				mean[axis] += a / float64(len(y))
				square[axis] += a * a / float64(len(y))
			}
		}
		for axis := range 2 {
			near(t, name+": mean", mean[axis], 0, 1e-9)
			if square[axis] < 1e-4 {
				t.Errorf("%s: the points are not spread along axis %d: %v", name, axis, square)
			}
		}
		if name == "repeated" && (math.Abs(y[0][0]-y[12][0]) > 1e-9 || math.Abs(y[0][1]-y[12][1]) > 1e-9) {
			t.Errorf("the same row is at %v and at %v", y[0], y[12])
		}
	}
}

func TestTSNEErrors(t *testing.T) {
	nan := float32(math.NaN())
	good := groups(20, 3, 2)
	for _, c := range []struct {
		name string
		t    TSNE
		x    [][]float32
		says []string
	}{
		{"none", TSNE{}, nil, []string{"no vectors"}},
		{"empty", TSNE{}, [][]float32{{}, {}, {}, {}}, []string{"no vectors"}},
		{"ragged", TSNE{}, [][]float32{{1}, {2}, {3, 4}, {5}}, []string{"vector 2 has 2 numbers", "the first has 1"}},
		{"NaN", TSNE{}, [][]float32{{1}, {2}, {nan}, {4}}, []string{"vector 2 holds NaN"}},
		{"Inf", TSNE{}, [][]float32{{1}, {2}, {float32(math.Inf(1))}, {4}}, []string{"vector 2 holds +Inf"}},
		{"few", TSNE{}, good[:3], []string{"4 to 5000", "3"}},
		{"many", TSNE{}, numbered(maxRows + 1), []string{"4 to 5000", "5001"}},
		{"same", TSNE{}, [][]float32{{1, 2}, {1, 2}, {1, 2}, {1, 2}}, []string{"4 vectors are all the same"}},
		{"perplexity", TSNE{Perplexity: 30}, good, []string{"a perplexity of 30", "less than the 19 others", "6 or less"}},
		{"small perplexity", TSNE{Perplexity: .5}, good, []string{"a perplexity of 0.5", "from 1"}},
		{"NaN perplexity", TSNE{Perplexity: math.NaN()}, good, []string{"a perplexity of NaN"}},
		{"iterations", TSNE{Iterations: -1}, good, []string{"-1 iterations"}},
		{"rate", TSNE{Rate: math.NaN()}, good, []string{"a learning rate of NaN"}},
		{"infinite rate", TSNE{Rate: math.Inf(1)}, good, []string{"a learning rate of +Inf"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.t.Embed(c.x)
			wantError(t, err, c.says...)
		})
	}
	_, err := TSNE{Rate: 1e300}.Embed(good)
	wantError(t, err, "a learning rate of 1e+300", "fly apart")
}

// numbered is n rows of one number.
func numbered(n int) [][]float32 {
	x := make([][]float32, n)
	for i := range x {
		x[i] = []float32{float32(i)}
	}
	return x
}
