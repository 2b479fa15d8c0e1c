package imdb

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"sparseq/pkg/text"
)

// tokenised is texts as ids of a lexicon: all words that occur in them, in no
// particular order.
type tokenised struct {
	lexicon []string
	texts   [][]uint32
}

// lexicon numbers the words that it meets.
type lexicon struct {
	ids   map[string]uint32
	words []string
}

func (l *lexicon) id(word string) uint32 {
	id, ok := l.ids[word]
	if !ok {
		word = strings.Clone(word) // not the whole text that it is a part of
		id = uint32(len(l.words))
		l.ids[word] = id
		l.words = append(l.words, word)
	}
	return id
}

// tokenise splits n texts into words on all cores. Each core numbers the words
// that it meets; the numbers become one lexicon's in the end.
func tokenise(n int, at func(i int) []byte) tokenised {
	t := tokenised{texts: make([][]uint32, n)}
	all := lexicon{ids: map[string]uint32{}}
	var merging sync.Mutex
	var next atomic.Int64
	const batch = 256
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			own := lexicon{ids: map[string]uint32{}}
			var mine [][]uint32 // the texts of this worker
			var words []string
			for {
				start := int(next.Add(batch)) - batch
				if start >= n {
					break
				}
				for i := start; i < min(start+batch, n); i++ {
					words = text.AppendTokens(words[:0], string(at(i)))
					ids := make([]uint32, len(words))
					for j, w := range words {
						ids[j] = own.id(w)
					}
					t.texts[i] = ids
					mine = append(mine, ids)
				}
			}
			merging.Lock()
			shared := make([]uint32, len(own.words))
			for i, w := range own.words {
				shared[i] = all.id(w)
			}
			merging.Unlock()
			for _, ids := range mine {
				for j, id := range ids {
					ids[j] = shared[id]
				}
			}
		})
	}
	workers.Wait()
	t.lexicon = all.words
	return t
}
