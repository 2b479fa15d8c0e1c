// Package text turns texts into numbers: a text into words, words into ids of
// a vocabulary, ids into one-hot, multi-hot or padded rows.
//
//	tokens := text.Tokens("I've never seen a movie like this before.")
//	v, err := text.NewVocabulary(text.Sorted(tokens))
//	ids := v.Encode(tokens)             // [time]
//	x := text.MultiHot(ids, v.Len())    // [vocabulary]
//
// It imports the standard library only.
package text
