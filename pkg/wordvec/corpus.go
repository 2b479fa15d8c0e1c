package wordvec

import (
	"errors"
	"fmt"
)

// Corpus is what word vectors are learned from: words, how often each occurs, and texts of them.
type Corpus struct {
	Words  []string // the word of each id
	Counts []int    // [id], how often it occurs in Texts, at least once
	Texts  Texts
}

// Texts are texts as the ids of their words. They are read as a stream, from the first to the
// last, once an epoch and by several readers at once; nothing but the text being read need be in
// memory.
type Texts interface {
	Len() int          // the number of texts
	IDs(i int) []int32 // the ids of the words of text i, [time]; negative ones are passed over
}

// Tokens is how many running words the texts have, those that are passed over not counted.
func (c *Corpus) Tokens() int {
	sum := 0
	for _, n := range c.Counts {
		sum += n
	}
	return sum
}

// check says what keeps vectors from being learned.
func (c *Corpus) check() error {
	switch {
	case c == nil || c.Texts == nil || c.Texts.Len() == 0:
		return errors.New("the corpus has no texts: there is nothing to learn from")
	case len(c.Words) != len(c.Counts):
		return fmt.Errorf("the corpus has %d words and %d counts: there must be one of each word", len(c.Words), len(c.Counts))
	case len(c.Words) < 2:
		return fmt.Errorf("the corpus knows %d different words: learning needs 2 or more, so take more text or a smaller least count", len(c.Words))
	}
	for id, n := range c.Counts {
		if n < 1 {
			return fmt.Errorf("the corpus counts %q %d times: leave out words that do not occur", c.Words[id], n)
		}
	}
	return nil
}

// heldTexts are texts in memory, 4 bytes a word.
type heldTexts struct {
	ids     []int32
	offsets []int // where each text begins in ids, and the end
}

func (h *heldTexts) Len() int          { return len(h.offsets) - 1 }
func (h *heldTexts) IDs(i int) []int32 { return h.ids[h.offsets[i]:h.offsets[i+1]] }
