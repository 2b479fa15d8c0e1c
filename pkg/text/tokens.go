package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokens splits a text into its words, in order and in lower case.
//
// A word is a run of letters, digits and combining marks, with single
// apostrophes inside it ("i've", "rock'n'roll"; the typographic ’ becomes ').
// HTML tags are dropped and separate words, as does everything else: spaces,
// punctuation, bytes that are not UTF-8. A '<' that opens no tag ("a < b",
// "<3") is punctuation.
//
// It is defined for any bytes, its words are valid UTF-8, and it is idempotent:
// the words joined by spaces give the same words.
func Tokens(s string) []string { return AppendTokens(nil, s) }

// AppendTokens appends the words of s to dst, as [Tokens] splits them, and
// returns the extended slice: one allocation a text where many are read.
func AppendTokens(dst []string, s string) []string { return scan(dst, nil, s) }

// scan appends the words of s to dst, and unless at is nil where each begins and
// ends in s to *at.
func scan(dst []string, at *[]int, s string) []string {
	var words strings.Builder // the words without separators; all tokens share it
	words.Grow(len(s))
	start := 0          // where the open word begins in words
	from, to := 0, 0    // where it begins in s, and where its last letter ends
	apostrophe := false // one was read inside the open word: kept if a letter follows
	for i := 0; i < len(s); {
		c, size := s[i], 1
		kind := kinds[c]
		r := rune(c)
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
			kind = kindOf(r)
		}
		open := words.Len() > start
		switch {
		case kind == letter, kind == mark && open && !apostrophe:
			if !open {
				from = i
			}
			if apostrophe {
				words.WriteByte('\'')
				apostrophe = false
			}
			if c < utf8.RuneSelf {
				words.WriteByte(lower[c])
			} else {
				words.WriteRune(unicode.ToLower(r))
			}
			i += size
			to = i
			continue
		case kind == quote && open && !apostrophe:
			apostrophe = true
			i += size
			continue
		case kind == angle:
			size = max(size, tagLen(s[i:]))
		}
		i += size
		apostrophe = false
		if open {
			// What a Builder returned stays as it is while it grows.
			dst = append(dst, words.String()[start:])
			start = words.Len()
			if at != nil {
				*at = append(*at, from, to)
			}
		}
	}
	if words.Len() > start {
		dst = append(dst, words.String()[start:])
		if at != nil {
			*at = append(*at, from, to)
		}
	}
	return dst
}

// The kinds of character that Tokens tells apart.
const (
	separator = iota
	letter    // a letter or digit
	mark      // a combining mark: part of the letter before it
	quote     // an apostrophe
	angle     // '<', which may open a tag
)

// kinds and lower are kindOf and unicode.ToLower of the ASCII characters: the
// texts are nearly all ASCII, and a table is faster than a function.
var kinds, lower = func() (kinds, lower [256]byte) {
	for c := range utf8.RuneSelf {
		kinds[c] = kindOf(rune(c))
		lower[c] = byte(unicode.ToLower(rune(c)))
	}
	return kinds, lower
}()

func kindOf(r rune) byte {
	switch {
	case r == '\'' || r == '’':
		return quote
	case r == '<':
		return angle
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return letter
	case unicode.IsMark(r):
		return mark
	}
	return separator
}

// tagLen is the length of the HTML tag or comment that s begins with, 0 if it
// begins with none: "<br />", "</i>", "<!-- ... -->".
func tagLen(s string) int {
	rest := strings.TrimPrefix(s[1:], "/")
	if rest == "" || !(rest[0] == '!' || rest[0] < utf8.RuneSelf && unicode.IsLetter(rune(rest[0]))) {
		return 0
	}
	// A tag ends at the next '>'; a '<' before it means that this one is none.
	end := strings.IndexAny(s[1:], "<>")
	if end < 0 || s[1+end] != '>' {
		return 0
	}
	return 1 + end + 1
}
