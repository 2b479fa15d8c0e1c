package show

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"

	"sparseq/pkg/show/internal/picture"
)

// plotlyMIME is the form that JupyterLab's plotly extension draws.
const plotlyMIME = "application/vnd.plotly.v1+json"

// Figure displays fig, built by this package or with go-plotly's own types: live where plotly's
// JupyterLab extension is at hand, as a static picture elsewhere.
//
// What the figure leaves open (palette, margins, legend) is filled in, old forms that plotly no
// longer reads are brought up to date, numbers are rounded to six significant digits, and of a
// series of more than 2,000 points only some are drawn, which the figure then says.
// fig itself is not changed.
func Figure(fig *grob.Fig) {
	o, err := render(fig)
	if err != nil {
		fail("Figure", err)
	}
	Display(o)
}

// render makes the output that shows fig.
func render(fig *grob.Fig) (Output, error) {
	f, err := plain(fig)
	if err != nil {
		return Output{}, err
	}
	modernise(f)
	thin(f)
	complete(f)
	alt := altText(f)
	svg := picture.SVG(f)
	f = storable(f).(map[string]any)
	return Output{
		HTML: fmt.Sprintf(`<img alt="%s" src="data:image/svg+xml;base64,%s">`,
			escape(alt), base64.StdEncoding.EncodeToString(svg)),
		Plain: "[figure] " + alt,
		Data:  map[string]any{plotlyMIME: f},
	}, nil
}

// plain is fig as JSON knows it: maps, slices, float64, string, bool and nil.
func plain(fig *grob.Fig) (map[string]any, error) {
	if fig == nil {
		return nil, errors.New("there is no figure: the argument is nil")
	}
	shallow := *fig
	shallow.Data = nil
	for i, trace := range fig.Data {
		if v := reflect.ValueOf(trace); trace == nil || v.Kind() == reflect.Pointer && v.IsNil() {
			return nil, fmt.Errorf("trace %d of the figure is nil", i)
		}
		shallow.Data = append(shallow.Data, withoutNaN(trace))
	}
	encoded, err := json.Marshal(&shallow)
	if err != nil {
		return nil, fmt.Errorf("the figure cannot be written as JSON: %w", err)
	}
	var f map[string]any
	if err := json.Unmarshal(encoded, &f); err != nil {
		return nil, err
	}
	for _, key := range []string{"layout", "config"} {
		if _, ok := f[key].(map[string]any); !ok {
			f[key] = map[string]any{}
		}
	}
	if _, ok := f["data"].([]any); !ok {
		f["data"] = []any{}
	}
	return f, nil
}

// withoutNaN is a copy of trace in whose data NaN and infinite values, which JSON does not know,
// are gaps.
func withoutNaN(trace types.Trace) types.Trace {
	v := reflect.ValueOf(trace)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return trace
	}
	out := reflect.New(v.Elem().Type())
	out.Elem().Set(v.Elem())
	for i := range out.Elem().NumField() {
		field := out.Elem().Field(i)
		data, ok := field.Interface().(*types.DataArrayType)
		if !ok || data == nil {
			continue
		}
		switch values := data.Value().(type) {
		case []float64:
			field.Set(reflect.ValueOf(gaps(values)))
		case []float32:
			wide := make([]float64, len(values))
			for i, x := range values {
				wide[i] = float64(x)
			}
			field.Set(reflect.ValueOf(gaps(wide)))
		case [][]float64:
			rows := make([]any, len(values))
			for i, row := range values {
				rows[i] = gaps(row)
			}
			field.Set(reflect.ValueOf(types.DataArray(rows)))
		}
	}
	return out.Interface().(types.Trace)
}

// altText is the figure's description: the one it carries in layout.meta.alt, else its title.
func altText(f map[string]any) string {
	layout := f["layout"].(map[string]any)
	if meta, ok := layout["meta"].(map[string]any); ok {
		if alt, ok := meta["alt"].(string); ok && alt != "" {
			return alt
		}
	}
	var names []string
	for _, t := range f["data"].([]any) {
		if trace, ok := t.(map[string]any); ok {
			if name, ok := trace["name"].(string); ok {
				names = append(names, picture.PlainText(name))
			}
		}
	}
	title := func(of any) string {
		m, _ := of.(map[string]any)
		m, _ = m["title"].(map[string]any)
		text, _ := m["text"].(string)
		return strings.ReplaceAll(picture.PlainText(text), "\n", " ")
	}
	axes := layout
	if scene, ok := layout["scene"].(map[string]any); ok {
		axes = scene
	}
	return description(Labels{Title: title(layout), X: title(axes["xaxis"]), Y: title(axes["yaxis"]), Z: title(axes["zaxis"])}, names)
}

// storable makes a JSON value fit for the kernel's encoding: no nil in a map or a slice,
// numbers rounded and, where a slice holds nothing else, together.
func storable(v any) any {
	switch v := v.(type) {
	case float64:
		return round(v)
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			if value != nil {
				out[key] = storable(value)
			}
		}
		return out
	case []any:
		numbers, out := make([]float64, 0, len(v)), make([]any, len(v))
		for i, value := range v {
			if value == nil {
				// encoding/gob refuses a nil. A nil slice comes out of the kernel as null.
				out[i] = []int(nil)
				continue
			}
			out[i] = storable(value)
			if x, ok := out[i].(float64); ok && !math.IsNaN(x) {
				numbers = append(numbers, x)
			}
		}
		if len(numbers) == len(v) {
			return numbers
		}
		return out
	}
	return v
}
