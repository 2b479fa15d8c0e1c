package picture

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// trace is one element of a figure's "data".
type trace struct {
	m     map[string]any
	kind  string
	index int // among all traces: it chooses the colour
}

// readTraces returns the visible traces of f, all of which must be on the first pair of axes.
func readTraces(f map[string]any) ([]trace, error) {
	var out []trace
	list, _ := f["data"].([]any)
	for i, t := range list {
		m := object(t)
		if m["visible"] == false || m["visible"] == "legendonly" {
			continue
		}
		for _, key := range []string{"xaxis", "yaxis"} {
			if axis := str(m[key]); axis != "" && axis != key[:1] {
				return nil, fmt.Errorf("several pairs of axes")
			}
		}
		kind := str(m["type"])
		if kind == "" {
			kind = "scatter"
		}
		out = append(out, trace{m: m, kind: kind, index: i})
	}
	return out, nil
}

// object is v as a map, an empty one if it is none.
func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	if m == nil {
		m = map[string]any{}
	}
	return m
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

// number is v if it is a finite number or reads as one, else or.
func number(v any, or float64) float64 {
	switch v := v.(type) {
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return v
		}
	case string:
		if x, err := strconv.ParseFloat(v, 64); err == nil && !math.IsNaN(x) && !math.IsInf(x, 0) {
			return x
		}
	}
	return or
}

// list is v as a slice: JSON's, or plotly's packed form with the keys dtype and bdata.
func list(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case map[string]any:
		return unpack(str(v["dtype"]), str(v["bdata"]))
	}
	return nil
}

// unpack reads plotly's packed arrays: little-endian numbers in base64.
func unpack(dtype, data string) []any {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return nil
	}
	kind, ok := packed[dtype]
	if !ok {
		return nil
	}
	out := make([]any, len(raw)/kind.size)
	for i := range out {
		out[i] = kind.read(raw[i*kind.size:])
	}
	return out
}

type packedKind struct {
	size int
	read func(b []byte) float64
}

var packed = func() map[string]packedKind {
	le := binary.LittleEndian
	kinds := map[string]packedKind{
		"float64": {8, func(b []byte) float64 { return math.Float64frombits(le.Uint64(b)) }},
		"float32": {4, func(b []byte) float64 { return float64(math.Float32frombits(le.Uint32(b))) }},
		"int32":   {4, func(b []byte) float64 { return float64(int32(le.Uint32(b))) }},
		"uint32":  {4, func(b []byte) float64 { return float64(le.Uint32(b)) }},
		"int16":   {2, func(b []byte) float64 { return float64(int16(le.Uint16(b))) }},
		"uint16":  {2, func(b []byte) float64 { return float64(le.Uint16(b)) }},
		"int8":    {1, func(b []byte) float64 { return float64(int8(b[0])) }},
		"uint8":   {1, func(b []byte) float64 { return float64(b[0]) }},
	}
	for short, long := range map[string]string{"f8": "float64", "f4": "float32", "i4": "int32", "u4": "uint32",
		"i2": "int16", "u2": "uint16", "i1": "int8", "u1": "uint8", "u1c": "uint8", "uint8c": "uint8"} {
		kinds[short] = kinds[long]
	}
	return kinds
}()

// pick is element i of v where v is a list, and v itself where it is one value for all.
func pick(v any, i int) any {
	if l := list(v); l != nil {
		if i < len(l) {
			return l[i]
		}
		return nil
	}
	return v
}

func title(layout map[string]any) string { return titleText(layout["title"]) }

func subtitle(layout map[string]any) string {
	return PlainText(str(object(object(layout["title"])["subtitle"])["text"]))
}

// titleText is the text of a title, in either of plotly's forms.
func titleText(v any) string {
	if s, ok := v.(string); ok {
		return PlainText(s)
	}
	return PlainText(str(object(v)["text"]))
}

var (
	breakTag = regexp.MustCompile(`(?i)<br\s*/?>`)
	anyTag   = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
)

// PlainText is text without the subset of HTML that plotly reads in it, and without control
// characters, which an SVG must not contain.
func PlainText(s string) string {
	s = anyTag.ReplaceAllString(breakTag.ReplaceAllString(s, "\n"), "")
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(html.UnescapeString(s), "\ufffd"))
}
