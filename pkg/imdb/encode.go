package imdb

import (
	"crypto/sha256"
	"iter"

	"sparseq/pkg/text"
)

// encoded is a corpus without its texts: what the cache keeps for each choice
// of settings.
type encoded struct {
	vocabulary              *text.Vocabulary
	words                   []string // those of the training part, by falling count
	counts                  []uint32
	train, validation, test ids
	duplicates              int
}

// ids is the encoded reviews of one part.
type ids struct {
	index   []uint32 // places in the set of reviews
	offsets []int64
	ids     []int32
}

// parts are the three parts by name.
func (e *encoded) parts() iter.Seq2[string, *ids] {
	return func(yield func(string, *ids) bool) {
		_ = yield("train", &e.train) && yield("validation", &e.validation) && yield("test", &e.test)
	}
}

// encode tokenises the chosen reviews, counts the vocabulary on the training
// part, and encodes all parts with it.
func encode(train, test *reviews, c choice, size int) *encoded {
	parts := [][]uint32{c.train, c.validation, c.test}
	sets := []*reviews{train, train, test}
	var texts [][]byte
	for p, part := range parts {
		for _, i := range part {
			texts = append(texts, sets[p].text(int(i)))
		}
	}
	t := tokenise(len(texts), func(i int) []byte { return texts[i] })
	trained, rest := t.texts[:len(c.train)], t.texts[len(c.train):]
	validated, tested := rest[:len(c.validation)], rest[len(c.validation):]

	e := new(encoded)
	count := t.count(trained)
	e.words = count.Words()
	for _, w := range e.words {
		e.counts = append(e.counts, uint32(count[w]))
	}
	e.vocabulary = text.MostFrequent(count, size)
	table := e.vocabulary.Encode(t.lexicon) // [lexicon]
	e.train = encodePart(c.train, trained, table)
	e.validation = encodePart(c.validation, validated, table)
	e.test = encodePart(c.test, tested, table)
	e.duplicates = duplicates(t.texts[:len(c.train)+len(c.validation)], tested)
	return e
}

// count counts the words of the texts.
func (t tokenised) count(texts [][]uint32) text.Counts {
	n := make([]int, len(t.lexicon))
	for _, words := range texts {
		for _, w := range words {
			n[w]++
		}
	}
	counts := make(text.Counts, len(n))
	for w, k := range n {
		if k > 0 {
			counts[t.lexicon[w]] = k
		}
	}
	return counts
}

// encodePart translates lexicon ids into vocabulary ids, each text after a
// start id.
func encodePart(index []uint32, texts [][]uint32, table []int32) ids {
	n := 0
	for _, words := range texts {
		n += 1 + len(words)
	}
	p := ids{index: index, offsets: make([]int64, 1, len(texts)+1), ids: make([]int32, 0, n)}
	for _, words := range texts {
		p.ids = append(p.ids, text.Start)
		for _, w := range words {
			p.ids = append(p.ids, table[w])
		}
		p.offsets = append(p.offsets, int64(len(p.ids)))
	}
	return p
}

// duplicates is how many texts of test have the same words, in the same order,
// as one of train.
func duplicates(train, test [][]uint32) int {
	seen := make(map[[sha256.Size]byte]bool, len(train))
	for _, words := range train {
		seen[sha256.Sum256(raw(words))] = true
	}
	n := 0
	for _, words := range test {
		if seen[sha256.Sum256(raw(words))] {
			n++
		}
	}
	return n
}
