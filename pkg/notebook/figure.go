package notebook

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// figureMIME is plotly's figure as JSON: data, layout and config.
const figureMIME = "application/vnd.plotly.v1+json"

// Figure is a plotly figure that an executed notebook shows.
type Figure struct {
	Cell     int      // the cell's index
	Title    string   // of the figure
	Axes     []Axis   // in the order of their names: xaxis, yaxis, …
	Alt      string   // text alternative, in layout.meta.alt
	Types    []string // of the traces, scatter where unset
	Named    int      // traces with a name
	Legend   bool     // a legend is shown
	Fallback string   // text/html of the same output: the static picture
}

// Axis is one axis of a figure.
type Axis struct {
	Name, Title string
	Hidden      bool // it is invisible or has no labels, and needs no title
}

// plotTitle is a title as an object with text, plotly's only form since
// version 3, or as a plain string, which it ignores.
type plotTitle struct {
	Text string `json:"text"`
}

func (t *plotTitle) UnmarshalJSON(b []byte) error {
	type object plotTitle
	if len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, (*object)(t))
	}
	return nil
}

// Figures collects the plotly figures of an executed notebook, in order.
func Figures(n *Notebook) ([]Figure, error) {
	var figures []Figure
	for i := range n.Cells {
		for _, o := range n.Cells[i].Outputs {
			raw, ok := o.Data[figureMIME]
			if !ok {
				continue
			}
			f, err := parseFigure(raw)
			if err != nil {
				return nil, fmt.Errorf("cell %d shows a figure that plotly cannot draw: %w", i+1, err)
			}
			var html lines
			if raw, ok := o.Data["text/html"]; ok && json.Unmarshal(raw, &html) == nil {
				f.Fallback = string(html)
			}
			f.Cell = i
			figures = append(figures, f)
		}
	}
	return figures, nil
}

func parseFigure(raw []byte) (Figure, error) {
	var p struct {
		Data []struct {
			Type   string `json:"type"`
			Name   string `json:"name"`
			Legend *bool  `json:"showlegend"`
		} `json:"data"`
		Layout map[string]json.RawMessage `json:"layout"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return Figure{}, err
	}
	var f Figure
	for _, t := range p.Data {
		if t.Type == "" {
			t.Type = "scatter"
		}
		f.Types = append(f.Types, t.Type)
		if t.Name != "" {
			f.Named++
		}
		// plotly shows a legend by itself from two traces on.
		if len(p.Data) > 1 || t.Legend != nil && *t.Legend {
			f.Legend = true
		}
	}
	var title plotTitle
	var meta struct {
		Alt string `json:"alt"`
	}
	for key, into := range map[string]any{"title": &title, "meta": &meta, "showlegend": &f.Legend} {
		if v, ok := p.Layout[key]; ok {
			if err := json.Unmarshal(v, into); err != nil {
				return Figure{}, fmt.Errorf("layout.%s: %w", key, err)
			}
		}
	}
	f.Title, f.Alt = title.Text, meta.Alt
	for _, key := range slices.Sorted(maps.Keys(p.Layout)) {
		if strings.HasPrefix(key, "xaxis") || strings.HasPrefix(key, "yaxis") {
			if err := f.addAxis(key, p.Layout[key]); err != nil {
				return Figure{}, fmt.Errorf("layout.%s: %w", key, err)
			}
		}
		if strings.HasPrefix(key, "scene") {
			var scene map[string]json.RawMessage
			if err := json.Unmarshal(p.Layout[key], &scene); err != nil {
				return Figure{}, fmt.Errorf("layout.%s: %w", key, err)
			}
			for _, axis := range []string{"xaxis", "yaxis", "zaxis"} {
				if raw, ok := scene[axis]; ok {
					if err := f.addAxis(key+"."+axis, raw); err != nil {
						return Figure{}, fmt.Errorf("layout.%s.%s: %w", key, axis, err)
					}
				}
			}
		}
	}
	return f, nil
}

// addAxis takes an axis of the plane, or of a scene in three dimensions.
func (f *Figure) addAxis(name string, raw json.RawMessage) error {
	var a struct {
		Title   plotTitle `json:"title"`
		Visible *bool     `json:"visible"`
		Labels  *bool     `json:"showticklabels"`
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return err
	}
	hidden := a.Visible != nil && !*a.Visible || a.Labels != nil && !*a.Labels
	f.Axes = append(f.Axes, Axis{name, a.Title.Text, hidden})
	return nil
}

// noAxes are the trace types without a horizontal and a vertical axis.
var noAxes = []string{"pie", "sankey", "treemap", "sunburst", "table", "indicator", "parcoords"}

// noLegend are the trace types that a colour bar or their labels explain.
var noLegend = []string{"heatmap", "contour", "table", "indicator", "parcoords", "sankey", "treemap", "sunburst"}

// Faults says what the figure lacks for its reader: a title, axis titles, a
// text alternative, a legend, a static picture. Each fault is one line.
func (f *Figure) Faults() []string {
	var faults []string
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Sprintf("the figure %q of cell %d ", f.Title, f.Cell+1)+fmt.Sprintf(format, args...))
	}
	if strings.TrimSpace(f.Title) == "" {
		fault("has no title")
	}
	if strings.TrimSpace(f.Alt) == "" {
		fault("has no text alternative")
	}
	if !strings.Contains(f.Fallback, "<img") || !strings.Contains(f.Fallback, "alt=") ||
		strings.Contains(f.Fallback, `alt=""`) {
		fault("has no static picture with a text alternative beside it")
	}
	only := func(types []string) bool {
		return !slices.ContainsFunc(f.Types, func(t string) bool { return !slices.Contains(types, t) })
	}
	switch {
	case len(f.Types) == 0:
		fault("has no data")
		return faults
	case !only(noAxes):
		wanted := []string{"xaxis", "yaxis"}
		if slices.ContainsFunc(f.Types, func(t string) bool { return strings.HasSuffix(t, "3d") }) {
			wanted = []string{"scene.xaxis", "scene.yaxis", "scene.zaxis"}
		}
		for _, want := range wanted {
			if !slices.ContainsFunc(f.Axes, func(a Axis) bool { return strings.HasPrefix(a.Name, want) }) {
				fault("has no %s title", want)
			}
		}
		for _, a := range f.Axes {
			if !a.Hidden && strings.TrimSpace(a.Title) == "" {
				fault("has no %s title", a.Name)
			}
		}
	}
	if !only(noLegend) {
		if len(f.Types) > 1 && f.Named < len(f.Types) {
			fault("has %d series but only %d have names", len(f.Types), f.Named)
		}
		if f.Named > 0 && !f.Legend {
			fault("names its series but shows no legend")
		}
	}
	return faults
}
