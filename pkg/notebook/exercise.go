package notebook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Exercise locates one exercise of a lesson by the indexes of its cells.
type Exercise struct {
	Stub, Check, Solution int
	Code                  string // the solution's Go code
}

var solutionBlock = regexp.MustCompile(
	"(?s)\\A<details>\\s*<summary>Solution</summary>\n(.*)</details>\\s*\\z")

var goBlock = regexp.MustCompile("(?ms)^```go\n(.*?)^```\\s*?$")

// Exercises finds the lesson's exercises: a stub (a code cell tagged
// "exercise"), later its check (a code cell tagged "check"), and directly
// after that its solution (a Markdown cell tagged "solution" that hides one
// block of Go code in <details>).
func Exercises(n *Notebook) ([]Exercise, error) {
	var found []Exercise
	stub := -1
	for i := range n.Cells {
		c := &n.Cells[i]
		switch {
		case c.Has(TagExercise):
			if c.Type != Code {
				return nil, fmt.Errorf("cell %d is tagged %q but is not code", i+1, TagExercise)
			}
			if stub >= 0 {
				return nil, fmt.Errorf("the exercise of cell %d has no check cell before the next exercise", stub+1)
			}
			stub = i
		case c.Has(TagCheck):
			if c.Type != Code || stub < 0 {
				return nil, fmt.Errorf("cell %d checks an exercise, but no exercise cell is open above it", i+1)
			}
			code, err := n.solution(i + 1)
			if err != nil {
				return nil, err
			}
			found = append(found, Exercise{stub, i, i + 1, code})
			stub = -1
		case c.Has(TagSolution):
			if len(found) == 0 || found[len(found)-1].Solution != i {
				return nil, fmt.Errorf("cell %d is a solution but does not follow a check cell", i+1)
			}
		}
	}
	if stub >= 0 {
		return nil, fmt.Errorf("the exercise of cell %d has no check cell", stub+1)
	}
	return found, nil
}

// solution reads the Go code out of the solution cell at index i.
func (n *Notebook) solution(i int) (string, error) {
	if i >= len(n.Cells) || !n.Cells[i].Has(TagSolution) || n.Cells[i].Type != Markdown {
		return "", fmt.Errorf("no Markdown cell tagged %q follows the check of cell %d", TagSolution, i)
	}
	m := solutionBlock.FindStringSubmatch(strings.TrimSpace(n.Cells[i].Source))
	if m == nil {
		return "", fmt.Errorf("the solution of cell %d is not wrapped in "+
			"<details><summary>Solution</summary> … </details>", i+1)
	}
	blocks := goBlock.FindAllStringSubmatch(m[1], -1)
	if len(blocks) != 1 || strings.TrimSpace(blocks[0][1]) == "" {
		return "", fmt.Errorf("the solution of cell %d has %d blocks of Go code where 1 is wanted", i+1, len(blocks))
	}
	return strings.TrimRight(blocks[0][1], "\n"), nil
}

// WithSolutions is a copy of the lesson with, for each exercise, its
// solution's code and its check once more appended, so that one execution
// shows what the checks say of the stubs, then of the solutions.
func WithSolutions(n *Notebook) (*Notebook, error) {
	exercises, err := Exercises(n)
	if err != nil {
		return nil, err
	}
	out := &Notebook{Cells: slices.Clone(n.Cells)}
	for k, e := range exercises {
		check := n.Cells[e.Check]
		check.ID = fmt.Sprintf("solved-check-%d", k+1)
		out.Cells = append(out.Cells,
			Cell{ID: fmt.Sprintf("solved-%d", k+1), Type: Code, Source: e.Code, Slide: "skip"}, check)
	}
	out.Normalise()
	return out, nil
}
