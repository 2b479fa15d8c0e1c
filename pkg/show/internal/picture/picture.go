package picture

// SVG draws the figure.
func SVG(f map[string]any) []byte { return nil }

// PlainText is text without plotly's HTML.
func PlainText(s string) string { return s }
