package text_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sparseq/pkg/text"
)

// The toy sentence, as numbers of its sorted dictionary.
func Example() {
	sentence := "I've never seen a movie like this before."
	dictionary := text.Sorted(text.Tokens(sentence + " This movie is fantastic!"))
	v, err := text.NewVocabulary(dictionary)
	if err != nil {
		fmt.Println(err)
		return
	}
	ids := v.Encode(text.Tokens(sentence))
	fmt.Println(v.Words())
	fmt.Println(ids)
	fmt.Println(text.MultiHot(ids, v.Len()))
	fmt.Println(strings.Join(v.Decode(ids), " "))
	// Output:
	// [a before fantastic i've is like movie never seen this]
	// [3 7 8 0 6 5 9 1]
	// [1 1 0 1 0 1 1 1 1 1]
	// i've never seen a movie like this before
}

func ExampleMostFrequent() {
	counts := text.Counts{}
	counts.Add(text.Tokens("the film, the music and the end"))
	counts.Add(text.Tokens("The end."))
	v := text.MostFrequent(counts, 7)
	fmt.Println(v.Words())
	fmt.Println(v.Encode(text.Tokens("The music of the end")))
	// Output:
	// [<pad> <start> <unknown> <undefined> the end and]
	// [4 2 2 4 5]
}

func ExampleOneHot() {
	for _, row := range text.OneHot([]int32{2, 0, 2}, 3) {
		fmt.Println(row)
	}
	// Output:
	// [0 0 1]
	// [1 0 0]
	// [0 0 1]
}

func TestVocabulary(t *testing.T) {
	v, err := text.NewVocabulary([]string{"one", "two"})
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Encode([]string{"two", "three", "one"}); !reflect.DeepEqual(got, []int32{1, 0}) {
		t.Errorf("without special ids, unknown words stay: %v", got)
	}
	if got := v.Decode([]int32{-1, 0, 2}); !reflect.DeepEqual(got, []string{"<unknown>", "one", "<unknown>"}) {
		t.Errorf("decoded %q", got)
	}
	if id, ok := v.ID("two"); id != 1 || !ok {
		t.Errorf("two has id %d, %t", id, ok)
	}
	if _, ok := v.ID("three"); ok {
		t.Error("it knows three")
	}
	v.Words()[0] = "changed"
	if v.Word(0) != "one" {
		t.Error("Words gives its own slice away")
	}
	for _, words := range [][]string{{"a", ""}, {"a", "b", "a"}} {
		if _, err := text.NewVocabulary(words); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("NewVocabulary(%q): %v", words, err)
		}
	}
	empty, err := text.NewVocabulary(nil)
	if err != nil || empty.Len() != 0 || len(empty.Encode([]string{"a"})) != 0 {
		t.Errorf("an empty vocabulary: %v, %v", empty, err)
	}
}

func TestMostFrequent(t *testing.T) {
	counts := text.Counts{"b": 2, "a": 2, "c": 3, "d": 1}
	for size, want := range map[int]string{4: "", 5: "c", 7: "c a b", 8: "c a b d", 100: "c a b d"} {
		v := text.MostFrequent(counts, size)
		if got := strings.Join(v.Words()[4:], " "); got != want {
			t.Errorf("size %d: %q, want %q", size, got, want)
		}
		again, err := text.NewVocabulary(v.Words())
		if err != nil {
			t.Fatal(err)
		}
		if got := again.Encode([]string{"c", "zzz"}); got[len(got)-1] != text.Unknown {
			t.Errorf("size %d: the list has lost its special ids: %v", size, got)
		}
	}
	wantPanic(t, "no room", func() { text.MostFrequent(counts, 3) })
}

func TestMultiHotIsTheOrOfOneHot(t *testing.T) {
	ids := []int32{3, 7, 8, 0, 3, 5, 9, 1}
	const size = 12
	or := make([]float64, size)
	for _, row := range text.OneHot(ids, size) {
		for i, x := range row {
			or[i] = max(or[i], x)
		}
	}
	if got := text.MultiHot(ids, size); !reflect.DeepEqual(got, or) {
		t.Errorf("got %v, want %v", got, or)
	}
	packed := []uint8{0xff, 0xff}
	if text.PackedLen(size) != len(packed) || text.PackedLen(16) != 2 || text.PackedLen(17) != 3 || text.PackedLen(0) != 0 {
		t.Error("PackedLen is wrong")
	}
	text.PackedMultiHot(packed, ids)
	for i := range 16 {
		bit := float64(packed[i/8] >> (i % 8) & 1)
		if i < size && bit != or[i] || i >= size && bit != 0 {
			t.Errorf("bit %d is %g", i, bit)
		}
	}
	for _, id := range []int32{-1, size} {
		wantPanic(t, "outside", func() { text.MultiHot([]int32{id}, size) })
		wantPanic(t, "outside", func() { text.OneHot([]int32{id}, size) })
	}
	wantPanic(t, "outside", func() { text.PackedMultiHot(packed, []int32{16}) })
	wantPanic(t, "outside", func() { text.PackedMultiHot(packed, []int32{-1}) })
}

func wantPanic(t *testing.T, word string, f func()) {
	t.Helper()
	defer func() {
		if s := fmt.Sprint(recover()); !strings.Contains(s, word) {
			t.Errorf("the panic says %q, want %q", s, word)
		}
	}()
	f()
}

func TestPad(t *testing.T) {
	tests := []struct {
		ids         []int32
		size        int
		left, right []int32
	}{
		{[]int32{5, 6}, 4, []int32{0, 0, 5, 6}, []int32{5, 6, 0, 0}},
		{[]int32{5, 6, 7}, 2, []int32{6, 7}, []int32{6, 7}},
		{[]int32{5, 6}, 2, []int32{5, 6}, []int32{5, 6}},
		{nil, 2, []int32{0, 0}, []int32{0, 0}},
		{[]int32{5}, 0, []int32{}, []int32{}},
	}
	for _, test := range tests {
		for name, c := range map[string]struct {
			pad  func(dst, ids []int32)
			want []int32
		}{"left": {text.PadLeft, test.left}, "right": {text.PadRight, test.right}} {
			dst := make([]int32, test.size)
			for i := range dst {
				dst[i] = 9
			}
			c.pad(dst, test.ids)
			if !reflect.DeepEqual(dst, c.want) {
				t.Errorf("%s: %v in %d gives %v, want %v", name, test.ids, test.size, dst, c.want)
			}
		}
	}
}
