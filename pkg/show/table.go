package show

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Table shows rows under a header. A column in which every cell is a number, a percentage or
// empty is aligned to the right. Each row has as many cells as the header.
func Table(header []string, rows [][]string) { CaptionTable("", header, rows) }

// CaptionTable is [Table] with a caption above it.
func CaptionTable(caption string, header []string, rows [][]string) {
	if err := checkTable(header, rows); err != nil {
		fail("Table", err)
		return
	}
	Display(Output{HTML: tableHTML(caption, header, rows), Plain: tablePlain(caption, header, rows)})
}

func checkTable(header []string, rows [][]string) error {
	if len(header) == 0 {
		return fmt.Errorf("the table has no header: name its columns")
	}
	for i, row := range rows {
		if len(row) != len(header) {
			return fmt.Errorf("row %d has %d cells, the header has %d", i, len(row), len(header))
		}
	}
	return nil
}

// tableHTML leaves stripes and colours to the page, whose theme may be light or dark.
func tableHTML(caption string, header []string, rows [][]string) string {
	var b strings.Builder
	b.WriteString("<table>")
	if caption != "" {
		fmt.Fprintf(&b, "<caption>%s</caption>", escape(caption))
	}
	right := numericColumns(header, rows)
	cell := func(tag, attributes string, column int, text string) {
		align := "left"
		if right[column] {
			align = "right"
		}
		fmt.Fprintf(&b, `<%s%s style="text-align: %s;">%s</%s>`, tag, attributes, align, escape(text), tag)
	}
	b.WriteString("<thead><tr>")
	for i, text := range header {
		cell("th", ` scope="col"`, i, text)
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range rows {
		b.WriteString("<tr>")
		for i, text := range row {
			cell("td", "", i, text)
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

func tablePlain(caption string, header []string, rows [][]string) string {
	lines := append([][]string{header}, rows...)
	widths := make([]int, len(header))
	for l, row := range lines {
		lines[l] = make([]string, len(row))
		for i, text := range row {
			lines[l][i] = strings.Join(strings.Fields(text), " ") // a cell is one line
			widths[i] = max(widths[i], utf8.RuneCountInString(lines[l][i]))
		}
	}
	right := numericColumns(header, rows)
	var b strings.Builder
	if caption != "" {
		b.WriteString(caption + "\n")
	}
	for _, row := range lines {
		var line strings.Builder
		for i, text := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text))
			if right[i] {
				line.WriteString(space + text)
			} else {
				line.WriteString(text + space)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// numericColumns says which columns hold nothing but numbers.
func numericColumns(header []string, rows [][]string) []bool {
	numeric := make([]bool, len(header))
	for i := range numeric {
		for _, row := range rows {
			if row[i] == "" {
				continue
			}
			if numeric[i] = isNumber(row[i]); !numeric[i] {
				break
			}
		}
	}
	return numeric
}

// isNumber says whether s reads as a number, perhaps with a sign, commas or a unit: 1,234 −.5 87 % 3 s.
func isNumber(s string) bool {
	s = strings.TrimLeft(s, "+-−±≈<>≤≥ ")
	if s == "" || (s[0] < '0' || s[0] > '9') && s[0] != '.' {
		return false
	}
	letters := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("0123456789.,%+-−–±·() ", r):
			letters = 0
		default:
			if letters++; letters > 2 { // units and exponents are short: s, ms, MB, e
				return false
			}
		}
	}
	return true
}
