package lesson

import (
	"cmp"
	"fmt"
	"math/cmplx"
	"reflect"
	"slices"
	"unicode/utf8"
)

// maxDepth ends the comparison of values that contain themselves.
const maxDepth = 100

// difference says in one line where got first differs from want, or "" if it does not.
func difference(got, want any) string {
	return compare("", reflect.ValueOf(got), reflect.ValueOf(want), 0)
}

// compare is difference for the values at a path such as [2].Name.
func compare(path string, got, want reflect.Value, depth int) string {
	got, want = behind(got), behind(want)
	if depth > maxDepth || !got.IsValid() && !want.IsValid() {
		return ""
	}
	if !got.IsValid() || !want.IsValid() {
		if list(got) && got.Len() == 0 || list(want) && want.Len() == 0 {
			return "" // an empty list is as good as none
		}
		return differ(path, got, want)
	}
	if number(got) && number(want) {
		if !sameNumber(got, want) {
			return differ(path, got, want)
		}
		return ""
	}
	switch {
	case got.Kind() == reflect.String && want.Kind() == reflect.String:
		return compareStrings(path, got.String(), want.String())
	case sequence(got) && sequence(want):
		return compareSequences(path, got, want, depth)
	case got.Kind() != want.Kind():
		return at(path) + fmt.Sprintf("got %s (%s), want %s (%s)", brief(got), got.Type(), brief(want), want.Type())
	}
	switch got.Kind() {
	case reflect.Bool:
		if got.Bool() != want.Bool() {
			return differ(path, got, want)
		}
	case reflect.Map:
		return compareMaps(path, got, want, depth)
	case reflect.Struct:
		return compareStructs(path, got, want, depth)
	case reflect.Complex64, reflect.Complex128:
		if g, w := got.Complex(), want.Complex(); cmplx.Abs(g-w) > tolerance64*max(1, cmplx.Abs(w)) {
			return differ(path, got, want)
		}
	default: // functions, channels: nothing to look into
		if got.UnsafePointer() != want.UnsafePointer() {
			return at(path) + fmt.Sprintf("values of type %s cannot be compared", got.Type())
		}
	}
	return ""
}

// behind follows pointers and interfaces to the value; a nil on the way is the zero Value.
func behind(v reflect.Value) reflect.Value {
	for range maxDepth {
		if v.Kind() != reflect.Pointer && v.Kind() != reflect.Interface {
			break
		}
		v = v.Elem()
	}
	return v
}

func list(v reflect.Value) bool { return v.Kind() == reflect.Slice || v.Kind() == reflect.Map }

func sequence(v reflect.Value) bool { return v.Kind() == reflect.Slice || v.Kind() == reflect.Array }

func compareSequences(path string, got, want reflect.Value, depth int) string {
	for i := range min(got.Len(), want.Len()) {
		if d := compare(fmt.Sprintf("%s[%d]", path, i), got.Index(i), want.Index(i), depth+1); d != "" {
			return d
		}
	}
	if got.Len() != want.Len() {
		return at(path) + fmt.Sprintf("got %s, want %d", values(got.Len()), want.Len())
	}
	return ""
}

func values(n int) string {
	if n == 1 {
		return "1 value"
	}
	return fmt.Sprintf("%d values", n)
}

func compareMaps(path string, got, want reflect.Value, depth int) string {
	if got.Type().Key() != want.Type().Key() {
		return at(path) + fmt.Sprintf("got a %s, want a %s", got.Type(), want.Type())
	}
	keys := want.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(brief(a), brief(b)) })
	for _, key := range keys {
		value := got.MapIndex(key)
		if !value.IsValid() {
			return at(path) + fmt.Sprintf("the key %s is missing", brief(key))
		}
		if d := compare(fmt.Sprintf("%s[%s]", path, brief(key)), value, want.MapIndex(key), depth+1); d != "" {
			return d
		}
	}
	extra := ""
	for _, key := range got.MapKeys() {
		if !want.MapIndex(key).IsValid() && (extra == "" || brief(key) < extra) {
			extra = brief(key)
		}
	}
	if extra != "" {
		return at(path) + fmt.Sprintf("the key %s is too many", extra)
	}
	return ""
}

func compareStructs(path string, got, want reflect.Value, depth int) string {
	if got.Type() != want.Type() {
		return at(path) + fmt.Sprintf("got a %s, want a %s", got.Type(), want.Type())
	}
	for i := range got.NumField() {
		name := path + "." + got.Type().Field(i).Name
		if d := compare(name, got.Field(i), want.Field(i), depth+1); d != "" {
			return d
		}
	}
	return ""
}

func compareStrings(path, got, want string) string {
	if got == want {
		return ""
	}
	same := 0
	for same < min(len(got), len(want)) {
		g, size := utf8.DecodeRuneInString(got[same:])
		w, other := utf8.DecodeRuneInString(want[same:])
		if g != w || size != other {
			break
		}
		same += size
	}
	d := at(path) + fmt.Sprintf("got %s, want %s", quote(got), quote(want))
	if same > 0 {
		d += fmt.Sprintf(": they differ after %s", quote(got[max(0, same-20):same]))
	}
	return d
}
