package text

import (
	"cmp"
	"fmt"
	"slices"
)

// The special ids of a vocabulary made by [MostFrequent].
const (
	Pad       = 0 // fills a text up to a fixed length
	Start     = 1 // stands before the first word
	Unknown   = 2 // a word that the vocabulary lacks
	Undefined = 3 // reserved
)

// specials are the words shown for the special ids. No text contains them:
// [Tokens] drops the angle brackets.
var specials = [...]string{Pad: "<pad>", Start: "<start>", Unknown: "<unknown>", Undefined: "<undefined>"}

// Vocabulary maps words to ids, 0 … Len()-1, and back.
type Vocabulary struct {
	words   []string
	ids     map[string]int32
	special bool // ids 0 to 3 are the special ones
}

// NewVocabulary gives each word its place in the list as its id. It adds no
// special ids; a list that begins with the four special words (as [Vocabulary.Words]
// of a [MostFrequent] vocabulary does) has them again. The error says which word
// is empty or stands twice.
func NewVocabulary(words []string) (*Vocabulary, error) {
	v := &Vocabulary{words: slices.Clone(words), ids: make(map[string]int32, len(words))}
	for i, w := range v.words {
		if w == "" {
			return nil, fmt.Errorf("text: word %d of the vocabulary is empty", i)
		}
		if first, ok := v.ids[w]; ok {
			return nil, fmt.Errorf("text: %q is in the vocabulary twice, as words %d and %d: sort out the doubles, e.g. with text.Sorted", w, first, i)
		}
		v.ids[w] = int32(i)
	}
	v.special = len(words) >= len(specials) && slices.Equal(words[:len(specials)], specials[:])
	return v, nil
}

// MostFrequent returns the vocabulary of the size ids that serve best: the four
// special ids, then the most frequent words by falling count, ties in
// alphabetical order. It has fewer ids where c has fewer words.
// It panics if size is under 4.
func MostFrequent(c Counts, size int) *Vocabulary {
	if size < len(specials) {
		panic(fmt.Sprintf("text: a vocabulary of size %d has no room for its %d special ids", size, len(specials)))
	}
	words := c.Words()
	v, err := NewVocabulary(slices.Concat(specials[:], words[:min(len(words), size-len(specials))]))
	if err != nil {
		panic(err) // only if c counts an empty or a special word, which Tokens never gives
	}
	return v
}

// Len is the number of ids, the special ones included.
func (v *Vocabulary) Len() int { return len(v.words) }

// Words lists the words in the order of their ids.
func (v *Vocabulary) Words() []string { return slices.Clone(v.words) }

// Word is the word of an id, "<unknown>" for an id outside the vocabulary.
func (v *Vocabulary) Word(id int32) string {
	if id < 0 || int(id) >= len(v.words) {
		return specials[Unknown]
	}
	return v.words[id]
}

// ID is the id of a word, and whether the vocabulary has it.
func (v *Vocabulary) ID(word string) (int32, bool) {
	id, ok := v.ids[word]
	return id, ok
}

// Encode gives the ids of the words. A word that the vocabulary lacks becomes
// [Unknown]; a vocabulary without special ids drops it.
func (v *Vocabulary) Encode(tokens []string) []int32 {
	ids := make([]int32, 0, len(tokens))
	for _, w := range tokens {
		if id, ok := v.ids[w]; ok {
			ids = append(ids, id)
		} else if v.special {
			ids = append(ids, Unknown)
		}
	}
	return ids
}

// Decode gives the words of the ids.
func (v *Vocabulary) Decode(ids []int32) []string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = v.Word(id)
	}
	return words
}

// Sorted lists the distinct tokens in alphabetical (byte) order.
func Sorted(tokens []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(tokens)))
}

// Counts says how often each word occurs.
type Counts map[string]int

// Add counts the tokens of one more text.
func (c Counts) Add(tokens []string) {
	for _, w := range tokens {
		c[w]++
	}
}

// Words lists the words by falling count, ties in alphabetical order.
func (c Counts) Words() []string {
	type entry struct {
		word  string
		count int
	}
	entries := make([]entry, 0, len(c)) // sorting them needs no look-ups
	for w, n := range c {
		entries = append(entries, entry{w, n})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word))
	})
	words := make([]string, len(entries))
	for i, e := range entries {
		words[i] = e.word
	}
	return words
}
