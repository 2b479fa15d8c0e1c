package lesson

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// longest is how many bytes of a value a message quotes.
const longest = 60

// differ is the message for two values that are not the same.
func differ(path string, got, want reflect.Value) string {
	return at(path) + fmt.Sprintf("got %s, want %s", brief(got), brief(want))
}

// at introduces a message about the value at path.
func at(path string) string {
	if path == "" {
		return ""
	}
	return "at " + path + ": "
}

// brief writes a value in a few words. It does not follow what a list or a struct holds far down:
// that may be large, or contain itself.
func brief(v reflect.Value) string { return cut(write(v, 3)) }

func write(v reflect.Value, depth int) string {
	v = behind(v)
	switch {
	case !v.IsValid():
		return "nothing (nil)"
	case v.Kind() == reflect.String:
		return quote(v.String())
	case v.Kind() == reflect.Float32:
		return strconv.FormatFloat(v.Float(), 'g', -1, 32)
	case v.Kind() == reflect.Map:
		return fmt.Sprintf("a map of %s", values(v.Len()))
	case v.Kind() == reflect.Struct:
		return "a " + v.Type().String()
	case sequence(v):
		if depth == 0 {
			return "[…]"
		}
		var parts []string
		for i := range min(v.Len(), 6) {
			parts = append(parts, write(v.Index(i), depth-1))
		}
		if v.Len() > 6 {
			parts = append(parts, fmt.Sprintf("… %d in all", v.Len()))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case v.Kind() == reflect.Func || v.Kind() == reflect.Chan || v.Kind() == reflect.UnsafePointer:
		return "a " + v.Type().String()
	}
	return fmt.Sprint(v)
}

func quote(s string) string { return strconv.Quote(cut(s)) }

// cut shortens s to the longest beginning, at a rune's edge.
func cut(s string) string {
	if len(s) <= longest {
		return s
	}
	end := longest
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
