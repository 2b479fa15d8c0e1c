package wordvec

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"sparseq/pkg/text"
)

// ReadCorpus makes a corpus of n texts. tokens appends the words of text i to dst and returns
// the extended slice; it is called once for each text, by several goroutines at once. Words
// that occur fewer than minCount times are left out of the vocabulary and of the texts. Ids are
// in the order of falling counts, ties in alphabetical order.
//
// The corpus holds 4 bytes a word, and neither the texts nor their tokens.
func ReadCorpus(n int, tokens func(i int, dst []string) []string, minCount int) (*Corpus, error) {
	if n < 1 {
		return nil, fmt.Errorf("a corpus of %d texts cannot be read: it needs 1 or more", n)
	}
	parts := make([]corpusPart, (n+textsPerPart-1)/textsPerPart)
	all := newLexicon()
	var merging sync.Mutex
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		workers.Go(func() {
			own := newLexicon()
			var mine []int // the parts that this worker read
			var words []string
			for {
				p := int(next.Add(1)) - 1
				if p >= len(parts) {
					break
				}
				first := p * textsPerPart
				words = parts[p].read(own, first, min(first+textsPerPart, n), tokens, words)
				mine = append(mine, p)
			}
			merging.Lock()
			shared := all.merge(own)
			merging.Unlock()
			for _, p := range mine {
				parts[p].renumber(shared)
			}
		})
	}
	workers.Wait()

	words, counts, ids := all.frequent(minCount)
	if len(words) == 0 {
		return nil, fmt.Errorf("no word of the %d texts occurs %d times or more: take more text, or a smaller least count", n, minCount)
	}
	held := &heldTexts{offsets: make([]int, 1, n+1)}
	total := 0
	for _, count := range counts {
		total += count
	}
	held.ids = make([]int32, 0, total)
	for p := range parts {
		at := 0
		for _, end := range parts[p].ends {
			for _, id := range parts[p].ids[at:end] {
				if ids[id] >= 0 {
					held.ids = append(held.ids, ids[id])
				}
			}
			at = end
			held.offsets = append(held.offsets, len(held.ids))
		}
		parts[p] = corpusPart{} // its memory can go
	}
	return &Corpus{Words: words, Counts: counts, Texts: held}, nil
}

const textsPerPart = 256

// corpusPart is some texts that follow each other, as ids of a lexicon.
type corpusPart struct {
	ids  []int32
	ends []int // where each text ends in ids
}

// read takes in the texts first … end-1. It returns words, for the next call.
func (p *corpusPart) read(l *lexicon, first, end int, tokens func(int, []string) []string, words []string) []string {
	for i := first; i < end; i++ {
		words = tokens(i, words[:0])
		for _, w := range words {
			id := l.id(w)
			l.counts[id]++
			p.ids = append(p.ids, id)
		}
		p.ends = append(p.ends, len(p.ids))
	}
	return words
}

func (p *corpusPart) renumber(ids []int32) {
	for i, id := range p.ids {
		p.ids[i] = ids[id]
	}
}

// lexicon numbers the words that it meets, and counts them.
type lexicon struct {
	ids    map[string]int32
	words  []string
	counts []int
}

func newLexicon() *lexicon { return &lexicon{ids: map[string]int32{}} }

func (l *lexicon) id(word string) int32 {
	id, ok := l.ids[word]
	if !ok {
		word = strings.Clone(word) // not the whole text that it is a part of
		id = int32(len(l.words))
		l.ids[word] = id
		l.words = append(l.words, word)
		l.counts = append(l.counts, 0)
	}
	return id
}

// merge takes in another lexicon, and gives the id here of each id there.
func (l *lexicon) merge(other *lexicon) []int32 {
	ids := make([]int32, len(other.words))
	for i, w := range other.words {
		ids[i] = l.id(w)
		l.counts[ids[i]] += other.counts[i]
	}
	return ids
}

// frequent are the words that occur at least minCount times, by falling count, their counts,
// and the place of each of the lexicon's ids among them, -1 for a rarer word.
func (l *lexicon) frequent(minCount int) (words []string, counts []int, ids []int32) {
	kept := text.Counts{}
	for i, w := range l.words {
		if l.counts[i] >= minCount {
			kept[w] = l.counts[i]
		}
	}
	words = kept.Words()
	ids = make([]int32, len(l.words))
	for i := range ids {
		ids[i] = -1
	}
	for i, w := range words {
		counts = append(counts, kept[w])
		ids[l.ids[w]] = int32(i)
	}
	return words, counts, ids
}
