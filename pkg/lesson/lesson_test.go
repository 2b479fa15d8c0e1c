package lesson

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// stopped is what a replaced exit panics with.
type stopped struct{ code int }

// output runs f and returns what it prints, and whether it ended the program with status 1.
func output(t testing.TB, f func()) (stdout, stderr string, ended bool) {
	t.Helper()
	files := map[**os.File]*os.File{&os.Stdout: nil, &os.Stderr: nil}
	for stream := range files {
		file, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		files[stream], *stream = *stream, file
	}
	oldExit := exit
	exit = func(code int) { panic(stopped{code}) }
	func() {
		defer func() {
			if r := recover(); r != nil {
				if ended = r == any(stopped{1}); !ended {
					t.Errorf("panic: %v", r)
				}
			}
		}()
		f()
	}()
	exit = oldExit
	read := func(stream **os.File) string {
		file := *stream
		*stream = files[stream]
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	return read(&os.Stdout), read(&os.Stderr), ended
}

// wantStop fails unless f ends the program with this line.
func wantStop(t *testing.T, want string, f func()) {
	t.Helper()
	_, got, ended := output(t, f)
	if !ended || !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1 {
		t.Errorf("ended: %v, got  %qwant %q", ended, got, want)
	}
}

func TestMust(t *testing.T) {
	if got := Must(3, nil); got != 3 {
		t.Error(got)
	}
	Try(nil)
	wantStop(t, "no such file: look at data/README.md", func() {
		Must(0, errors.New("no such file:\n\tlook at data/README.md"))
	})
}

func TestSettings(t *testing.T) {
	t.Setenv("SPARSEQ_QUICK", "")
	if Quick() || Int("epochs", 10, 2) != 10 || Float("rate", .1, .2) != .1 {
		t.Error("not the full setting")
	}
	t.Setenv("SPARSEQ_QUICK", "0")
	if Quick() {
		t.Error("0 is the full setting")
	}
	t.Setenv("SPARSEQ_QUICK", "1")
	if !Quick() || Int("epochs", 10, 2) != 2 || Float("rate", .1, .2) != .2 {
		t.Error("not the quick setting")
	}
	t.Setenv("SPARSEQ_EPOCHS", " 3 ")
	t.Setenv("SPARSEQ_LEARNING_RATE", "-1e-3")
	if Int("epochs", 10, 2) != 3 || Float("learning-rate", .1, .2) != -1e-3 {
		t.Error("not what the environment says")
	}
	for _, junk := range []string{"ten", "-1", "1.5", "99999999999999999999"} {
		t.Setenv("SPARSEQ_EPOCHS", junk)
		wantStop(t, `SPARSEQ_EPOCHS="`+junk+`" is not a whole number ≥ 0: set one, such as SPARSEQ_EPOCHS=10, or unset it`, func() { Int("epochs", 10, 2) })
	}
	for _, junk := range []string{"x", "NaN", "+Inf", "1e999"} {
		t.Setenv("SPARSEQ_RATE", junk)
		wantStop(t, `SPARSEQ_RATE="`+junk+`" is not a number: set one, such as SPARSEQ_RATE=0.1, or unset it`, func() { Float("rate", .1, .2) })
	}
	t.Setenv("SPARSEQ_QUICK", "maybe")
	wantStop(t, `SPARSEQ_QUICK="maybe" is neither 1 (quick) nor 0 (full)`, func() { Quick() })
}

func TestFolders(t *testing.T) {
	t.Setenv("SPARSEQ_QUICK", "")
	t.Setenv("SPARSEQ_ROOT", "")
	t.Setenv("SPARSEQ_DATA", "")
	root := Root() // the tests run inside the repository
	if Data() != filepath.Join(root, "data") || Run("imdb1", "dense-1") != filepath.Join(root, "data", "runs", "imdb1", "dense-1") {
		t.Errorf("root %s, data %s, run %s", root, Data(), Run("imdb1", "dense-1"))
	}
	t.Setenv("SPARSEQ_QUICK", "1")
	if got := Run("imdb1", "dense"); filepath.Base(got) != "quick-dense" {
		t.Error(got)
	}
	data := t.TempDir()
	t.Setenv("SPARSEQ_DATA", data)
	if Data() != data {
		t.Error(Data())
	}
	for _, name := range []string{"", "../x", "a/b", "a b", ".hidden"} {
		wantStop(t, "", func() { Run("imdb1", name) })
	}
	other := t.TempDir()
	t.Setenv("SPARSEQ_ROOT", other)
	wantStop(t, "SPARSEQ_ROOT=", func() { Root() })
	if err := os.WriteFile(filepath.Join(other, "go.mod"), []byte("// a remark\nmodule sparseq // ours\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if Root() != other {
		t.Error(Root())
	}
	t.Setenv("SPARSEQ_ROOT", "")
	t.Chdir(t.TempDir())
	wantStop(t, "no folder above ", func() { Root() })
}

func TestResult(t *testing.T) {
	for value, want := range map[float64]string{
		.8831234567: "imdb1.accuracy = 0.88312\n", 25000: "imdb1.accuracy = 25000\n", 1e-9: "imdb1.accuracy = 1e-09\n",
		1234567.8: "imdb1.accuracy = 1.2346e+06\n", 0: "imdb1.accuracy = 0\n",
	} {
		if got, _, ended := output(t, func() { Result("imdb1.accuracy", value) }); got != want || ended {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	o, err := result("imdb1.accuracy", .8831234567)
	want := map[string]any{"application/vnd.sparseq.results+json": map[string]any{"imdb1.accuracy": .8831234567}}
	if err != nil || !reflect.DeepEqual(o.Data, want) {
		t.Errorf("%+v, %v", o, err)
	}
	zero := 0.0
	wantStop(t, "result imdb1.loss is NaN: ", func() { Result("imdb1.loss", zero/zero) })
	wantStop(t, "result imdb1.loss is +Inf: ", func() { Result("imdb1.loss", 1/zero) })
	for _, name := range []string{"", "accuracy", "Imdb1.accuracy", "imdb1.", "a.b.c", "a.b-c", "a.b\n"} {
		wantStop(t, "result name ", func() { Result(name, 1) })
	}
}
