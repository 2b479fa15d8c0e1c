package lesson

import (
	"math"
	"reflect"
)

// The tolerances of [Check], relative to the wanted value where that is above 1.
const (
	tolerance64 = 1e-9
	tolerance32 = 1e-5
)

func number(v reflect.Value) bool { return v.CanInt() || v.CanUint() || v.CanFloat() }

func sameNumber(got, want reflect.Value) bool {
	if !got.CanFloat() && !want.CanFloat() {
		switch {
		case got.CanInt() && want.CanInt():
			return got.Int() == want.Int()
		case got.CanUint() && want.CanUint():
			return got.Uint() == want.Uint()
		case got.CanInt():
			return got.Int() >= 0 && uint64(got.Int()) == want.Uint()
		default:
			return want.Int() >= 0 && uint64(want.Int()) == got.Uint()
		}
	}
	g, w := float(got), float(want)
	if g == w || math.IsNaN(g) && math.IsNaN(w) {
		return true
	}
	tolerance := tolerance64
	if got.Kind() == reflect.Float32 || want.Kind() == reflect.Float32 {
		tolerance = tolerance32
	}
	return !math.IsInf(w, 0) && math.Abs(g-w) <= tolerance*max(1, math.Abs(w))
}

func float(v reflect.Value) float64 {
	switch {
	case v.CanInt():
		return float64(v.Int())
	case v.CanUint():
		return float64(v.Uint())
	}
	return v.Float()
}
