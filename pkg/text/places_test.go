package text_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sparseq/pkg/text"
)

func ExamplePlaces() {
	review := "It’s <b>not</b> BAD."
	for _, p := range text.Places(review) {
		fmt.Printf("%2d %-7s %s\n", p.Start, review[p.Start:p.End], p.Token)
	}
	// Output:
	//  0 It’s    it's
	// 10 not     not
	// 18 BAD     bad
}

func TestPlaces(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		" \x00\xff<br />":      "",
		"a":                    "a=a",
		"the dogs' o' x":       "the=the dogs=dogs o=o x=x",
		"'Tis rock'n'roll''!":  "Tis=tis rock'n'roll=rock'n'roll",
		"<i>É</i>a\xff\u0301b": "É=é a=a b=b",
		"Ame\u0301lie, Ⱥ":      "Ame\u0301lie=ame\u0301lie Ⱥ=ⱥ",
	} {
		var got []string
		for _, p := range text.Places(in) {
			got = append(got, in[p.Start:p.End]+"="+p.Token)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzPlaces(f *testing.F) {
	for _, s := range []string{"", "I've seen it.", "<br />x", "a < b", "'''a'b''", "İI\u0307Ⱥ\u0345", "\xff\xfe’’a’", "<<<>>><!", "x\x00y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		places := text.Places(s)
		var tokens []string
		end := 0
		for _, p := range places {
			if p.Start < end || p.End <= p.Start || p.End > len(s) {
				t.Fatalf("Places(%q): %d to %d after %d", s, p.Start, p.End, end)
			}
			end = p.End
			tokens = append(tokens, p.Token)
			// The piece alone is that one word: nothing is missing and nothing is too much.
			if alone := text.Tokens(s[p.Start:p.End]); len(alone) != 1 || alone[0] != p.Token {
				t.Fatalf("Places(%q): %q stands at %q", s, p.Token, s[p.Start:p.End])
			}
		}
		if want := text.Tokens(s); !reflect.DeepEqual(tokens, want) {
			t.Fatalf("Places(%q) has %q, Tokens %q", s, tokens, want)
		}
	})
}
