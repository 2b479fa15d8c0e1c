package picture

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// vec is a point or a direction in three dimensions.
type vec [3]float64

func (a vec) dot(b vec) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

func (a vec) times(x float64) vec { return vec{a[0] * x, a[1] * x, a[2] * x} }

func (a vec) cross(b vec) vec {
	return vec{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// unit is a with length 1; a must not be 0.
func (a vec) unit() vec { return a.times(1 / math.Sqrt(a.dot(a))) }

// spaceAxis is an axis of three: it places values on an edge of a box around the origin.
type spaceAxis struct {
	*axis
	low, high float64
	half      float64 // of the edge's length
	ticks     []plot.Tick
}

func newSpaceAxis(a *axis) *spaceAxis {
	return &spaceAxis{axis: a, low: math.Inf(1), high: math.Inf(-1)}
}

// include widens the range to hold the values.
func (a *spaceAxis) include(values []float64) {
	for _, v := range values {
		if !math.IsNaN(v) {
			a.low, a.high = min(a.low, v), max(a.high, v)
		}
	}
}

// finish sets the range, the figure's or that of the data, the length of the edge, and the ticks.
func (a *spaceAxis) finish(length float64) {
	p := plot.Axis{Min: a.low, Max: a.high}
	a.tight = a.low < a.high
	a.limit(&p)
	a.low, a.high, a.half = p.Min, p.Max, length/2
	if at := list(a.m["tickvals"]); at != nil {
		a.ticks = a.namedTicks(at, list(a.m["ticktext"]))
	} else if a.categories != nil {
		for i, name := range a.categories {
			a.ticks = append(a.ticks, plot.Tick{Value: float64(i), Label: shorten(PlainText(name), 28)})
		}
	} else {
		a.ticks = roundTicks{}.Ticks(a.low, a.high)
	}
	inside := a.ticks[:0]
	for _, tick := range a.ticks {
		if tick.Value >= a.low && tick.Value <= a.high {
			inside = append(inside, tick)
		}
	}
	a.ticks = inside
}

// place is where a value lies on the edge, from -half to half.
func (a *spaceAxis) place(v float64) float64 {
	if a.high == a.low {
		return 0
	}
	return ((v-a.low)/(a.high-a.low)*2 - 1) * a.half
}

// aspects are the lengths of the box's edges, the longest being 1.
func aspects(scene map[string]any, axes [3]*spaceAxis) vec {
	out := vec{1, 1, 1}
	ratio := object(scene["aspectratio"])
	mode := str(scene["aspectmode"])
	if mode == "" && len(ratio) > 0 {
		mode = "manual"
	}
	if mode == "manual" {
		for i, key := range []string{"x", "y", "z"} {
			out[i] = max(.01, number(ratio[key], 1))
		}
	} else if mode == "data" || mode != "cube" {
		for i, a := range axes {
			if width := a.high - a.low; width > 0 && !math.IsInf(width, 0) {
				out[i] = width
			}
		}
		// As plotly's "auto" does: no edge four times as long as another.
		if longest, shortest := max(out[0], out[1], out[2]), min(out[0], out[1], out[2]); mode != "data" && longest > 4*shortest {
			return vec{1, 1, 1}
		}
	}
	return out.times(1 / max(out[0], out[1], out[2]))
}

// view is an orthographic projection: parallel lines stay parallel, and what is far is not smaller.
type view struct {
	right, up, toEye vec // an orthonormal basis
	scale            float64
	origin           vg.Point
}

// newView looks from the camera's eye at the box, and fits it into the canvas with room for ticks
// and titles.
func newView(camera map[string]any, axes [3]*spaceAxis, c draw.Canvas) *view {
	eye := object(camera["eye"])
	v := &view{toEye: vec{number(eye["x"], 1.25), number(eye["y"], 1.25), number(eye["z"], 1.25)}}
	if flat := math.Hypot(v.toEye[0], v.toEye[1]); !(flat > 1e-6*math.Abs(v.toEye[2])) {
		v.toEye = vec{1e-6, 1e-6, 1} // from straight above, or from nowhere
	}
	v.toEye = v.toEye.times(1 / max(math.Abs(v.toEye[0]), math.Abs(v.toEye[1]), math.Abs(v.toEye[2]))).unit()
	v.right = vec{0, 0, 1}.cross(v.toEye).unit()
	v.up = v.toEye.cross(v.right)
	var width, height float64 // half of what the box covers
	for _, corner := range []vec{{1, 1, 1}, {1, 1, -1}, {1, -1, 1}, {-1, 1, 1}} {
		for i := range corner {
			corner[i] *= axes[i].half
		}
		width, height = max(width, math.Abs(corner.dot(v.right))), max(height, math.Abs(corner.dot(v.up)))
	}
	const beside, above = 60, 34 // pixels for ticks and titles
	w, h := float64(c.Max.X-c.Min.X)/2-beside, float64(c.Max.Y-c.Min.Y)/2-above
	v.scale = max(1, min(w/max(width, 1e-9), h/max(height, 1e-9)))
	v.origin = c.Center()
	return v
}

// point is where p appears on the canvas.
func (v *view) point(p vec) vg.Point {
	return vg.Point{X: v.origin.X + vg.Length(p.dot(v.right)*v.scale), Y: v.origin.Y + vg.Length(p.dot(v.up)*v.scale)}
}

// near says how near p is to the eye: the larger, the nearer.
func (v *view) near(p vec) float64 { return p.dot(v.toEye) }

// farCorner is the corner of the box in which the three planes meet that lie behind the points.
func (v *view) farCorner(axes [3]*spaceAxis) vec {
	var corner vec
	for i, a := range axes {
		corner[i] = math.Copysign(a.half, -v.toEye[i])
	}
	return corner
}
