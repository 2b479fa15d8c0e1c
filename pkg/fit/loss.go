package fit

import "fmt"

// mean adds up what batches of different sizes measured.
type mean struct {
	steps, rows          int
	lossSum, accuracySum float64
}

func (m *mean) add(rows int, loss, accuracy float64) {
	m.steps++
	m.rows += rows
	m.lossSum += float64(rows) * loss
	m.accuracySum += float64(rows) * accuracy
}

func (m *mean) loss() float64     { return m.lossSum / float64(m.rows) }
func (m *mean) accuracy() float64 { return m.accuracySum / float64(m.rows) }

// notFinite ends training at a loss that is not a number.
type notFinite struct{ text string }

func (e notFinite) Error() string { return e.text }

// explain says where a loss stopped being a number, and what is mostly the cause.
func (t *fitting) explain(loss float64, step int, validating bool) error {
	where := fmt.Sprintf("in epoch %d, step %d", len(t.run.History)+1, step)
	if validating {
		where = fmt.Sprintf("validating epoch %d", len(t.run.History)+1)
	}
	return notFinite{fmt.Sprintf("the loss became %v %s: mostly the learning rate is too high (%s); "+
		"else the data holds NaN or very large values, or the model divides by zero or takes the logarithm of zero",
		loss, where, t.run.Settings.Optimizer.Name)}
}
