package lesson

import (
	"fmt"
	"reflect"
	"strconv"
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

// brief writes a value in a few words.
func brief(v reflect.Value) string {
	switch {
	case !v.IsValid():
		return "nothing (nil)"
	case v.Kind() == reflect.String:
		return quote(v.String())
	case v.Kind() == reflect.Float32:
		return strconv.FormatFloat(v.Float(), 'g', -1, 32)
	}
	return cut(fmt.Sprintf("%v", v))
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
