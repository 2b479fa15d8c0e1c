package wordvec

import (
	"errors"
	"strings"
)

// Question is an analogy whose answer is known: A is to B as C is to D.
type Question struct {
	Section    string // the kind of question
	A, B, C, D string
}

// AnalogyScore is how many questions were answered rightly.
type AnalogyScore struct {
	Section string
	Correct int // answered by D
	Used    int // all four words have a vector
	Asked   int
}

// Accuracy is the share of the used questions that were answered rightly, 0 if none was used.
func (s AnalogyScore) Accuracy() float64 {
	if s.Used == 0 {
		return 0
	}
	return float64(s.Correct) / float64(s.Used)
}

// Analogies answers the questions, each with the best word among all that have a vector, the
// question's first three left out. It gives the score of all, and one for each section in the
// order in which they come. Words are looked up in lower case. Questions with a word that has
// no vector, or one of zeros, are not used; where none can be, that is an error.
func (v *Vectors) Analogies(questions []Question, m Combination) (all AnalogyScore, sections []AnalogyScore, err error) {
	if err := m.check(); err != nil {
		return all, nil, err
	}
	at := map[string]int{} // of sections
	var usable []lookedUp
	for _, q := range questions {
		s, ok := at[q.Section]
		if !ok {
			s = len(sections)
			at[q.Section] = s
			sections = append(sections, AnalogyScore{Section: q.Section})
		}
		sections[s].Asked++
		if l, ok := v.lookUp(q, s); ok {
			sections[s].Used++
			usable = append(usable, l)
		}
	}
	if len(usable) == 0 {
		return all, nil, errors.New("no analogy can be asked: none of the questions has vectors for all its four words")
	}
	for i, answer := range v.bestAnswers(usable, m) {
		if answer == usable[i].words[3] {
			sections[usable[i].section].Correct++
		}
	}
	for _, s := range sections {
		all.Correct += s.Correct
		all.Used += s.Used
		all.Asked += s.Asked
	}
	return all, sections, nil
}

// lookedUp is a question as indices of words.
type lookedUp struct {
	words   [4]int // A, B, C and D
	section int
}

func (v *Vectors) lookUp(q Question, section int) (l lookedUp, ok bool) {
	l.section = section
	for i, word := range []string{q.A, q.B, q.C, q.D} {
		l.words[i], ok = v.index[strings.ToLower(word)]
		if !ok || v.norms[l.words[i]] == 0 {
			return l, false
		}
	}
	return l, true
}
