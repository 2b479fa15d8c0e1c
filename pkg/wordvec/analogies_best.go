package wordvec

import (
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// best is the best answer to a question so far.
type best struct {
	score float32
	word  int
}

// bestAnswers gives the index of the best answer to each question, the lowest one of several
// that are as good. Thousands of questions share some hundred words: the cosines of those with
// a block of the vocabulary are computed once, and the questions read them. So a core holds
// some megabytes, whatever the size of the vocabulary.
func (v *Vectors) bestAnswers(questions []lookedUp, m Combination) []int {
	column := map[int]int{} // of the words that are asked about
	var asked [][]float32   // [column, unit], of length 1
	places := make([][3]int, len(questions))
	for i, q := range questions {
		for j, word := range q.words[:3] {
			if _, ok := column[word]; !ok {
				column[word] = len(asked)
				asked = append(asked, v.unit(word, nil))
			}
			places[i][j] = column[word]
		}
	}
	const block = 256
	blocks := (v.Len() + block - 1) / block
	var next atomic.Int64
	var workers sync.WaitGroup
	found := make([][]best, min(runtime.GOMAXPROCS(0), blocks))
	for n := range found {
		workers.Go(func() {
			found[n] = slices.Repeat([]best{{score: float32(math.Inf(-1)), word: -1}}, len(questions))
			cosines := make([][]float32, len(asked)) // [column][word of the block]
			for c := range cosines {
				cosines[c] = make([]float32, block)
			}
			for {
				first := (int(next.Add(1)) - 1) * block
				if first >= v.Len() {
					return
				}
				end := min(first+block, v.Len())
				v.cosines(cosines, asked, first, end)
				for i, q := range questions {
					p := places[i]
					found[n][i].improve(m, first, cosines[p[0]][:end-first], cosines[p[1]], cosines[p[2]], q.words[:3])
				}
			}
		})
	}
	workers.Wait()
	answers := make([]int, len(questions))
	for i := range answers {
		top := found[0][i]
		for _, f := range found[1:] {
			if f[i].score > top.score || f[i].score == top.score && f[i].word < top.word {
				top = f[i]
			}
		}
		answers[i] = top.word
	}
	return answers
}

// cosines fills dst, [column][word], with those of the words first … end-1 with all that are
// asked about. Those of a vector of zeros are NaN, which is never the best.
func (v *Vectors) cosines(dst, asked [][]float32, first, end int) {
	var unit []float32
	for word := first; word < end; word++ {
		unit = v.unit(word, unit)
		for c, a := range asked {
			dst[c][word-first] = inner(a, unit)
		}
	}
}

// improve looks for a better answer among the words from first on, by their cosines with the
// words of the question.
func (t *best) improve(m Combination, first int, a, b, c []float32, question []int) {
	b, c = b[:len(a)], c[:len(a)]
	for i, cosine := range a {
		score := m.score(cosine, b[i], c[i])
		if score > t.score && !slices.Contains(question, first+i) {
			*t = best{score, first + i}
		}
	}
}

// unit is the vector of a word scaled to length 1, in dst if that has room.
func (v *Vectors) unit(word int, dst []float32) []float32 {
	dst = dst[:0]
	for _, x := range v.vectors[word] {
		dst = append(dst, float32(float64(x)/v.norms[word]))
	}
	return dst
}
