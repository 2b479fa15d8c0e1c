package notebook

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"
)

// shows is a code cell with one output of the given MIME type and JSON.
func shows(mime, content string) Cell {
	return Cell{Type: Code, Source: "x", Outputs: []Output{
		{Type: "display_data", Data: map[string]json.RawMessage{mime: json.RawMessage(content)}}}}
}

func TestResults(t *testing.T) {
	n := &Notebook{Cells: []Cell{
		shows(resultsMIME, `{"a.x": 1.5}`), shows("text/plain", `"x"`), shows(resultsMIME, `{"a.y": -2, "a.z": 0}`),
		shows(resultsMIME, `{"a.x": 1.5}`),
	}}
	got, err := Results(n)
	if want := map[string]float64{"a.x": 1.5, "a.y": -2, "a.z": 0}; err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, bad := range []string{`{"a.x": 2}`, `{"a.q": "high"}`, `[1]`, `{"a.q": {}}`} {
		n := &Notebook{Cells: append(n.Cells[:1:1], shows(resultsMIME, bad))}
		if got, err := Results(n); err == nil || !strings.Contains(err.Error(), "cell 2") {
			t.Errorf("%s: got %v, error %v", bad, got, err)
		}
	}
}

func TestChecks(t *testing.T) {
	n := &Notebook{Cells: []Cell{
		shows(checkMIME, `{"exercise": "a", "passed": false}`), shows(checkMIME, `{"exercise": "a", "passed": true}`)}}
	got, err := Checks(n)
	if want := []Check{{"a", false, 0}, {"a", true, 1}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := Checks(&Notebook{Cells: []Cell{shows(checkMIME, `{"passed": "yes"}`)}}); err == nil {
		t.Error("a check without an outcome was read")
	}
}

func TestExpectations(t *testing.T) {
	n := &Notebook{Cells: []Cell{
		md("You should see `imdb1.accuracy` between 0.87 and 0.90, `imdb1.loss` is between .28\nand .3."),
		md("`t.delta` between −1e-3 and 2.5e+2; `none.here` is about 3; a.b between 1 and 2"),
		code("// `in.code` between 1 and 2"),
		md("again: `imdb1.loss` between 0.28 and 0.30"),
	}}
	got, err := Expectations(n)
	want := map[string]Range{"imdb1.accuracy": {.87, .9}, "imdb1.loss": {.28, .3}, "t.delta": {-1e-3, 250}}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, bad := range []string{"`a.b` between 2 and 1", "`a.b` between 1e999 and 2", "`a.b` between 1 and 2, `a.b` between 1 and 3",
		"`a.b` between 1.2.3 and 4"} {
		if got, err := Expectations(&Notebook{Cells: []Cell{md(bad)}}); err == nil {
			t.Errorf("%s: got %v", bad, got)
		}
	}
	r := Range{1, 2}
	if !r.Holds(1) || !r.Holds(2) || r.Holds(.99) || r.Holds(2.01) {
		t.Error("a range includes its ends and nothing else")
	}
}

func TestNames(t *testing.T) {
	n := &Notebook{Cells: []Cell{
		md("lesson.Result(\"in.text\", 1)"),
		code("%%\nlesson.Result(\"a.x\", 1)\nlesson.Result( \"a.y\",\n\t2)"), code("%%\nlesson.Result(\"a.x\", 1)"),
	}}
	if got := Names(n); !reflect.DeepEqual(got, []string{"a.x", "a.y"}) {
		t.Errorf("got %q", got)
	}
}

const figureJSON = `{"data":[{"type":"scatter","name":"train"},{"name":"validation"}],
	"layout":{"title":{"text":"Loss"},"meta":{"alt":"it falls"},
	"xaxis":{"title":{"text":"epoch"}},"yaxis":{"title":{"text":"loss"}}}}`

func TestFiguresOfAGoodFigure(t *testing.T) {
	cell := shows(figureMIME, figureJSON)
	cell.Outputs[0].Data["text/html"] = json.RawMessage(`"<img alt=\"it falls\" src=\"data:\">"`)
	got, err := Figures(&Notebook{Cells: []Cell{md("x"), cell}})
	want := []Figure{{Cell: 1, Title: "Loss", Alt: "it falls", Types: []string{"scatter", "scatter"}, Named: 2, Legend: true,
		Axes:     []Axis{{Name: "xaxis", Title: "epoch"}, {Name: "yaxis", Title: "loss"}},
		Fallback: `<img alt="it falls" src="data:">`}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v, %v\nwant %+v", got, err, want)
	}
	if faults := got[0].Faults(); len(faults) > 0 {
		t.Errorf("faults %q", faults)
	}
}

func TestFigureFaults(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"no title", `"title":{"text":"Loss"},`, ``, "has no title"},
		{"a title that plotly ignores", `"title":{"text":"Loss"}`, `"title":"Loss"`, "has no title"},
		{"no alternative", `"meta":{"alt":"it falls"},`, ``, "text alternative"},
		{"no axis", `"xaxis":{"title":{"text":"epoch"}},`, ``, "no xaxis title"},
		{"no axis title", `{"text":"epoch"}`, `{"text":" "}`, "no xaxis title"},
		{"an unnamed series", `{"name":"validation"}`, `{}`, "only 1 have names"},
		{"no legend", `"layout":{`, `"layout":{"showlegend":false,`, "no legend"},
		{"one line without a legend", `,{"name":"validation"}`, ``, "no legend"},
		{"no data", `{"type":"scatter","name":"train"},{"name":"validation"}`, ``, "no data"},
	} {
		bad := strings.Replace(figureJSON, c.from, c.to, 1)
		if bad == figureJSON {
			t.Fatalf("%s: nothing was changed", c.name)
		}
		cell := shows(figureMIME, bad)
		cell.Outputs[0].Data["text/html"] = json.RawMessage(`"<img alt=\"x\">"`)
		figures, err := Figures(&Notebook{Cells: []Cell{cell}})
		if err != nil || len(figures) != 1 {
			t.Errorf("%s: %v, %v", c.name, figures, err)
			continue
		}
		if faults := figures[0].Faults(); len(faults) != 1 || !strings.Contains(faults[0], c.want) {
			t.Errorf("%s: faults %q, want one with %q", c.name, faults, c.want)
		}
	}
}

func TestFigureWithoutAxesOrLegend(t *testing.T) {
	for _, data := range []string{
		`{"data":[{"type":"pie"}],"layout":{"title":{"text":"T"},"meta":{"alt":"a"}}}`,
		`{"data":[{"type":"heatmap","name":"n"}],"layout":{"title":{"text":"T"},"meta":{"alt":"a"},
			"xaxis":{"title":{"text":"x"}},"yaxis":{"visible":false}}}`,
	} {
		cell := shows(figureMIME, data)
		figures, err := Figures(&Notebook{Cells: []Cell{cell}})
		if err != nil {
			t.Fatal(err)
		}
		// Only the static picture is missing.
		if faults := figures[0].Faults(); len(faults) != 1 || !strings.Contains(faults[0], "static picture") {
			t.Errorf("%s: faults %q", data, faults)
		}
	}
	for _, bad := range []string{`{"data":1}`, `{"data":[],"layout":{"title":{"text":1}}}`, `{"data":[],"layout":{"xaxis":1}}`} {
		if _, err := Figures(&Notebook{Cells: []Cell{shows(figureMIME, bad)}}); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}
