package fit

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// missing is the error of a run that is not there.
type missing struct{ text string }

func (e missing) Error() string { return e.text }

func (e missing) Unwrap() error { return os.ErrNotExist }

// missing says that the run is not there, and what makes it.
func (r *Run) missing() error {
	if lesson := r.lesson(); lesson != "" {
		return missing{fmt.Sprintf("the run %q is not here: %s makes it", r.name(), lesson)}
	}
	return missing{fmt.Sprintf("the run %q is not here: run the cell that trains it", r.name())}
}

// damaged says that the run cannot be used, why, and what makes it anew.
func (r *Run) damaged(how string) error {
	return fmt.Errorf("the run %q is damaged, %s: %s", r.name(), how, r.again())
}

// again says what makes the run anew.
func (r *Run) again() string {
	if lesson := r.lesson(); lesson != "" {
		return lesson + " trains it again"
	}
	return "train it again"
}

// name is the last part of the run's folder.
func (r *Run) name() string {
	if r.untrained != nil {
		return "untrained"
	}
	return filepath.Base(r.dir)
}

// lesson says which lesson makes the run, in which setting: the lessons' runs lie in folders
// runs/<lesson>/<name>, and the name begins with "quick-" in the quick setting. It is "" for
// a run that lies elsewhere.
func (r *Run) lesson() string {
	parent := filepath.Dir(r.dir)
	if filepath.Base(filepath.Dir(parent)) != "runs" {
		return ""
	}
	lesson := "lesson " + filepath.Base(parent)
	if strings.HasPrefix(r.name(), "quick-") {
		lesson += " in the quick setting"
	}
	return lesson
}
