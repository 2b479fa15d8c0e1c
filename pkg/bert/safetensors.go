package bert

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

const (
	maxHeader = 16 << 20 // bytes
	maxMatrix = 1 << 28  // numbers: 1 GiB
)

// Matrix reads a matrix of float32 from a file in the safetensors format: the header's length as 8
// bytes, lowest first, the header in JSON, which says of each tensor its type, its shape and
// where in the rest its numbers are, then those numbers, 4 bytes each, lowest first.
// It reads no further than the matrix.
func Matrix(r io.Reader, name string) ([][]float32, error) {
	var size uint64
	if err := binary.Read(r, binary.LittleEndian, &size); err != nil {
		return nil, errShort
	}
	if size > maxHeader {
		return nil, fmt.Errorf("its header would have %d bytes: it is no safetensors file", size)
	}
	header, err := io.ReadAll(io.LimitReader(r, int64(size)))
	if err != nil || uint64(len(header)) != size {
		return nil, errShort
	}
	var tensors map[string]json.RawMessage
	if err := json.Unmarshal(header, &tensors); err != nil {
		return nil, errors.New("its header is no JSON: it is no safetensors file")
	}
	entry, ok := tensors[name]
	if !ok {
		return nil, fmt.Errorf("it holds no tensor %s", name)
	}
	var t struct {
		Type    string  `json:"dtype"`
		Shape   []int64 `json:"shape"`
		Offsets []int64 `json:"data_offsets"`
	}
	if err := json.Unmarshal(entry, &t); err != nil || len(t.Offsets) != 2 {
		return nil, fmt.Errorf("its header does not describe tensor %s", name)
	}
	if t.Type != "F32" || len(t.Shape) != 2 {
		return nil, fmt.Errorf("tensor %s is of type %s and shape %v, not a matrix of F32", name, t.Type, t.Shape)
	}
	rows, columns, from, to := t.Shape[0], t.Shape[1], t.Offsets[0], t.Offsets[1]
	if rows < 0 || columns < 1 || rows > maxMatrix/columns || from < 0 || to-from != 4*rows*columns {
		return nil, fmt.Errorf("tensor %s of shape %v cannot be the bytes %d to %d", name, t.Shape, from, to)
	}
	if _, err := io.CopyN(io.Discard, r, from); err != nil {
		return nil, errShort
	}
	return readRows(r, int(rows), int(columns))
}

var errShort = errors.New("it is cut short")

// readRows reads row by row, so that a header that promises too much costs no memory.
func readRows(r io.Reader, rows, columns int) ([][]float32, error) {
	var matrix [][]float32
	bytes := make([]byte, 4*columns)
	for range rows {
		if _, err := io.ReadFull(r, bytes); err != nil {
			return nil, errShort
		}
		row := make([]float32, columns)
		for k := range row {
			row[k] = math.Float32frombits(binary.LittleEndian.Uint32(bytes[4*k:]))
		}
		matrix = append(matrix, row)
	}
	return matrix, nil
}
