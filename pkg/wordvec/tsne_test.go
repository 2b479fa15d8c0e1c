package wordvec

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// exactP are rows 0 and 7 of the joint probabilities of groups(12, 4, 3) at perplexity 3, the
// widths found by SciPy 1.17.1's brentq on NumPy 2.4.6 in double precision. scikit-learn 1.9.1's
// _joint_probabilities is within 4e-7 of them: it stops its search earlier.
var exactP = map[int][]float64{
	0: {0, 0.000390402225, 0.000448500952, 0.00204623793, 0.00143598564, 0.000146208644, 0.0362675972, 0.000633643073, 0.000570637793, 0.0354870811, 0.0072959758, 0.000302286669},
	7: {0.000633643073, 0.0202914926, 8.59709853e-07, 0.000142985034, 0.0484232483, 3.57549354e-06, 6.60930447e-05, 0, 1.17149143e-06, 2.43100703e-05, 0.0166832174, 6.46048604e-07},
}

// sklearnP is row 0 as scikit-learn 1.9.1 has it.
var sklearnP = []float64{0, 0.000390366737, 0.000448507248, 0.00204623145, 0.00143598507, 0.000146207005, 0.0362676764, 0.000633646159, 0.000570644805, 0.0354870491, 0.00729594529, 0.000302290034}

func TestJointProbabilities(t *testing.T) {
	const n = 12
	p := jointProbabilities(groups(n, 4, 3), 3)
	for i, row := range exactP {
		for j, want := range row {
			near(t, fmt.Sprintf("p[%d,%d]", i, j), float64(p[i*n+j]), want, 3e-7*want)
		}
	}
	for j, want := range sklearnP {
		near(t, fmt.Sprintf("p[0,%d]", j), float64(p[j]), want, 4e-7)
	}
	sum := 0.0
	for i := range n {
		for j := range n {
			sum += float64(p[i*n+j])
			if p[i*n+j] != p[j*n+i] || i == j && p[i*n+j] != 0 {
				t.Errorf("p[%d,%d] is %v, p[%d,%d] %v", i, j, p[i*n+j], j, i, p[j*n+i])
			}
		}
	}
	near(t, "the sum", sum, 1, 1e-6)
}

// Rows that are scaled, far apart or repeated have probabilities too.
func TestNeighboursFaults(t *testing.T) {
	for _, c := range []struct {
		name       string
		squared    []float64
		perplexity float64
		want       []float64
	}{
		{"all at one distance", []float64{4, 4, 4, 4}, 2, []float64{.25, .25, .25, .25}},
		{"more repeats than neighbours", []float64{0, 0, 0, 1}, 2, []float64{1. / 3, 1. / 3, 1. / 3, 0}},
		{"all repeats", []float64{0, 0}, 1, []float64{.5, .5}},
		{"one neighbour", []float64{9, 1, 9}, 1, []float64{0, 1, 0}},
		{"far", []float64{1e76, 2e76}, 1.9, nil},
		{"near", []float64{1e-80, 2e-80}, 1.9, nil},
	} {
		d := append([]float64(nil), c.squared...)
		neighbours(d, c.perplexity)
		entropy := 0.0
		for i, p := range d {
			if c.want != nil {
				near(t, c.name, p, c.want[i], 1e-9)
			}
			entropy -= p * math.Log(p)
		}
		if c.want == nil {
			near(t, c.name+": perplexity", math.Exp(entropy), c.perplexity, 1e-6)
		}
	}
}

// testMap is the picture flat of groups(12, 4, 3) at perplexity 3.
func testMap() *tsneMap {
	x := groups(12, 4, 3)
	return newTSNEMap(jointProbabilities(x, 3), flat(x))
}

// The values expected are scikit-learn 1.9.1's _kl_divergence of the same p and picture.
func TestGradientAgainstScikitLearn(t *testing.T) {
	want := []float64{0.0288268859, 0.00870653718, -0.00956423013, -0.0312286678, 0.0303223083, 0.00680586863,
		0.039742196, 0.0126350325, -0.0412613084, -0.0369544854, 0.0710526781, 0.0193239227,
		-0.00451478817, -0.00727698928, -0.0475447517, 0.00476671474, 0.0205235238, 0.0299362073,
		-0.00263609187, -0.0101175201, -0.120107901, 0.0133376557, 0.0351614792, -0.00993427604}
	m := testMap()
	near(t, "divergence", m.divergence(), 0.8147229136607523, 1e-7)
	m.differentiate(1)
	for i := range m.n {
		near(t, "slope of x", m.gradient[0][i], want[2*i], 1e-7)
		near(t, "slope of y", m.gradient[1][i], want[2*i+1], 1e-7)
	}
}

// The gradient is that of the divergence: with exaggerated p too, whose divergence from q is
// the same but for what does not depend on the points.
func TestGradientAgainstDifferences(t *testing.T) {
	m := testMap()
	m.differentiate(1)
	const step = 1e-5
	for axis, coordinate := range [][]float64{m.x, m.y} {
		for i := range m.n {
			at := coordinate[i]
			coordinate[i] = at + step
			above := m.divergence()
			coordinate[i] = at - step
			below := m.divergence()
			coordinate[i] = at
			near(t, "slope", m.gradient[axis][i], (above-below)/(2*step), 1e-7)
		}
	}
	before := append([]float64(nil), m.gradient[0]...)
	m.differentiate(3)
	for i := range m.n {
		near(t, "exaggerated slope", m.gradient[0][i], before[i]+8*m.attraction[0][i], 1e-12)
	}
}

// The points expected are those of scikit-learn 1.9.1's _gradient_descent with the same p and
// picture: 4 iterations of 12 p with momentum .5, then 12 of p with momentum .8.
func TestDescentAgainstScikitLearn(t *testing.T) {
	want := []float64{1.90918194, -0.808562842, 4.54759694, 0.897948668, -0.44925464, 0.406403746, 0.454733135, 2.05940059,
		3.93234464, 0.68313499, -1.36200368, -0.306724012, 2.19176072, -0.963113268, 4.42463745, 0.718331026,
		-0.258599169, 1.26396841, 1.18015635, -0.519861111, 4.96562165, 0.974912141, -0.553735116, 0.584500538}
	m := testMap()
	m.descend(TSNE{Iterations: 16, Rate: 1})
	for i := range m.n {
		near(t, "x", m.x[i], want[2*i], 1e-6)
		near(t, "y", m.y[i], want[2*i+1], 1e-6)
	}
	if g := gain(.0101, 1, 1); g != .01 {
		t.Errorf("a gain shrinks to %v", g)
	}
}

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
