package fit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gomlx/compute"
)

// PredictOnce is Predict, but keeps the probabilities in the run's folder: whoever asks the run
// about the same rows again, in this process or in a later one, has them at once. They are gone
// when the run is trained anew. That the model is another it cannot see; ask with Predict then.
func (r *Run) PredictOnce(backend compute.Backend, m ModelFn, x *Rows) ([]float32, error) {
	if r.untrained != nil || x.err != nil {
		return r.Predict(backend, m, x)
	}
	file := r.path(fmt.Sprintf("answers-%x", x.sum()))
	if p, ok := readAnswers(file, x.n); ok {
		return p, nil
	}
	p, err := r.Predict(backend, m, x)
	if err != nil {
		return nil, err
	}
	if err := writeAnswers(file, p); err != nil {
		return nil, fmt.Errorf("what the run %q predicts cannot be kept in its folder: %w", r.name(), cause(err))
	}
	return p, nil
}

// readAnswers returns the n probabilities in a file, if they are there and whole.
func readAnswers(file string, n int) ([]float32, bool) {
	data, err := os.ReadFile(file)
	if err != nil || len(data) != 4*n+sha256.Size {
		return nil, false
	}
	sum := sha256.Sum256(data[:4*n])
	if !bytes.Equal(sum[:], data[4*n:]) {
		return nil, false
	}
	p := make([]float32, n)
	_, err = binary.Decode(data, binary.LittleEndian, p)
	return p, err == nil
}

// writeAnswers writes probabilities and their sum, under a name of their own until they are whole.
func writeAnswers(file string, p []float32) error {
	data, err := binary.Append(nil, binary.LittleEndian, p)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	temp, err := os.CreateTemp(filepath.Dir(file), ".answers-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }() // renamed by then, or not whole
	_, err = temp.Write(append(data, sum[:]...))
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temp.Name(), file)
	}
	return err
}
