package score_test

import (
	"math"
	"strings"
	"testing"

	"sparseq/pkg/score"
)

const tolerance = 1e-12

// rows draws n rows whose probabilities are of 21 values, so most are tied, with glibc's old
// generator, s ← 1103515245 s + 12345 mod 2³¹ from s = 1. The values expected of them were
// computed by scikit-learn 1.9.1 on NumPy 2.4.6, from the same rows:
//
//	p.append(a % 21 / 20); y.append(b % 20 < a % 21)  # a, b: successive s >> 16
//	log_loss(y, clip(p, 1e-7, 1 - 1e-7)), roc_auc_score(y, p), confusion_matrix(y, p > .5),
//	roc_curve(y, p, drop_intermediate=False)
func rows(n int) (p []float64, y []uint8) {
	s := uint64(1)
	draw := func() uint64 {
		s = (1103515245*s + 12345) % (1 << 31)
		return s >> 16
	}
	for range n {
		a := draw() % 21
		label := uint8(0)
		if draw()%20 < a {
			label = 1
		}
		p, y = append(p, float64(a)/20), append(y, label)
	}
	return p, y
}

func TestAgainstScikitLearn(t *testing.T) {
	for _, c := range []struct {
		n                   int
		accuracy, loss, auc float64
		counts              [2][2]int
	}{
		{12, .75, 0.5152905667492637, .75, [2][2]int{{3, 3}, {0, 6}}},
		{1000, .767, 0.46531309167535356, 0.8560975023630625, [2][2]int{{392, 90}, {143, 375}}},
	} {
		p, y := rows(c.n)
		accuracy, err := score.Accuracy(p, y)
		near(t, "accuracy", accuracy, c.accuracy, err)
		loss, err := score.LogLoss(p, y)
		near(t, "log loss", loss, c.loss, err)
		auc, err := score.AUC(p, y)
		near(t, "AUC", auc, c.auc, err)
		counts, err := score.Confusion(p, y)
		if err != nil {
			t.Fatal(err)
		}
		for truth, row := range c.counts {
			for said, want := range row {
				if counts[truth][said] != want {
					t.Errorf("n = %d: confusion %v, want %v", c.n, counts, c.counts)
				}
			}
		}
	}
}

func TestROCAgainstScikitLearn(t *testing.T) {
	wantFPR := []float64{0, 0, 0, 1. / 6, 1. / 3, 1. / 3, .5, .5, 2. / 3, 1}
	wantTPR := []float64{0, 1. / 6, 1. / 3, 1. / 3, .5, 2. / 3, 5. / 6, 1, 1, 1}
	want := []float64{math.Inf(1), 1, .95, .85, .75, .65, .6, .55, .1, 0}
	p, y := rows(12)
	fpr, tpr, thresholds, err := score.ROC(p, y)
	if err != nil {
		t.Fatal(err)
	}
	if len(fpr) != len(want) || len(tpr) != len(want) || len(thresholds) != len(want) {
		t.Fatalf("%d points, want %d", len(fpr), len(want))
	}
	for i := range want {
		near(t, "fpr", fpr[i], wantFPR[i], nil)
		near(t, "tpr", tpr[i], wantTPR[i], nil)
		if thresholds[i] != want[i] {
			t.Errorf("threshold %d is %v, want %v", i, thresholds[i], want[i])
		}
	}
	// Neither the probabilities' order nor the labels' type matters, and neither is changed.
	again, unchanged := rows(12)
	for i := range p {
		if p[i] != again[i] || y[i] != unchanged[i] {
			t.Fatal("the arguments were changed")
		}
	}
}

func TestAUCExtremes(t *testing.T) {
	for _, c := range []struct {
		name string
		p    []float32
		want float64
	}{
		{"perfect", []float32{.1, .2, .8, .9}, 1},
		{"reversed", []float32{.9, .8, .2, .1}, 0},
		{"all tied", []float32{.5, .5, .5, .5}, .5},
	} {
		auc, err := score.AUC(c.p, []int{0, 0, 1, 1})
		near(t, c.name, auc, c.want, err)
	}
}

// A float32 logistic function reaches 1 where the logit is 17: the loss must stay finite.
func TestLogLossOfCertainMistake(t *testing.T) {
	loss, err := score.LogLoss([]float32{1, 0}, []float32{0, 1})
	near(t, "loss", loss, -math.Log(1e-7), err)
	loss, err = score.LogLoss([]float32{1}, []float32{1})
	near(t, "loss", loss, -math.Log(1-1e-7), err)
}

func TestErrors(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		p    []float64
		y    []int
		says string
	}{
		{"lengths", []float64{.1}, []int{0, 1}, "1 probabilities do not go with 2 labels"},
		{"empty", nil, nil, "no rows"},
		{"NaN", []float64{.5, nan}, []int{0, 1}, "row 1 has NaN"},
		{"logit", []float64{.5, 1.7}, []int{0, 1}, "row 1 has 1.7"},
		{"label", []float64{.5, .7}, []int{0, 2}, "row 1 has the label 2"},
	} {
		for what, f := range map[string]func() error{
			"Accuracy":  func() error { _, err := score.Accuracy(c.p, c.y); return err },
			"Confusion": func() error { _, err := score.Confusion(c.p, c.y); return err },
			"LogLoss":   func() error { _, err := score.LogLoss(c.p, c.y); return err },
			"ROC":       func() error { _, _, _, err := score.ROC(c.p, c.y); return err },
			"AUC":       func() error { _, err := score.AUC(c.p, c.y); return err },
		} {
			if err := f(); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s of %s: %v, want an error with %q", what, c.name, err, c.says)
			}
		}
	}
	if _, err := score.AUC([]float64{.1, .9}, []int{1, 1}); err == nil || !strings.Contains(err.Error(), "both labels") {
		t.Errorf("AUC of one class: %v", err)
	}
}

// The values expected are statsmodels 0.15.0's proportion_confint(…, method="wilson").
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		right, n int
		lo, hi   float64
	}{
		{22055, 25000, 0.8781450755766087, 0.8861374860238809},
		{1, 10, 0.017876213095072924, 0.40415002679523854},
		{0, 10, 0, 0.27753279986288926},
		{10, 10, 0.7224672001371106, 1},
		{263, 500, 0.4822016483694956, 0.5694018859265038},
	} {
		lo, hi := score.Wilson(float64(c.right)/float64(c.n), c.n)
		near(t, "lo", lo, c.lo, nil)
		near(t, "hi", hi, c.hi, nil)
	}
	if lo, hi := score.Wilson(.5, 0); lo != 0 || hi != 1 {
		t.Errorf("of no rows: %v to %v", lo, hi)
	}
	if lo, _ := score.Wilson(1.2, 10); !math.IsNaN(lo) {
		t.Errorf("of no accuracy: %v", lo)
	}
}

func near(t *testing.T, what string, got, want float64, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}
