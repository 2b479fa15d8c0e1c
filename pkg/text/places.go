package text

// Place is a word and where in a text it stands.
type Place struct {
	Start, End int    // bytes of the text: text[Start:End] is the word as it was written
	Token      string // the word as Tokens gives it
}

// Places gives the words of s as [Tokens] does, and where each stands in s: what
// is known of a word can then be shown on the text as it was written. The places
// are in order and do not overlap.
func Places(s string) []Place {
	var at []int // start and end of each word
	tokens := scan(nil, &at, s)
	places := make([]Place, len(tokens))
	for i, token := range tokens {
		places[i] = Place{at[2*i], at[2*i+1], token}
	}
	return places
}
