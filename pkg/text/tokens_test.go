package text

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestTokens(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"course", "I've never seen a movie like this before.", "i've never seen a movie like this before"},
		{"empty", "", ""},
		{"spaces", " \t\n\u00a0\u2003", ""},
		{"punctuation", "Good?! (really) well-made; 3.5/10...", "good really well made 3 5 10"},
		{"apostrophes", "'Tis the dogs' rock'n'roll 'don''t' o'", "tis the dogs rock'n'roll don t o"},
		{"typographic apostrophe", "I’ve ‘seen’ it", "i've seen it"},
		{"tags", "A film.<br /><br />Great<i>est</i></p>ever<!-- no -->!", "a film great est ever"},
		{"script", "<script>alert('x')</script>fine", "alert x fine"},
		{"no tag", "a < b, I <3 it, x<y, 2<br", "a b i 3 it x y 2 br"},
		{"open tag before a tag", "<b <i>bold", "b bold"},
		{"ends in an angle", "so <", "so"},
		{"ends in a slash", "so </", "so"},
		{"accents", "Amélie CAFÉ Ünïcode ÉCOLE", "amélie café ünïcode école"},
		{"combining mark", "Ame\u0301lie \u0301x'\u0301y", "ame\u0301lie x y"},
		{"longer in lower case", "ȺȺȺȺ Ⱥ", "ⱥⱥⱥⱥ ⱥ"},
		{"other scripts", "Привет, МИР! 七人の侍", "привет мир 七人の侍"},
		{"invalid", "ab\xffcd \xc3\xa9t\xe9 \x96", "ab cd ét"},
		{"replacement character", "a\ufffdb", "a b"},
		{"null", "a\x00b", "a b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, want := Tokens(test.in), strings.Fields(test.want); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Errorf("Tokens(%q) = %q, want %q", test.in, got, want)
			}
		})
	}
}

func TestAppendTokens(t *testing.T) {
	got := AppendTokens([]string{"one"}, "Two, three")
	if want := []string{"one", "two", "three"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "I've seen it.", "<br />x", "a < b", "'''a'b''", "İI\u0307Ⱥ\u0345", "\xff\xfe’’", "<<<>>><!", "ǅ ﬀ ẞ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tokens := Tokens(s)
		for _, w := range tokens {
			if w == "" || !utf8.ValidString(w) {
				t.Fatalf("Tokens(%q): bad word %q", s, w)
			}
			if strings.Map(unicode.ToLower, w) != w {
				t.Fatalf("Tokens(%q): %q is not in lower case", s, w)
			}
			if strings.ContainsAny(w, "<>&\"\n ") {
				t.Fatalf("Tokens(%q): %q contains a separator", s, w)
			}
		}
		again := Tokens(strings.Join(tokens, " "))
		if len(again)+len(tokens) > 0 && !reflect.DeepEqual(again, tokens) {
			t.Fatalf("Tokens(%q) = %q, but its join gives %q", s, tokens, again)
		}
	})
}

// BenchmarkTokens reads a review-like text of 1.3 kB.
func BenchmarkTokens(b *testing.B) {
	s := strings.Repeat("I've never seen a movie like this before. The plot, as it is, moves!<br /><br />", 16)
	b.SetBytes(int64(len(s)))
	var dst []string
	for b.Loop() {
		dst = AppendTokens(dst[:0], s)
	}
}
