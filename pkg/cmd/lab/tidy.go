package main

import (
	"bytes"
	"fmt"
	"os"

	"sparseq/pkg/notebook"
)

// tidy brings notebooks into their normal form and says what is left to mend.
func (l *lab) tidy(paths []string) error {
	left := 0
	for _, path := range paths {
		before, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n, err := notebook.Parse(before)
		if err != nil {
			return fmt.Errorf("%s: %w", lessonName(path), err)
		}
		after := n.Bytes()
		if !bytes.Equal(before, after) {
			if err := notebook.WriteFile(path, after); err != nil {
				return err
			}
			l.print("%s  tidied\n", lessonName(path))
		}
		faults, _, err := notebook.Lint(after)
		if err != nil {
			return err
		}
		for _, fault := range faults {
			l.print("%s  %s\n", lessonName(path), fault)
		}
		left += len(faults)
	}
	if left > 0 {
		return fmt.Errorf("%d faults are left to mend by hand", left)
	}
	return nil
}
