//go:build unix

package show

import (
	"encoding/gob"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// TestCell is not a test: it is the cell that TestKernel runs in a process of its own, because
// whether there is a kernel is decided when a program starts.
func TestCell(t *testing.T) {
	if os.Getenv("SHOW_TEST_CELL") == "" {
		t.Skip("run by TestKernel")
	}
	Figure(Lines(Labels{Title: "Loss", X: "epoch", Y: "loss"}, Series{Name: "a", Y: []float64{1, math.NaN(), 3}}))
	Note("<script>")
	Progress("Training")(1, "done")
	Display(Output{Plain: "x = 1", Data: map[string]any{"application/x+json": map[string]any{"x": 1.0, "ok": true}}})
}

// TestKernel speaks the kernel's side of the protocol, through named pipes and encoding/gob.
func TestKernel(t *testing.T) {
	dir := t.TempDir()
	out, back := filepath.Join(dir, "out"), filepath.Join(dir, "back")
	for _, pipe := range []string{out, back} {
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Skip(err)
		}
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestCell$")
	cmd.Env = append(os.Environ(), "SHOW_TEST_CELL=1", protocol.GONB_PIPE_ENV+"="+out, protocol.GONB_PIPE_BACK_ENV+"="+back)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	messages := make(chan []protocol.DisplayData, 1)
	go func() { messages <- kernel(t, out, back) }()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	got := <-messages
	if len(got) != 4 {
		t.Fatalf("%d outputs, want 4: %v", len(got), got)
	}
	figure := asJSON(t, got[0].Data)
	y := at(t, figure, plotlyMIME, "data", 0, "y").([]any)
	if len(y) != 3 || y[0] != 1.0 || y[1] != nil || y[2] != 3.0 {
		t.Errorf("y = %v, want 1, null, 3", y)
	}
	if title := at(t, figure, plotlyMIME, "layout", "title", "text"); title != "Loss" {
		t.Errorf("title = %v", title)
	}
	if html, _ := figure["text/html"].(string); !strings.HasPrefix(html, `<img alt="Loss: `) {
		t.Errorf("no picture: %.80s", html)
	}
	if html, _ := got[1].Data[protocol.MIMETextHTML].(string); !strings.Contains(html, "&lt;script&gt;") {
		t.Errorf("note = %s", html)
	}
	if got[2].DisplayID == "" {
		t.Error("progress has no id: its updates would pile up")
	}
	if b, err := json.Marshal(got[3].Data["application/x+json"]); err != nil || string(b) != `{"ok":true,"x":1}` {
		t.Errorf("data = %s, %v", b, err)
	}
}

// kernel reads what a cell sends until it ends, and acknowledges each wish to synchronise.
func kernel(t *testing.T, out, back string) (messages []protocol.DisplayData) {
	read, err := os.Open(out)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer func() { _ = read.Close() }()
	write, err := os.OpenFile(back, os.O_WRONLY, 0)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer func() { _ = write.Close() }()
	decoder, encoder := gob.NewDecoder(read), gob.NewEncoder(write)
	for {
		var m protocol.DisplayData
		if err := decoder.Decode(&m); err != nil {
			if !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			return messages
		}
		if sync, ok := m.Data[protocol.MIMECommValue].(protocol.CommValue); ok {
			if err := encoder.Encode(&protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: sync.Value}); err != nil {
				t.Error(err)
			}
			continue
		}
		messages = append(messages, m)
	}
}
