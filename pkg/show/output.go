package show

import (
	"encoding/gob"
	"fmt"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Output is one display of a cell, in several forms of which the viewer takes the richest it knows.
type Output struct {
	HTML  string // must be escaped already
	Plain string // for a terminal, and for viewers that know no HTML
	// Data holds further forms by MIME type, as JSON values: maps, slices, strings, numbers.
	// Neither the maps nor the slices may hold a nil.
	Data map[string]any
}

// Display shows o as one output of the cell, or prints its plain text outside a notebook.
func Display(o Output) { deliver(o, "") }

// deliver shows an output. A second output with the same id takes the place of the first.
// Tests replace it.
var deliver = func(o Output, id string) {
	if !gonbui.IsNotebook {
		if o.Plain != "" {
			fmt.Println(strings.TrimRight(o.Plain, "\n"))
		}
		return
	}
	gonbui.SendData(message(o, id))
	// Without it an output is now and then lost when the program ends right after.
	gonbui.Sync()
}

func init() {
	// The kernel reads the message with encoding/gob, which must know what an `any` may hold.
	gob.Register(map[string]any{})
	gob.Register([]any{})
}

// message is o as the kernel expects it.
func message(o Output, id string) *protocol.DisplayData {
	data := make(map[protocol.MIMEType]any, len(o.Data)+2)
	for mime, value := range o.Data {
		data[protocol.MIMEType(mime)] = value
	}
	if o.HTML != "" {
		data[protocol.MIMETextHTML] = o.HTML
	}
	if o.Plain != "" {
		data[protocol.MIMETextPlain] = o.Plain
	}
	return &protocol.DisplayData{Data: data, DisplayID: id}
}
