package wordvec

import (
	"fmt"
	"math"
	"testing"
)

// inflected are 30 words in 10 forms, which vectors of noise tell apart. With u as in groups:
//
//	base = [[u()*4-2 for _ in range(12)] for _ in range(30)]
//	form = [[u()*4-2 for _ in range(12)] for _ in range(10)]
//	x = array([[base[i%30][j]+form[i//30][j]+(u()+u()+u()-1.5) for j in range(12)] for i in range(300)], float32)
func inflected(t *testing.T) *Vectors {
	const units = 12
	s := uint64(1)
	u := func() float64 {
		s = (1103515245*s + 12345) % (1 << 31)
		return float64(s>>16) / 32768
	}
	parts := make([][units]float64, 40) // base, then form
	for i := range parts {
		for j := range units {
			parts[i][j] = u()*4 - 2
		}
	}
	words, x := make([]string, 300), make([][]float32, 300)
	for i := range x {
		words[i] = fmt.Sprintf("w%d", i)
		for j := range units {
			x[i] = append(x[i], float32(parts[i%30][j]+parts[30+i/30][j]+(u()+u()+u()-1.5)))
		}
	}
	return mustNew(t, words, x)
}

// Golden values are NumPy 2.4.6's, in float64; gensim 4.4.0 has the same words in the same order.
func TestAnalogy(t *testing.T) {
	v := inflected(t)
	for _, c := range []struct {
		a, b, c string
		m       Combination
		words   [3]string
		scores  [3]float64
	}{
		{"w0", "w30", "w2", CosAdd, [3]string{"w32", "w35", "w272"}, [3]float64{.808148, .800881, .750169}},
		{"w0", "w30", "w2", CosMul, [3]string{"w32", "w35", "w258"}, [3]float64{1.160071, 1.157468, 1.129964}},
		{"w5", "w17", "w299", CosAdd, [3]string{"w279", "w58", "w11"}, [3]float64{.97211, .927898, .890414}},
		{"w5", "w17", "w299", CosMul, [3]string{"w298", "w279", "w58"}, [3]float64{1.305904, 1.278715, 1.26174}},
		{"w40", "w80", "w7", CosAdd, [3]string{"w0", "w13", "w67"}, [3]float64{1.340939, 1.320694, 1.307099}},
		{"w40", "w80", "w7", CosMul, [3]string{"w67", "w120", "w138"}, [3]float64{1.747217, 1.574109, 1.429522}},
	} {
		answers, err := v.Analogy(c.a, c.b, c.c, 3, c.m)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range answers {
			if a.Word != c.words[i] || v.Word(a.Index) != a.Word {
				t.Errorf("%v, answer %d to %s, %s, %s is %+v, want %s", c.m, i, c.a, c.b, c.c, a, c.words[i])
			}
			near(t, "the score", a.Score, c.scores[i], 2e-6)
		}
	}
	all, err := v.Analogy("w1", "w2", "w1", 1000, CosAdd)
	if err != nil || len(all) != 298 {
		t.Errorf("%d answers, %v, want all but the words asked about", len(all), err)
	}
	_, err = v.Analogy("w1", "w2", "x3", 1, CosAdd)
	wantError(t, err, `"x3" is none of the 300 words`)
	_, err = v.Analogy("w1", "w2", "w3", 0, CosAdd)
	wantError(t, err, "0 answers")
	_, err = v.Analogy("w1", "w2", "w3", 1, Combination(7))
	wantError(t, err, "Combination(7) is no way")
}

// The counts are NumPy's; those of CosAdd are gensim 4.4.0's evaluate_word_analogies too.
func TestAnalogies(t *testing.T) {
	v := inflected(t)
	var questions []Question
	for _, s := range []struct {
		name string
		p, q int
	}{{"one", 0, 1}, {"two", 3, 7}} {
		for i := range 30 {
			for j := range 30 {
				if i != j {
					word := func(i, form int) string { return fmt.Sprintf("W%d", i+30*form) }
					questions = append(questions, Question{s.name, word(i, s.p), word(i, s.q), word(j, s.p), word(j, s.q)})
				}
			}
		}
	}
	questions = append(questions, Question{"two", "w1", "w2", "w3", "strange"}, Question{"none", "x", "y", "z", "w1"})
	for m, correct := range map[Combination][2]int{CosAdd: {528, 668}, CosMul: {208, 282}} {
		all, sections, err := v.Analogies(questions, m)
		want := []AnalogyScore{{"one", correct[0], 870, 870}, {"two", correct[1], 870, 871}, {"none", 0, 0, 1}}
		if err != nil || fmt.Sprint(sections) != fmt.Sprint(want) {
			t.Errorf("%v: %+v, %v, want %+v", m, sections, err, want)
		}
		if want := (AnalogyScore{"", correct[0] + correct[1], 1740, 1742}); all != want {
			t.Errorf("%v: all is %+v, want %+v", m, all, want)
		}
		near(t, "the accuracy", all.Accuracy(), float64(correct[0]+correct[1])/1740, 1e-12)
	}
	if a := (AnalogyScore{}).Accuracy(); a != 0 {
		t.Errorf("the accuracy of no questions is %v", a)
	}
	_, _, err := v.Analogies(questions[len(questions)-1:], CosAdd)
	wantError(t, err, "no analogy can be asked")
	_, _, err = v.Analogies(questions, Combination(-1))
	wantError(t, err, "Combination(-1)")
}

// A word of zeros is no answer, and of words that answer as well the first is taken.
func TestAnalogiesTies(t *testing.T) {
	v := mustNew(t, []string{"a", "b", "c", "zero", "d", "twin"}, [][]float32{{1, 0}, {1, 1}, {2, 0}, {0, 0}, {3, 3}, {3, 3}})
	for _, m := range []Combination{CosAdd, CosMul} {
		for d, correct := range map[string]int{"d": 1, "twin": 0} {
			all, _, err := v.Analogies([]Question{{"s", "a", "b", "c", d}, {"s", "a", "b", "zero", "c"}}, m)
			if err != nil || all.Correct != correct || all.Used != 1 {
				t.Errorf("%v: %+v, %v", m, all, err)
			}
		}
		answers, err := v.Analogy("a", "b", "c", 9, m)
		if err != nil || len(answers) != 2 || answers[0].Word != "d" || answers[1].Word != "twin" {
			t.Errorf("%v: %+v, %v", m, answers, err)
		}
	}
	// Where only the question's own words are left there is no answer, and so no right one.
	v = mustNew(t, []string{"a", "b"}, [][]float32{{1, 0}, {0, 1}})
	all, _, err := v.Analogies([]Question{{"s", "a", "b", "a", "b"}}, CosAdd)
	if err != nil || all.Correct != 0 || all.Used != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}

func BenchmarkAnalogies(b *testing.B) {
	const words = 20_000
	names, x := make([]string, words), groups(words, 100, 50)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	v, err := New(names, x)
	if err != nil {
		b.Fatal(err)
	}
	var questions []Question
	for i := range 2000 {
		questions = append(questions, Question{"s", names[i%500], names[(i+1)%500], names[(i+7)%500], names[(i*3)%500]})
	}
	for b.Loop() {
		if _, _, err := v.Analogies(questions, CosAdd); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(math.Round(float64(len(questions)*b.N)/b.Elapsed().Seconds()), "questions/s")
}
