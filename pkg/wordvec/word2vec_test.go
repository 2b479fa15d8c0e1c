package wordvec

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"
	"time"
)

func train(t *testing.T, o Word2Vec, c *Corpus) *Vectors {
	t.Helper()
	v, err := o.Train(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Words that stand in the same sentences get vectors of like directions, by one worker and by
// several, in both models.
func TestTrainLearns(t *testing.T) {
	c := toyCorpus(t, 600)
	for _, o := range []Word2Vec{{Workers: 1}, {SkipGram: true, Workers: 1}, {}, {SkipGram: true}, {Workers: 7, Fixed: true}} {
		o.Dim, o.Epochs, o.Sample, o.Rate = 16, 6, 1, .1
		v := train(t, o, c)
		if v.Len() != len(c.Words) || !reflect.DeepEqual(v.words, c.Words) {
			t.Fatalf("the words are %q", v.words)
		}
		for _, pair := range [][2]string{{"cat", "dog"}, {"cow", "hen"}, {"one", "two"}, {"six", "none"}} {
			together, err := v.Distance(pair[0], pair[1], Cosine)
			if err != nil {
				t.Fatal(err)
			}
			for _, other := range []string{"cat", "pig", "ten", "half"} {
				if kind(other) == kind(pair[0]) {
					continue
				}
				if apart, _ := v.Distance(pair[0], other, Cosine); !(apart > together+.3) {
					t.Errorf("%+v: %s is %.2f from %s and %.2f from %s", o, pair[0], together, pair[1], apart, other)
				}
			}
		}
	}
}

func kind(word string) bool {
	switch word {
	case "cat", "dog", "cow", "hen", "pig", "ewe":
		return true
	}
	return false
}

func TestTrainReproducible(t *testing.T) {
	c := toyCorpus(t, 100)
	for _, skipGram := range []bool{false, true} {
		o := Word2Vec{SkipGram: skipGram, Dim: 10, Sample: .05, Workers: 1, Seed: 3}
		first := train(t, o, c)
		o.Progress = func(Progress) {}
		wantVectors(t, "with progress", train(t, o, c), first)
		o.Seed = 4
		if reflect.DeepEqual(train(t, o, c).vectors, first.vectors) {
			t.Error("another seed gives the same vectors")
		}
	}
}

func TestTrainProgress(t *testing.T) {
	c := toyCorpus(t, 400)
	var calls []Progress
	o := Word2Vec{Dim: 8, Epochs: 2, Sample: 1, Workers: 1, Rate: .05}
	o.Progress = func(p Progress) {
		calls = append(calls, p)
		if v, err := p.Vectors(); err != nil || v.Len() != len(c.Words) {
			t.Errorf("%v, %v", v, err)
		}
	}
	v := train(t, o, c)
	last := calls[len(calls)-1]
	if last.Done != 1 || last.Left != 0 || last.Epoch != 2 || last.Epochs != 2 || last.Words != 2*c.Tokens() || last.Elapsed <= 0 || last.WordsPerSecond <= 0 {
		t.Errorf("at the end it is %+v", last)
	}
	now, err := last.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	wantVectors(t, "at the end", now, v)
	if &now.vectors[0][0] == &v.vectors[0][0] {
		t.Error("the vectors to look at are those that are learned, not a copy")
	}

	tr := newTraining(o.withDefaults(), c)
	calls = nil
	tr.read.Store(int64(c.Tokens() / 2)) // a quarter of two epochs
	tr.learned.Store(1000)
	tr.report.add(12, 3)
	tr.report.tell(tr.report.begin.Add(progressEvery/2), false, tr.progress) // not yet
	tr.report.tell(tr.report.begin.Add(4*time.Second), false, tr.progress)
	if len(calls) != 1 {
		t.Fatalf("%d calls, want 1", len(calls))
	}
	near(t, "Done", calls[0].Done, .25, 1e-3)
	near(t, "Left", calls[0].Left.Seconds(), 12, .05)
	near(t, "Loss", calls[0].Loss, 4, 0)
	near(t, "WordsPerSecond", calls[0].WordsPerSecond, 250, 0)
	near(t, "Rate", calls[0].Rate, .05*.75, 1e-4)
	if calls[0].Epoch != 1 {
		t.Errorf("the epoch is %d", calls[0].Epoch)
	}
}

// Before the training every output vector is zero: each of the 1 + 5 words costs log 2.
func TestTrainLoss(t *testing.T) {
	c := toyCorpus(t, 2000)
	var last Progress
	loss := func(rate float64) float64 {
		o := Word2Vec{SkipGram: true, Dim: 10, Epochs: 1, Sample: 1, Rate: rate, Workers: 1, Progress: func(p Progress) { last = p }}
		train(t, o, c)
		return last.Loss
	}
	if untrained := loss(1e-9); untrained > 6*math.Ln2+1e-3 || untrained < 5*math.Ln2 {
		t.Errorf("the loss without learning is %v, want a little under %v: negatives that are the word itself are passed over", untrained, 6*math.Ln2)
	}
	if learned := loss(.1); learned > 3.2 {
		t.Errorf("the loss after learning is %v", learned)
	}
}

// passes are texts that come from elsewhere, with ids to pass over.
type passes struct{ ids []int32 }

func (p passes) Len() int          { return 40 }
func (p passes) IDs(i int) []int32 { return p.ids }

func TestTrainStream(t *testing.T) {
	ids := []int32{-1, 0, 1, -7, 0, 1, 2}
	c := &Corpus{Words: []string{"a", "b", "c"}, Counts: []int{80, 80, 40}, Texts: passes{ids}}
	with := train(t, Word2Vec{Dim: 5, Workers: 1, Sample: 1}, c)
	c.Texts = passes{[]int32{0, 1, 0, 1, 2}}
	wantVectors(t, "without the negative ids", train(t, Word2Vec{Dim: 5, Workers: 1, Sample: 1}, c), with)
	c.Texts = passes{[]int32{0, 1, 3}}
	_, err := Word2Vec{Dim: 5}.Train(context.Background(), c)
	wantError(t, err, "id 3 is none of the 3 words")
}

func TestTrainFaults(t *testing.T) {
	good := func() *Corpus {
		return &Corpus{Words: []string{"a", "b"}, Counts: []int{40, 40}, Texts: passes{[]int32{0, 1}}}
	}
	for _, f := range []struct {
		o    Word2Vec
		c    func(c *Corpus)
		part string
	}{
		{c: func(c *Corpus) { c.Texts = nil }, part: "no texts"},
		{c: func(c *Corpus) { c.Texts = &heldTexts{offsets: []int{0}} }, part: "no texts"},
		{c: func(c *Corpus) { c.Counts = c.Counts[:1] }, part: "2 words and 1 counts"},
		{c: func(c *Corpus) { c.Words, c.Counts = c.Words[:1], c.Counts[:1] }, part: "1 different words"},
		{c: func(c *Corpus) { c.Counts[1] = 0 }, part: `counts "b" 0 times`},
		{o: Word2Vec{Dim: -1}, part: "Dim is -1"},
		{o: Word2Vec{Window: -2}, part: "Window is -2"},
		{o: Word2Vec{Negatives: -1}, part: "Negatives is -1"},
		{o: Word2Vec{Epochs: -1}, part: "Epochs is -1"},
		{o: Word2Vec{Workers: -1}, part: "Workers is -1"},
		{o: Word2Vec{Sample: 2}, part: "Sample is 2"},
		{o: Word2Vec{Sample: math.NaN()}, part: "Sample is NaN"},
		{o: Word2Vec{Rate: -1}, part: "Rate is -1"},
		{o: Word2Vec{Rate: math.Inf(1)}, part: "Rate is +Inf"},
	} {
		c := good()
		if f.c != nil {
			f.c(c)
		}
		_, err := f.o.Train(context.Background(), c)
		wantError(t, err, f.part)
	}
	_, err := Word2Vec{}.Train(context.Background(), nil)
	wantError(t, err, "no texts")
}

func TestTrainCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := Word2Vec{Epochs: 1 << 40, Progress: func(Progress) { cancel() }} // centuries
	_, err := o.Train(ctx, toyCorpus(t, 50))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
