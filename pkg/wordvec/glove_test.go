package wordvec

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// One step of a training whose squares are so great that they stay as they are is the rate
// times half the negative gradient of the loss, divided by their root.
func TestGloVeGradient(t *testing.T) {
	for _, x := range []float32{3, 250} { // below and above XMax
		o := GloVe{Dim: 6}.withDefaults()
		tr := newGloVeTraining(o, []string{"a", "b", "c"}, []cooccurrence{{1, 0, x}})
		random := rand.New(rand.NewPCG(2, 2))
		parameters := [][]float32{tr.word.vectors, tr.context.vectors, tr.word.biases, tr.context.biases}
		const root = 1 << 20
		var before [][]float64
		for n, p := range parameters {
			for i := range p {
				p[i] = float32(random.NormFloat64())
			}
			squares := [][]float32{tr.word.squares, tr.context.squares, tr.word.biasSquares, tr.context.biasSquares}[n]
			for i := range squares {
				squares[i] = root * root
			}
			before = append(before, float64s(p))
		}
		tr.Rate = root
		const i, j = 1, 2
		loss := func() float64 {
			e := before[2][i] + before[3][j] - math.Log(float64(x))
			for k := range o.Dim {
				e += before[0][i*o.Dim+k] * before[1][j*o.Dim+k]
			}
			return math.Min(math.Pow(float64(x)/100, .75), 1) * e * e
		}
		want := loss()
		near(t, "the loss", tr.learn(i, j, x), want, 1e-5*want)
		for n, p := range parameters {
			for k := range p {
				near(t, "a step", float64(p[k])-before[n][k], -slope(loss, before[n], k)/2, 2e-5)
			}
		}
	}
}

func TestAdaGrad(t *testing.T) {
	squares := float32(1)
	x := adaGrad(5, 2, &squares, .1) // Duchi et al. 2011: 5 - .1·2/√(1+4)
	near(t, "the step", float64(x), 5-.1*2/math.Sqrt(5), 1e-6)
	near(t, "the squares", float64(squares), 5, 0)
}

// With vectors long enough for the few words there are, log X is fitted exactly.
func TestGloVeFits(t *testing.T) {
	c := toyCorpus(t, 300)
	pairs, err := cooccurrences(context.Background(), c, 5, 1000, 1)
	if err != nil {
		t.Fatal(err)
	}
	var last Progress
	o := GloVe{Dim: 20, Epochs: 2000, Workers: 1, Rate: .2, Progress: func(p Progress) { last = p }}
	tr := newGloVeTraining(o.withDefaults(), c.Words, pairs)
	if err := tr.run(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		for _, way := range [][2]int32{{p.i, p.j}, {p.j, p.i}} {
			i, j := int(way[0]), int(way[1])
			got := inner(tr.word.vectors[i*20:(i+1)*20], tr.context.vectors[j*20:(j+1)*20]) + tr.word.biases[i] + tr.context.biases[j]
			near(t, "log X of "+c.Words[i]+" and "+c.Words[j], float64(got), math.Log(float64(p.x)), .05)
		}
	}
	if last.Done != 1 || last.Left != 0 || last.Epoch != 2000 || last.Words != 2000*len(pairs) || last.Rate != .2 {
		t.Errorf("at the end it is %+v", last)
	}
}

func TestGloVeLearns(t *testing.T) {
	c := toyCorpus(t, 600)
	for _, workers := range []int{1, 5} {
		o := GloVe{Dim: 8, Epochs: 40, Workers: workers}
		v, err := o.Train(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(v.words, c.Words) {
			t.Errorf("the words are %q", v.words)
		}
		near, err := v.Nearest("cat", 5, Cosine)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range near[:4] {
			if !kind(n.Word) {
				t.Errorf("%d workers: near cat are %+v", workers, near)
			}
		}
		if workers > 1 {
			continue
		}
		again, err := o.Train(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		wantVectors(t, "again", again, v)
		o.Seed = 1
		if other, _ := o.Train(context.Background(), c); slices.Equal(other.Vector(0), v.Vector(0)) {
			t.Error("another seed gives the same vectors")
		}
	}
}

func TestGloVeFaults(t *testing.T) {
	c := toyCorpus(t, 20)
	for part, o := range map[string]GloVe{
		"Dim is -1": {Dim: -1}, "Window is -1": {Window: -1}, "Epochs is -3": {Epochs: -3}, "Workers is -1": {Workers: -1},
		"XMax is NaN": {XMax: math.NaN()}, "Alpha is -1": {Alpha: -1}, "Rate is +Inf": {Rate: math.Inf(1)}, "MaxPairs is -1": {MaxPairs: -1},
		"more than 2 different pairs": {MaxPairs: 2},
	} {
		_, err := o.Train(context.Background(), c)
		wantError(t, err, part)
	}
	_, err := GloVe{}.Train(context.Background(), &Corpus{})
	wantError(t, err, "no texts")
	ctx, cancel := context.WithCancel(context.Background())
	o := GloVe{Epochs: 1 << 40, Progress: func(Progress) { cancel() }}
	if _, err := o.Train(ctx, c); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
