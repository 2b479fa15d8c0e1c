package show

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	out := capture(t, func() {
		CaptionTable("Words & counts", []string{"word", "count", "share"}, [][]string{
			{"<b>the</b>", "336,179", "5.1 %"}, {"2001 odyssey\n", "-12", ""}, {"é", "1.5e-3 s", "±.4"}})
	})
	for _, want := range []string{
		"<caption>Words &amp; counts</caption>", `<th scope="col" style="text-align: right;">count</th>`,
		`<td style="text-align: left;">&lt;b&gt;the&lt;/b&gt;</td>`, `<td style="text-align: right;">5.1 %</td>`,
	} {
		if !strings.Contains(out[0].HTML, want) {
			t.Errorf("no %s in %s", want, out[0].HTML)
		}
	}
	want := `Words & counts
word             count  share
<b>the</b>     336,179  5.1 %
2001 odyssey       -12
é             1.5e-3 s     ±.4
`
	want = strings.ReplaceAll(want, "     ±.4", "    ±.4")
	if out[0].Plain != want {
		t.Errorf("plain:\n%swant\n%s", out[0].Plain, want)
	}
	out = capture(t, func() { Table([]string{"a"}, nil) })
	if !strings.Contains(out[0].HTML, "<tbody></tbody>") {
		t.Errorf("empty table: %s", out[0].HTML)
	}
}
