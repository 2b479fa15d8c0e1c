package wordeval

import (
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"sparseq/pkg/wordvec"
)

const small = header + "\r\ntiger\tcat\t7.35\r\nMaradona\tfootball\t8.62\r\nking\trook\t5.92\r\n"

var smallPairs = []wordvec.Pair{{A: "tiger", B: "cat", Human: 7.35}, {A: "Maradona", B: "football", Human: 8.62}, {A: "king", B: "rook", Human: 5.92}}

// wantError fails unless err is one line that holds all the parts.
func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %q, want %q in it", err, part)
		}
	}
	if strings.ContainsAny(err.Error(), "\n\r") {
		t.Errorf("the error is more than a line: %q", err)
	}
}

func TestParsePairs(t *testing.T) {
	for name, text := range map[string]string{
		"carriage returns":  small,
		"line feeds":        strings.ReplaceAll(small, "\r", ""),
		"no end of line":    strings.TrimSuffix(small, "\r\n"),
		"no last line feed": strings.TrimSuffix(small, "\n"),
	} {
		got, err := parsePairs(strings.NewReader(text))
		if err != nil || !reflect.DeepEqual(got, smallPairs) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestParsePairsErrors(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"empty", "", "line 1 is"},
		{"HTML", "<!DOCTYPE html>\n<html>", `line 1 is "<!DOCTYPE html>"`},
		{"columns", header + "\na\tb\n", `line 2, "a\tb": it has 2 fields instead of 3`},
		{"empty line", header + "\na\tb\t1\n\nc\td\t2\n", `line 3, "": it has 1 fields`},
		{"commas", header + "\na,b,1\n", "it has 1 fields"},
		{"no word", header + "\n\tb\t1\n", `"" is no word`},
		{"spaces", header + "\na b\tb\t1\n", `"a b" is no word`},
		{"control", header + "\na\x00\tb\t1\n", `"a\x00" is no word`},
		{"not UTF-8", header + "\na\xff\tb\t1\n", `"a\xff" is no word`},
		{"no number", header + "\na\tb\tmuch\n", `"much" is no number from 0 to 10`},
		{"NaN", header + "\na\tb\tNaN\n", `"NaN" is no number`},
		{"too large", header + "\na\tb\t10.01\n", `"10.01" is no number`},
		{"negative", header + "\na\tb\t-1\n", `"-1" is no number`},
		{"comma", header + "\na\tb\t7,35\n", `"7,35" is no number`},
		{"long", strings.Repeat("x", maxFile+1), "more than 1048576 bytes"},
		{"long line", header + "\n" + strings.Repeat("x", 1000), "it has 1 fields"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parsePairs(strings.NewReader(c.text))
			wantError(t, err, c.says)
			if len(err.Error()) > 200 {
				t.Errorf("the error has %d characters", len(err.Error()))
			}
		})
	}
	_, err := parsePairs(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(small))))
	wantError(t, err, "timeout")
}

// FuzzParsePairs: what parses is well-formed, and comes back when it is written again.
func FuzzParsePairs(f *testing.F) {
	f.Add(small)
	f.Add(strings.ReplaceAll(small, "\r", ""))
	f.Add(header + "\na\tb\t1e1\n")
	f.Add(header + "\r\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		pairs, err := parsePairs(strings.NewReader(text))
		if err != nil {
			wantError(t, err)
			return
		}
		if lines := strings.Count(strings.TrimSuffix(text, "\n"), "\n"); len(pairs) != lines {
			t.Errorf("%d pairs of %d lines", len(pairs), lines)
		}
		for _, p := range pairs {
			if p.A == "" || p.B == "" || strings.ContainsAny(p.A+p.B, "\t\r\n ") || !(p.Human >= 0 && p.Human <= 10) {
				t.Errorf("%+v", p)
			}
			if !strings.Contains(text, "\n"+p.A+"\t"+p.B+"\t") {
				t.Errorf("%+v is not in the text", p)
			}
		}
	})
}
