package show

import (
	"strings"
)

// Note shows lines of text, one below the other, as they are.
func Note(lines ...string) {
	text := strings.Join(lines, "\n")
	Display(Output{HTML: `<div style="white-space: pre-wrap;">` + escape(text) + `</div>`, Plain: text})
}

// Markdown shows text written in Markdown, formulas included. It is for what an author writes;
// text that comes from data belongs in [Note], [Table] or [Text], which escape it.
func Markdown(text string) {
	Display(Output{Plain: text, Data: map[string]any{"text/markdown": text}})
}
