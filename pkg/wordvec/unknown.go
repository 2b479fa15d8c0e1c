package wordvec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// UnknownWordError says that a word has no vector.
type UnknownWordError struct {
	Word  string
	Words int      // how many have one
	Close []string // those of nearly the same spelling, the closest first
}

func (e *UnknownWordError) Error() string {
	if len(e.Close) == 0 {
		return fmt.Sprintf("%q is none of the %d words that have a vector", e.Word, e.Words)
	}
	return fmt.Sprintf("%q is none of the %d words that have a vector; spelt much like it: %s", e.Word, e.Words, strings.Join(e.Close, ", "))
}

// unknown makes the error of a word without a vector. Close is what becomes the word, in lower
// case, by at most two letters left out, put in or changed (one, for a short word).
func (v *Vectors) unknown(word string) error {
	const most = 5
	want := []rune(strings.ToLower(word))
	limit := min(2, (len(want)+1)/3)
	type candidate struct{ edits, index int }
	var found []candidate
	for i, w := range v.words {
		if d := edits(want, []rune(strings.ToLower(w)), limit); d <= limit {
			found = append(found, candidate{d, i})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int { return cmp.Or(a.edits-b.edits, a.index-b.index) })
	e := &UnknownWordError{Word: word, Words: v.Len()}
	for _, f := range found[:min(most, len(found))] {
		e.Close = append(e.Close, v.words[f.index])
	}
	return e
}

// edits is the least number of letters to leave out, put in or change to make b of a
// (Levenshtein 1966), or some number above limit.
func edits(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1) // of the first letters of a, to each beginning of b
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal, least := row[0], i+1
		row[0] = i + 1
		for j, y := range b {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
			least = min(least, row[j+1])
		}
		if least > limit {
			return limit + 1
		}
	}
	return row[len(b)]
}
