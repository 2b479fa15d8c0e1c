package fit

import (
	"errors"
	"fmt"
	"strings"
)

// guard runs f and makes of a panic an error, of each error one line.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				err = e
			} else {
				err = fmt.Errorf("%v", r)
			}
		}
		err = oneLine(err)
	}()
	return f()
}

// oneLine returns an error that tells the same in one line of sensible length.
func oneLine(err error) error {
	if err == nil {
		return nil
	}
	const most = 400
	text := err.Error()
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) > most {
		line = append(line[:most], '…')
	}
	if string(line) == text {
		return err
	}
	return errors.New(string(line))
}
