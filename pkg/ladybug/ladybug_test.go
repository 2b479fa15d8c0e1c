package ladybug

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"
)

func TestDraw(t *testing.T) {
	if Draw(1) != Draw(1) || Draw(1) == Draw(2) {
		t.Error("a seed gives a path of its own, always the same")
	}
}

// Without a difference in speed the leaf changes nothing; on it a ladybug walks on the same curve.
func TestLeaf(t *testing.T) {
	p := Draw(3)
	for i, at := range (Leaf{1, 1}).Points(p, 500) {
		if want := p.At(float64(i) * Dt); square(at, want) > 1e-20 {
			t.Fatalf("point %d is %v, want %v", i, at, want)
		}
	}
	walk := Leaf{.5, 1.5}.Points(Course(), 5000)
	on, beside := 0., 0. // greatest steps
	for i := 1; i < len(walk); i++ {
		step := math.Sqrt(square(walk[i], walk[i-1]))
		if walk[i][0] < 0 && walk[i-1][0] < 0 {
			on = max(on, step)
		}
		if walk[i][0] > 0 && walk[i-1][0] > 0 {
			beside = max(beside, step)
		}
	}
	if !(on < .7*beside) {
		t.Errorf("greatest step %g on the leaf, %g beside it", on, beside)
	}
}

func TestNoisy(t *testing.T) {
	walk := Course().Points(20_000)
	noisy := Noisy(walk, .1, 1)
	var x, y []float64
	for i, p := range noisy {
		x, y = append(x, p[0]-walk[i][0]), append(y, p[1]-walk[i][1])
	}
	for _, off := range [][]float64{x, y} {
		mean, deviation := stat.MeanStdDev(off, nil)
		near(t, "mean of the noise", mean, 0, .003)
		near(t, "its deviation", deviation, .1, .002)
	}
	near(t, "correlation of the coordinates' noise", stat.Correlation(x, y, nil), 0, .03)
	if !slices.Equal(noisy, Noisy(walk, .1, 1)) || slices.Equal(noisy, Noisy(walk, .1, 2)) {
		t.Error("noise is that of its seed")
	}
}

func TestScale(t *testing.T) {
	walk := Course().Points(1000)
	past, future := Split(walk, .8)
	if len(past) != 800 || len(future) != 200 || past[799] != walk[799] || future[0] != walk[800] {
		t.Errorf("split into %d and %d", len(past), len(future))
	}
	s := ScaleOf(past)
	back := s.Undo(s.Apply(walk))
	for i, p := range back {
		if square(p, walk[i]) > 1e-24 {
			t.Fatalf("point %d came back as %v from %v", i, p, walk[i])
		}
	}
	if LeakingScale(past, future) == s || LeakingScale(past, future) != ScaleOf(walk) {
		t.Error("the leaking scale is that of the whole walk")
	}
	if s := ScaleOf([]Point{{2, 2}, {2, 2}}); s != (Scale{2, 1}) {
		t.Errorf("the scale of one place is %v", s)
	}
}

func TestWindows(t *testing.T) {
	walk := Course().Points(30)
	w := Windows{walk, 5, 2}
	if w.Len() != 24 || (Windows{walk, 30, 1}).Len() != 0 || (Windows{walk, 0, 1}).Len() != 0 {
		t.Errorf("%d windows", w.Len())
	}
	window, next := w.At(23)
	if !slices.Equal(window, walk[23:28]) || !slices.Equal(next, walk[28:]) {
		t.Error("the last window is not the last of the walk")
	}
	_ = append(window, Point{9, 9}) // which must not reach the walk
	if walk[28] == (Point{9, 9}) {
		t.Error("appending to a window changed the walk")
	}
	order := rand.New(rand.NewPCG(1, 1)).Perm(w.Len())
	at := 0
	for b := range w.Batches(7, order) {
		if b.Rows != min(7, 24-at) || len(b.X) != b.Rows*10 || len(b.Y) != b.Rows*4 {
			t.Fatalf("a batch of %d rows, %d and %d numbers", b.Rows, len(b.X), len(b.Y))
		}
		for r := range b.Rows {
			window, next := w.At(order[at+r])
			if !slices.Equal(b.X[r*10:(r+1)*10], Flat(nil, window)) || !slices.Equal(b.Y[r*4:(r+1)*4], Flat(nil, next)) {
				t.Fatalf("row %d of a batch is not window %d", r, order[at+r])
			}
		}
		at += b.Rows
	}
	if at != 24 {
		t.Errorf("%d rows", at)
	}
	for range w.Batches(7, order) { // may be left early
		break
	}
}

// A walk of so many sinusoids is given by so long a recurrence, and by no shorter one.
func TestRecurrence(t *testing.T) {
	past, future := Split(Course().Points(4000), .8)
	for n, exact := range map[int]bool{8: true, 3: false} {
		ar, err := FitAR(past, n)
		if err != nil {
			t.Fatal(err)
		}
		if mse := stat.Mean(OneStep(ar.Next, Windows{future, n, 1}), nil); (mse < 1e-20) != exact {
			t.Errorf("on %d points the error is %g", n, mse)
		}
	}
}

// In float32 a forecast is the same but for rounding.
func TestNext32(t *testing.T) {
	past, future := Split(Course().Points(4000), .8)
	ar, err := FitAR(past, 20)
	if err != nil {
		t.Fatal(err)
	}
	window := future[:20]
	d := square(ar.Next(window), ar.Next32(window))
	if !(d > 0 && d < 1e-10) {
		t.Errorf("squared distance %g", d)
	}
}

func TestFitARErrors(t *testing.T) {
	walk := Course().Points(100)
	walk[7][1] = math.NaN()
	for name, c := range map[string]struct {
		points []Point
		n      int
		want   string
	}{
		"too few": {walk[:40], 20, "longer walk"},
		"no past": {walk, 0, "needs"},
		"NaN":     {walk, 5, "NaN"},
	} {
		if _, err := FitAR(c.points, c.n); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRollout(t *testing.T) {
	line := []Point{{0, 0}, {1, -1}}
	got := Rollout(Extrapolate, line, 3)
	if want := []Point{{2, -2}, {3, -3}, {4, -4}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := Rollout(CopyLast, line, 2); !slices.Equal(got, []Point{{1, -1}, {1, -1}}) {
		t.Errorf("%v", got)
	}
	if len(Rollout(CopyLast, line, 0)) != 0 {
		t.Error("a path of no steps has points")
	}
}

func TestStarts(t *testing.T) {
	for _, c := range []struct {
		n, count int
		want     []int
	}{{10, 3, []int{0, 1, 3}}, {10, 99, []int{0, 1, 2, 3}}, {7, 5, []int{0}}, {6, 5, nil}, {10, 0, nil}} {
		if got := Starts(c.n, 3, 4, c.count); !slices.Equal(got, c.want) {
			t.Errorf("of %d points: %v, want %v", c.n, got, c.want)
		}
	}
}

// The nearest window of a walk that was seen already is that window itself.
func TestNearest(t *testing.T) {
	w := Windows{Course().Points(500), 10, 1}
	odd := []int{1, 3, 5, 151}
	f := Nearest(w, odd)
	for _, i := range odd {
		window, next := w.At(i)
		if f(window) != next[0] {
			t.Errorf("window %d is not like itself", i)
		}
	}
	window, _ := w.At(152)
	if _, want := w.At(151); f(window) != want[0] {
		t.Error("the window before is nearest")
	}
}

func TestErrors(t *testing.T) {
	truth := [][]Point{{{0, 0}, {0, 0}}, {{1, 1}, {1, 1}}}
	e := Compare([][]Point{{{2, 0}, {0, 0}}, {{1, 1}, {3, 5}}}, truth)
	near(t, "over one step", e.UpTo(1), 1, 0)
	near(t, "over two steps", e.UpTo(2), 3, 1e-12)
	if q := e.Quantile(1); !slices.Equal(q, []float64{2, 10}) {
		t.Errorf("greatest errors %v", q)
	}
	lost := Compare([][]Point{{{math.NaN(), 0}}}, [][]Point{{{0, 0}}})
	if !math.IsInf(lost.UpTo(1), 1) || !math.IsInf(lost.Quantile(.5)[0], 1) {
		t.Error("a path that is no number any more errs without bound")
	}
}

// Of independent numbers the interval covers the mean in 95 of 100 cases; where neighbours are
// alike it still nearly does, while counting all of them as independent would not.
func TestInterval(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	covered, naive := 0, 0
	const trials, n = 400, 4000
	for range trials {
		squares, state := make([]float64, n), 0.
		for i := range squares {
			state = .95*state + math.Sqrt(1-.95*.95)*r.NormFloat64()
			squares[i] = 3 + state
		}
		if _, lo, hi := Interval(squares, 20); lo <= 3 && 3 <= hi {
			covered++
		}
		mean, deviation := stat.MeanStdDev(squares, nil)
		if math.Abs(mean-3) <= 1.96*deviation/math.Sqrt(n) {
			naive++
		}
	}
	if share := float64(covered) / trials; share < .9 || share > .98 {
		t.Errorf("the interval covers the mean in %g of the cases", share)
	}
	if share := float64(naive) / trials; share > .5 {
		t.Errorf("independence would cover it in %g", share)
	}
}

func TestDivergence(t *testing.T) {
	path := []Point{{0, 1}, {2, 0}, {0, -4}, {0, 0}}
	for _, c := range []struct {
		path  []Point
		limit float64
		steps int
		gone  bool
	}{
		{path, 3, 2, true}, {path, 5, 4, false}, {path[:0], 1, 0, false},
		{[]Point{{0, 0}, {math.NaN(), 0}}, 9, 1, true}, {[]Point{{math.Inf(1), 0}}, 9, 0, true},
	} {
		if steps, gone := Divergence(c.path, c.limit); steps != c.steps || gone != c.gone {
			t.Errorf("%v leaves %g after %d, %v", c.path, c.limit, steps, gone)
		}
	}
}
