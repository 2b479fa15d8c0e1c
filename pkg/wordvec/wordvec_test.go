package wordvec

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func mustNew(t *testing.T, words []string, vectors [][]float32) *Vectors {
	t.Helper()
	v, err := New(words, vectors)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestNew(t *testing.T) {
	vectors := [][]float32{{1, 2}, {3, 4}}
	v := mustNew(t, []string{"a", "b"}, vectors)
	i, ok := v.Index("b")
	if v.Len() != 2 || v.Word(1) != "b" || i != 1 || !ok || &v.Vector(1)[0] != &vectors[1][0] {
		t.Errorf("%+v, %d, %v", v, i, ok)
	}
	if _, ok := v.Index("c"); ok {
		t.Error("a word that is not there has an index")
	}
	_, err := New([]string{"a"}, vectors)
	wantError(t, err, "1 words do not go with 2 vectors")
	_, err = New([]string{"a", "a"}, vectors)
	wantError(t, err, "words 0 and 1 are the same", `"a"`)
	_, err = New([]string{"a", "b"}, [][]float32{{1, 2}, {3}})
	wantError(t, err, "vector 1 has 1 numbers")
	_, err = New([]string{"a", "b"}, [][]float32{{1, 2}, {3, float32(math.NaN())}})
	wantError(t, err, "vector 1 holds NaN")
	_, err = New(nil, nil)
	wantError(t, err, "no vectors")
}

func TestDistance(t *testing.T) {
	v := mustNew(t, []string{"east", "far east", "north", "west", "nowhere"}, [][]float32{{1, 0}, {5, 0}, {0, 2}, {-3, 0}, {0, 0}})
	for _, c := range []struct {
		a, b string
		m    Metric
		want float64
	}{
		{"east", "far east", Cosine, 0}, {"east", "far east", Euclidean, 4},
		{"east", "north", Cosine, 1}, {"east", "north", Euclidean, math.Sqrt(5)},
		{"east", "west", Cosine, 2}, {"west", "east", Euclidean, 4},
		{"east", "east", Cosine, 0}, {"nowhere", "nowhere", Euclidean, 0}, {"nowhere", "west", Euclidean, 3},
	} {
		got, err := v.Distance(c.a, c.b, c.m)
		if err != nil || got != c.want {
			t.Errorf("%v distance of %s and %s is %v, %v, want %v", c.m, c.a, c.b, got, err, c.want)
		}
	}
	_, err := v.Distance("east", "nowhere", Cosine)
	wantError(t, err, `"nowhere" is all zeros`)
	_, err = v.Distance("south", "east", Cosine)
	wantError(t, err, `"south" is none of the 5 words`)
	_, err = v.Distance("east", "east", Metric(9))
	wantError(t, err, "Metric(9) is no metric")
}

func TestNearest(t *testing.T) {
	v := mustNew(t, []string{"a", "b", "c", "zero", "twin of c", "d"}, [][]float32{{1, 0}, {10, 1}, {1, 1}, {0, 0}, {1, 1}, {-1, 0}})
	names := func(n []Neighbour) (words []string) {
		for _, w := range n {
			words = append(words, w.Word)
			if i, _ := v.Index(w.Word); i != w.Index {
				t.Errorf("%+v has another index", w)
			}
		}
		return words
	}
	for _, c := range []struct {
		k    int
		m    Metric
		want []string
	}{
		{3, Cosine, []string{"b", "c", "twin of c"}},
		{99, Cosine, []string{"b", "c", "twin of c", "d"}},
		{99, Euclidean, []string{"c", "zero", "twin of c", "d", "b"}},
	} {
		got, err := v.Nearest("a", c.k, c.m)
		if err != nil || !reflect.DeepEqual(names(got), c.want) {
			t.Errorf("%d by %v: %v, %v, want %v", c.k, c.m, got, err, c.want)
		}
	}
	got, err := v.Nearest("a", 1, Cosine)
	if want := 1 - 10/math.Sqrt(101); err != nil || math.Abs(got[0].Distance-want) > 1e-15 {
		t.Errorf("%v, %v, want a distance of %v", got, err, want)
	}
	_, err = v.Nearest("a", 0, Cosine)
	wantError(t, err, "0 neighbours")
	_, err = v.Nearest("zero", 1, Cosine)
	wantError(t, err, `"zero" is all zeros`)
	one := mustNew(t, []string{"only"}, [][]float32{{1}})
	if got, err := one.Nearest("only", 3, Euclidean); len(got) != 0 || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}

// Nearest agrees with sorting all distances, one by one.
func TestNearestOfMany(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var words []string
	var vectors [][]float32
	for i := range 500 {
		words = append(words, string(rune('一'+i)))
		vectors = append(vectors, []float32{random.Float32() - .5, random.Float32() - .5, random.Float32() - .5})
	}
	v := mustNew(t, words, vectors)
	for _, m := range []Metric{Cosine, Euclidean} {
		want := slices.Clone(words[1:])
		distance := func(w string) float64 {
			d, err := v.Distance(words[0], w, m)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		slices.SortFunc(want, func(a, b string) int {
			if distance(a) < distance(b) {
				return -1
			}
			return 1
		})
		got, err := v.Nearest(words[0], 20, m)
		if err != nil || len(got) != 20 {
			t.Fatal(got, err)
		}
		for i, n := range got {
			if n.Word != want[i] || n.Distance != distance(n.Word) {
				t.Errorf("by %v neighbour %d is %+v, want %s", m, i, n, want[i])
			}
		}
	}
}

func TestUnknownWord(t *testing.T) {
	v := mustNew(t, []string{"pleasant", "peasant", "present", "plan", "Paris", "it"}, [][]float32{{1}, {1}, {1}, {1}, {1}, {1}})
	for word, want := range map[string][]string{
		"pleazant":   {"pleasant", "peasant"},
		"presant":    {"present", "pleasant", "peasant"},
		"PLEASANT":   {"pleasant", "peasant"},
		"paris":      {"Paris"},
		"at":         {"it"},
		"":           nil,
		"unheard of": nil,
	} {
		_, err := v.Nearest(word, 1, Cosine)
		unknown, ok := errors.AsType[*UnknownWordError](err)
		if !ok || !reflect.DeepEqual(unknown.Close, want) || unknown.Word != word || unknown.Words != 6 {
			t.Errorf("%q: %+v, want %q", word, err, want)
		}
	}
	_, err := v.Nearest("pleazant", 1, Cosine)
	wantError(t, err, `"pleazant" is none of the 6 words`, "spelt much like it: pleasant, peasant")
	_, err = v.Nearest("a\nb", 1, Cosine)
	wantError(t, err, `"a\nb" is none`)
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"", "abc", 3}, {"été", "ete", 2}, {"same", "same", 0}, {"intention", "execution", 5},
	} {
		for _, pair := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := edits([]rune(pair[0]), []rune(pair[1]), 9); got != c.want {
				t.Errorf("%q: %d, want %d", pair, got, c.want)
			}
			if got := edits([]rune(pair[0]), []rune(pair[1]), 1); (got <= 1) != (c.want <= 1) {
				t.Errorf("%q with a limit of 1: %d", pair, got)
			}
		}
	}
}
