package show

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// wellFormed reads what HTML and XML have in common, and returns the elements and the text.
func wellFormed(t *testing.T, html string) (elements []string, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(html))
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if err == io.EOF {
			return elements, text
		}
		if err != nil {
			t.Fatalf("%v in %q", err, html)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements = append(elements, token.Name.Local)
		case xml.CharData:
			text += string(token)
		}
	}
}

// FuzzEscape holds that no text becomes an element or an attribute.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"<script>alert(1)</script>", `" onmouseover="x`, "</span></td>", "&lt;", "a'b", "<!--", "]]>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		// XML does not know all characters; that HTML does is not what is tested here.
		s = strings.Map(func(r rune) rune {
			if r < ' ' || r == '\ufffd' || r == '\ufffe' || r == '\uffff' {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, ""))
		elements, text := wellFormed(t, spansHTML([]Span{{Text: s, Weight: 1, Note: s}}))
		if strings.Join(elements, " ") != "span" || text != s {
			t.Errorf("elements %v, text %q of %q", elements, text, s)
		}
		elements, text = wellFormed(t, tableHTML(s, []string{s}, [][]string{{s}}))
		want := "table caption thead tr th tbody tr td"
		if s == "" {
			want = "table thead tr th tbody tr td"
		}
		if strings.Join(elements, " ") != want || text != s+s+s {
			t.Errorf("elements %v, text %q of %q", elements, text, s)
		}
		p := &progress{title: s, line: s}
		if elements, _ = wellFormed(t, strings.ReplaceAll(p.html(0), "<br>", "")); strings.Join(elements, " ") != "div b progress" {
			t.Errorf("elements %v of %q", elements, s)
		}
	})
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"good\x00bad":       "good\ufffdbad",
		"a\tb\nc":           "a\tb\nc",
		"\x1b[31m<b>\u0085": "\ufffd[31m&lt;b&gt;\ufffd",
		"broken \xff":       "broken \ufffd",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
}
