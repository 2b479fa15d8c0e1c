package picture

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg/draw"
)

// A view is a rotation: it keeps lengths, what is above stays above, and the far corner is farthest.
func TestView(t *testing.T) {
	for _, eye := range []map[string]any{
		{"x": 1.25, "y": 1.25, "z": 1.25}, {"x": -2., "y": .1, "z": .5}, {"x": 0., "y": 0., "z": 2.}, {"x": 1., "y": -1., "z": -1.}, {},
	} {
		axes := [3]*spaceAxis{{half: .5}, {half: .5}, {half: .5}}
		var v *view
		var corners []vec
		_, err := onCanvas(map[string]any{}, func(c draw.Canvas) error {
			v = newView(map[string]any{"eye": eye}, axes, c)
			for i := range 8 {
				corner := vec{.5, .5, .5}
				for k := range corner {
					if i>>k&1 == 1 {
						corner[k] = -.5
					}
				}
				corners = append(corners, corner)
				if p := v.point(corner); p.X < c.Min.X || p.X > c.Max.X || p.Y < c.Min.Y || p.Y > c.Max.Y {
					t.Errorf("eye %v: the corner %v lies off the canvas, at %v", eye, corner, p)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range []vec{v.right, v.up, v.toEye} {
			for _, b := range []vec{v.right, v.up, v.toEye} {
				want := 0.
				if a == b {
					want = 1
				}
				if got := a.dot(b); math.Abs(got-want) > 1e-9 {
					t.Errorf("eye %v: %v · %v = %v", eye, a, b, got)
				}
			}
		}
		if v.right.cross(v.up).dot(v.toEye) < 0 {
			t.Errorf("eye %v: a mirror image", eye)
		}
		if v.up[2] < -1e-9 {
			t.Errorf("eye %v: upside down", eye)
		}
		far := v.farCorner(axes)
		for _, corner := range corners {
			if v.near(corner) < v.near(far)-1e-9 {
				t.Errorf("eye %v: %v is farther than %v", eye, corner, far)
			}
		}
	}
}

// Near points are drawn over far ones, whatever their order and their traces.
func TestFarPointsFirst(t *testing.T) {
	svg := string(SVG(parse(t, `{"data":[
		{"type":"scatter3d","mode":"markers","x":[1,-1],"y":[1,-1],"z":[1,-1],"marker":{"color":["#aa0000","#00aa00"]}},
		{"type":"scatter3d","mode":"markers","x":[0],"y":[0],"z":[0],"marker":{"color":"#0000aa"}}]}`)))
	near, far, middle := strings.Index(svg, "#AA0000"), strings.Index(svg, "#00AA00"), strings.Index(svg, "#0000AA")
	if far < 0 || middle < far || near < middle {
		t.Errorf("far at %d, middle at %d, near at %d", far, middle, near)
	}
}

// The box has the proportions that plotly's aspect modes ask for.
func TestAspects(t *testing.T) {
	axes := [3]*spaceAxis{{low: 0, high: 4}, {low: 0, high: 2}, {low: 1, high: 2}}
	wide := [3]*spaceAxis{{low: 0, high: 5}, {low: 0, high: 2}, {low: 1, high: 2}}
	for _, tt := range []struct {
		scene string
		axes  [3]*spaceAxis
		want  vec
	}{
		{`{"aspectmode":"cube"}`, axes, vec{1, 1, 1}},
		{`{"aspectmode":"data"}`, wide, vec{1, .4, .2}},
		{`{}`, axes, vec{1, .5, .25}},
		{`{}`, wide, vec{1, 1, 1}},
		{`{"aspectratio":{"x":1,"y":2,"z":1}}`, wide, vec{.5, 1, .5}},
	} {
		got := aspects(parse(t, tt.scene), tt.axes)
		for i := range got {
			if math.Abs(got[i]-tt.want[i]) > 1e-12 {
				t.Errorf("%s: %v, want %v", tt.scene, got, tt.want)
				break
			}
		}
	}
}

// A label stands on the side of its point that its position says, clear of the marker.
func TestLabelSides(t *testing.T) {
	for position, want := range map[string]label{
		"top left": {dx: -1, dy: 1}, "bottom right": {dx: 1, dy: -1}, "middle center": {}, "": {}, "top center": {dy: 1},
	} {
		l, ok := newLabel(trace{m: parse(t, `{"mode":"markers+text","text":"a","textposition":"`+position+`","marker":{"size":10}}`)}, 0, 1, 2)
		if !ok || l.dx != want.dx || l.dy != want.dy || l.away != 5 {
			t.Errorf("%q: %+v", position, l)
		}
	}
	if _, ok := newLabel(trace{m: parse(t, `{"text":["a"]}`)}, 0, math.NaN(), 2); ok {
		t.Error("a label at no place")
	}
}
