package fit

import (
	stderrors "errors"
	"fmt"
	"path"
	"runtime"
	"strings"

	"github.com/pkg/errors"
)

// GoMLX tells of a mistake in a model by a panic, which comes out as an error with all that
// was under way and a stack. A learner needs what is wrong, and in which function.

// guard runs f and makes of a panic an error, of each error one line.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = oneLine(panicked(r))
		}
	}()
	return oneLine(f())
}

// panicked is what a panic was about as an error, with the stack that it came from.
func panicked(r any) error {
	e, ok := r.(error)
	if !ok {
		e = fmt.Errorf("%v", r)
	}
	return errors.WithStack(e)
}

// oneLine returns err where it is of one line, otherwise an error that tells the same in one
// of sensible length, and the function where a model's mistake was.
func oneLine(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if _, mistake, found := strings.Cut(text, " panicked: "); found {
		text = "the model cannot be built: " + strings.TrimPrefix(mistake, "runtime panic: : ")
		if name := culprit(err); name != "" {
			text += " (in " + name + ")"
		}
	}
	const most = 400
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) > most {
		line = append(line[:most], '…')
	}
	if string(line) == err.Error() {
		return err
	}
	return stderrors.New(string(line))
}

// culprit returns the innermost function on an error's deepest stack that belongs neither to
// the libraries nor to this package, or "".
func culprit(err error) string {
	var deepest errors.StackTrace
	for ; err != nil; err = stderrors.Unwrap(err) {
		if t, ok := err.(interface{ StackTrace() errors.StackTrace }); ok {
			deepest = t.StackTrace()
		}
	}
	for _, frame := range deepest {
		f := runtime.FuncForPC(uintptr(frame) - 1)
		if f == nil {
			continue
		}
		if strings.HasPrefix(f.Name(), "sparseq/pkg/fit.(*") {
			return "" // the training itself: the mistake was not within the model
		}
		library := false
		for _, prefix := range []string{"runtime.", "github.com/gomlx/", "sparseq/pkg/fit."} {
			library = library || strings.HasPrefix(f.Name(), prefix)
		}
		if !library {
			return path.Base(f.Name())
		}
	}
	return ""
}
