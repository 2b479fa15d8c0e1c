package show

// The functions of this file work on figures as JSON values, see [plain].

// modernise rewrites what plotly.js no longer reads since version 3: titles that are strings,
// and the font of a title beside it. go-plotly's types do not write them, a template may.
func modernise(v any) {
	switch v := v.(type) {
	case []any:
		for _, value := range v {
			modernise(value)
		}
	case map[string]any:
		if text, ok := v["title"].(string); ok {
			v["title"] = map[string]any{"text": text}
		}
		if font, ok := v["titlefont"]; ok {
			title, ok := v["title"].(map[string]any)
			if !ok {
				title = map[string]any{}
				v["title"] = title
			}
			if _, ok := title["font"]; !ok {
				title["font"] = font
			}
			delete(v, "titlefont")
		}
		if v["type"] == "heatmapgl" {
			v["type"] = "heatmap"
		}
		for key, value := range v {
			if key != "meta" && key != "customdata" { // they belong to the author
				modernise(value)
			}
		}
	}
}

// complete fills in what the figure leaves open.
func complete(f map[string]any) {
	config, layout := f["config"].(map[string]any), f["layout"].(map[string]any)
	defaults(config, map[string]any{"responsive": true, "displaylogo": false})
	named := false
	for _, t := range f["data"].([]any) {
		trace, ok := t.(map[string]any)
		if !ok {
			continue
		}
		if name, _ := trace["name"].(string); name != "" {
			named = named || trace["showlegend"] != false
		} else {
			defaults(trace, map[string]any{"showlegend": false}) // "trace 0" tells nothing
		}
	}
	top := 60.0
	if title, _ := layout["title"].(map[string]any); title["subtitle"] != nil {
		top = 80
	}
	if has(f, "scatter3d") {
		completeScene(layout)
	}
	colorway := make([]any, len(palette))
	for i, c := range palette {
		colorway[i] = c
	}
	defaults(layout, map[string]any{
		"height": 400.0, "colorway": colorway, "showlegend": named,
		"paper_bgcolor": "#ffffff", "plot_bgcolor": "#ffffff",
		"font":   map[string]any{"size": 13.0, "color": "#2a3f5f"},
		"margin": map[string]any{"l": 70.0, "r": 30.0, "t": top, "b": 60.0},
		"title":  map[string]any{"x": .02, "xanchor": "left"},
		"xaxis":  map[string]any{},
		"yaxis":  map[string]any{},
	})
	for key, value := range layout {
		axis, ok := value.(map[string]any)
		if ok && len(key) >= 5 && (key[:5] == "xaxis" || key[:5] == "yaxis") {
			defaults(axis, map[string]any{"automargin": true, "showline": true, "ticks": "outside",
				"linecolor": "#444444", "gridcolor": "#e3e3e3", "zerolinecolor": "#c8c8c8",
				// Without a standoff a title may lie on long names of ticks.
				"title": map[string]any{"standoff": 8.0}})
		}
	}
}

// has says whether a trace of f is of this kind.
func has(f map[string]any, kind string) bool {
	for _, t := range f["data"].([]any) {
		if trace, ok := t.(map[string]any); ok && trace["type"] == kind {
			return true
		}
	}
	return false
}

// completeScene fills in the axes of three dimensions, and takes those of two away, which plotly
// would otherwise draw empty behind them.
func completeScene(layout map[string]any) {
	axis := func() map[string]any {
		return map[string]any{"showbackground": false, "linecolor": "#444444", "gridcolor": "#dddddd",
			"zerolinecolor": "#bbbbbb", "showspikes": false}
	}
	defaults(layout, map[string]any{
		"xaxis": map[string]any{"visible": false}, "yaxis": map[string]any{"visible": false},
		"margin": map[string]any{"l": 10.0, "b": 10.0},
		// From a distance at which the titles of the axes are in sight.
		"scene": map[string]any{"bgcolor": "#ffffff", "xaxis": axis(), "yaxis": axis(), "zaxis": axis(),
			"camera": map[string]any{"eye": map[string]any{"x": 1.55, "y": 1.55, "z": 1.0}, "center": map[string]any{"x": 0.0, "y": 0.0, "z": -.12}}},
	})
}

// defaults sets the keys of m that are not set, down to the maps in it.
func defaults(m, values map[string]any) {
	for key, value := range values {
		old, set := m[key]
		if !set {
			m[key] = value
			continue
		}
		if inner, ok := value.(map[string]any); ok {
			if have, ok := old.(map[string]any); ok {
				defaults(have, inner)
			}
		}
	}
}
