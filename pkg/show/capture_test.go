package show

import (
	"encoding/json"
	"io"
	"os"
	"sync"
	"testing"
)

// sent is an output as it was delivered.
type sent struct {
	Output
	id string
}

// capture runs f and returns what it displays.
func capture(t testing.TB, f func()) []sent {
	t.Helper()
	var out []sent
	var mu sync.Mutex
	old := deliver
	deliver = func(o Output, id string) {
		mu.Lock()
		defer mu.Unlock()
		out = append(out, sent{o, id})
	}
	defer func() { deliver = old }()
	f()
	return out
}

// stopped is what a replaced exit panics with.
type stopped struct{ code int }

// failure runs f, which must end the program, and returns its line on the standard error stream.
func failure(t testing.TB, f func()) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	oldErr, oldExit := os.Stderr, exit
	os.Stderr, exit = write, func(code int) { panic(stopped{code}) }
	func() {
		defer func() {
			os.Stderr, exit = oldErr, oldExit
			if err := write.Close(); err != nil {
				t.Error(err)
			}
			if r := recover(); r != any(stopped{1}) {
				t.Errorf("the program did not end with 1 but %v", r)
			}
		}()
		f()
	}()
	line, err := io.ReadAll(read)
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}

// asJSON is v as the notebook stores it.
func asJSON(t testing.TB, v any) map[string]any {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// at follows keys and indices into a JSON value.
func at(t testing.TB, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("no key %q in %v", step, v)
			}
			v = m[step]
		case int:
			l, ok := v.([]any)
			if !ok || step >= len(l) {
				t.Fatalf("no element %d in %v", step, v)
			}
			v = l[step]
		}
	}
	return v
}
