package show

import "testing"

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{25000: "25000", .123456789: "0.123457", 1e20: "1e+20", -2: "-2", 123456.789: "123457"} {
		if got := number(v); got != want {
			t.Errorf("number(%v) = %s, want %s", v, got, want)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1234567: "-1,234,567"} {
		if got := group(n); got != want {
			t.Errorf("group(%d) = %s, want %s", n, got, want)
		}
	}
}
