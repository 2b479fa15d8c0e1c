package wordvec

import (
	"math"
	"strings"
	"testing"
)

// groups draws rows around as many centres with glibc's old generator, s ← 1103515245 s + 12345
// mod 2³¹ from s = 1, u = (s >> 16) / 32768. Golden values are of the same rows, in Python:
//
//	c = [[u()*4 for _ in range(units)] for _ in range(centres)]
//	x = array([[c[i % centres][j] + u() + u() + u() - 1.5 for j in range(units)] for i in range(rows)], float32)
func groups(rows, units, centres int) [][]float32 {
	s := uint64(1)
	u := func() float64 {
		s = (1103515245*s + 12345) % (1 << 31)
		return float64(s>>16) / 32768
	}
	c := make([][]float64, centres)
	for i := range c {
		for range units {
			c[i] = append(c[i], u()*4)
		}
	}
	x := make([][]float32, rows)
	for i := range x {
		for j := range units {
			x[i] = append(x[i], float32(c[i%centres][j]+u()+u()+u()-1.5))
		}
	}
	return x
}

// flat is a picture of x: its first two columns, shrunk.
func flat(x [][]float32) [][]float64 {
	y := make([][]float64, len(x))
	for i, row := range x {
		y[i] = []float64{float64(row[0]) * .7, float64(row[1]) * .7}
	}
	return y
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// wantError fails unless err is one line that holds all the parts.
func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range append(parts, "") {
		if !strings.Contains(err.Error(), part) || strings.Contains(err.Error(), "\n") {
			t.Errorf("the error is %q, want a line with %q", err, part)
		}
	}
}
