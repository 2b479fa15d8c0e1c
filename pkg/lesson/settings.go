package lesson

import (
	"math"
	"os"
	"strconv"
	"strings"
)

// Quick says whether SPARSEQ_QUICK=1 asks for the quick setting, which shows in seconds that a
// lesson works, with results that mean little.
func Quick() bool {
	value := os.Getenv("SPARSEQ_QUICK")
	if value == "" {
		return false
	}
	quick, err := strconv.ParseBool(value)
	if err != nil {
		stop("SPARSEQ_QUICK=%q is neither 1 (quick) nor 0 (full): set one of them, or unset it", value)
	}
	return quick
}

// Int is a whole parameter of a lesson, not negative: full, or quick in the quick setting, or what
// the environment says: SPARSEQ_EPOCHS=3 sets the parameter named "epochs".
func Int(name string, full, quick int) int {
	key, value := override(name)
	if value == "" {
		return setting(full, quick)
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		stop("%s=%q is not a whole number ≥ 0: set one, such as %s=%d, or unset it", key, value, key, full)
	}
	return n
}

// Float is a parameter of a lesson, see [Int]: any finite number.
func Float(name string, full, quick float64) float64 {
	key, value := override(name)
	if value == "" {
		return setting(full, quick)
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		stop("%s=%q is not a number: set one, such as %s=%v, or unset it", key, value, key, full)
	}
	return x
}

func setting[T any](full, quick T) T {
	if Quick() {
		return quick
	}
	return full
}

// override is the environment variable of a parameter, and its value.
func override(name string) (key, value string) {
	key = "SPARSEQ_" + strings.ToUpper(strings.NewReplacer("-", "_", ".", "_", " ", "_").Replace(name))
	return key, strings.TrimSpace(os.Getenv(key))
}
