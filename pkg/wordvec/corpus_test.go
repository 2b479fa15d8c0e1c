package wordvec

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// readLines is a corpus of lines, with spaces between the words.
func readLines(t *testing.T, lines []string, minCount int) *Corpus {
	t.Helper()
	c, err := ReadCorpus(len(lines), func(i int, dst []string) []string { return append(dst, strings.Fields(lines[i])...) }, minCount)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReadCorpus(t *testing.T) {
	c := readLines(t, []string{"b a b", "", "rare b a c", "c"}, 2)
	if !reflect.DeepEqual(c.Words, []string{"b", "a", "c"}) || !reflect.DeepEqual(c.Counts, []int{3, 2, 2}) || c.Tokens() != 7 {
		t.Errorf("%+v", c)
	}
	want := [][]int32{{0, 1, 0}, {}, {0, 1, 2}, {2}}
	if c.Texts.Len() != len(want) {
		t.Fatalf("%d texts", c.Texts.Len())
	}
	for i, ids := range want {
		if got := c.Texts.IDs(i); fmt.Sprint(got) != fmt.Sprint(ids) {
			t.Errorf("text %d is %v, want %v", i, got, ids)
		}
	}
	_, err := ReadCorpus(2, func(i int, dst []string) []string { return append(dst, "once", fmt.Sprint(i)) }, 3)
	wantError(t, err, "no word of the 2 texts occurs 3 times")
	_, err = ReadCorpus(0, nil, 1)
	wantError(t, err, "corpus of 0 texts")
}

// Texts of many parts, read by several workers, keep their order and their words.
func TestReadCorpusParts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	lines := make([]string, 5*textsPerPart+7)
	counts := map[string]int{}
	for i := range lines {
		var words []string
		for range random.IntN(9) {
			w := fmt.Sprintf("w%d", random.IntN(random.IntN(300)+1))
			counts[w]++
			words = append(words, w)
		}
		lines[i] = strings.Join(words, " ")
	}
	c := readLines(t, lines, 1)
	if len(c.Words) != len(counts) {
		t.Errorf("%d words, want %d", len(c.Words), len(counts))
	}
	for id, w := range c.Words {
		if c.Counts[id] != counts[w] || id > 0 && c.Counts[id] > c.Counts[id-1] {
			t.Errorf("word %d, %s, is counted %d times, want %d", id, w, c.Counts[id], counts[w])
		}
	}
	for i, line := range lines {
		var words []string
		for _, id := range c.Texts.IDs(i) {
			words = append(words, c.Words[id])
		}
		if strings.Join(words, " ") != line {
			t.Fatalf("text %d is %q, want %q", i, words, line)
		}
	}
}
