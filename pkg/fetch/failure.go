package fetch

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// patience is for how long a failed download is not tried again, so that the cells of a notebook
// without a network do not all wait for it.
const patience = 10 * time.Minute

// failure remembers, in a file beside the one that was to be, a download that failed.
type failure struct {
	Time  time.Time
	Cause string
}

func failureFile(file string) string { return file + ".failed" }

// Recall is the error with which a download into file failed a moment ago, as [Remember] kept
// it, and how long ago; nil where it is worth trying.
func Recall(file string) error {
	var last failure
	text, err := os.ReadFile(failureFile(file))
	if err != nil || json.Unmarshal(text, &last) != nil {
		return nil
	}
	if age := time.Since(last.Time); age >= 0 && age < patience {
		return fmt.Errorf("%s; tried %s ago", last.Cause, age.Round(time.Second))
	}
	return nil
}

// Remember keeps for ten minutes why a download into file failed; where that cannot be written
// the next call tries again.
func Remember(file string, cause error) {
	text, err := json.Marshal(failure{time.Now(), cause.Error()})
	if err != nil {
		return
	}
	_ = Replace(failureFile(file), func(f *os.File) error {
		_, err := f.Write(text)
		return err
	})
}

// Forget drops what [Remember] kept.
func Forget(file string) { _ = os.Remove(failureFile(file)) }
