package text_test

import (
	"fmt"
	"reflect"
	"testing"

	"sparseq/pkg/text"
)

// The pairs "not good" and "good not" are two things.
func ExampleBigrams() {
	const not, good = 24, 52 // ids of a vocabulary of 10,000
	fmt.Println(text.Bigrams([]int32{text.Start, not, good, not, good, text.Pad}, 10_000, 50_000))
	// Output:
	// [52223 53025 52863 53025 0]
}

// The ids that a few lines of Python gave, with integers of any size: a change of the hash
// would make nonsense of the models that were saved before it.
func TestBigramsGolden(t *testing.T) {
	ids := []int32{1, 4, 5, 4, 2, 9999, 0, 0, 7}
	for _, test := range []struct {
		ids            []int32
		first, buckets int
		want           []int32
	}{
		{ids, 10_000, 50_000, []int32{16837, 54526, 57247, 26112, 19440, 0, 0, 0}},
		{ids, 10_000, 1 << 16, []int32{56901, 18926, 47295, 14672, 39168, 0, 0, 0}},
		{[]int32{1<<31 - 1, -1, 3}, 5, 7, []int32{8, 9}},
		{[]int32{4, 4}, 3, 1, []int32{3}},
		{[]int32{4}, 3, 1, []int32{}},
		{nil, 3, 1, []int32{}},
	} {
		if got := text.Bigrams(test.ids, test.first, test.buckets); !reflect.DeepEqual(got, test.want) {
			t.Errorf("Bigrams(%v, %d, %d) = %v, want %v", test.ids, test.first, test.buckets, got, test.want)
		}
	}
	for _, bad := range [][2]int{{3, 0}, {-1, 5}, {1 << 30, 1<<30 + 1}} {
		wantPanic(t, "no pair can have an id", func() { text.Bigrams(ids, bad[0], bad[1]) })
	}
}

// The pairs of a vocabulary fill the buckets as evenly as chance does: χ² is near the number
// of buckets, whose standard deviation is √(2·buckets).
func TestBigramsSpread(t *testing.T) {
	const first, buckets, words = 7, 1000, 500
	counts := make([]float64, buckets)
	for a := range int32(words) {
		for b := range int32(words) {
			counts[text.Bigrams([]int32{4 + a, 4 + b}, first, buckets)[0]-first]++
		}
	}
	chi2, want := 0., float64(words*words)/buckets
	for _, n := range counts {
		chi2 += (n - want) * (n - want) / want
	}
	if chi2 < 800 || chi2 > 1200 {
		t.Errorf("χ² is %g of %d buckets", chi2, buckets)
	}
}
