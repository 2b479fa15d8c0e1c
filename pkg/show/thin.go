package show

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	longSeries = 2000 // points a series may have before some are left out
	thinSeries = 1000 // points that are then left
)

// thin leaves out points of long scatter series, and says so in the subtitle.
func thin(f map[string]any) {
	drawn, total := 0, 0
	for _, t := range f["data"].([]any) {
		trace, ok := t.(map[string]any)
		kind, _ := trace["type"].(string)
		if !ok || kind != "scatter" && kind != "scattergl" && kind != "scatter3d" {
			continue
		}
		x, _ := trace["x"].([]any)
		y, _ := trace["y"].([]any)
		if len(y) <= longSeries || x != nil && len(x) != len(y) {
			continue
		}
		var keep []int
		mode, _ := trace["mode"].(string)
		if kind != "scatter3d" && (mode == "" || strings.Contains(mode, "lines")) {
			keep = largestTriangles(x, y, thinSeries)
		} else {
			keep = withNamed(trace, mode, evenly(len(y), longSeries))
		}
		drawn, total = drawn+len(keep), total+len(y)
		if x == nil {
			trace["x"] = positions(trace, len(y))
		}
		pick(trace, len(y), keep)
	}
	if total == 0 {
		return
	}
	layout := f["layout"].(map[string]any)
	defaults(layout, map[string]any{"title": map[string]any{"subtitle": map[string]any{}}})
	title, _ := layout["title"].(map[string]any)
	if subtitle, ok := title["subtitle"].(map[string]any); ok {
		text, _ := subtitle["text"].(string)
		if text != "" {
			text += "; "
		}
		subtitle["text"] = text + fmt.Sprintf("%s of %s points drawn", group(drawn), group(total))
	}
}

// positions are the x values that plotly gives n points without x: x0, x0+dx, …
func positions(trace map[string]any, n int) []any {
	x0, _ := trace["x0"].(float64)
	dx, ok := trace["dx"].(float64)
	if !ok {
		dx = 1
	}
	out := make([]any, n)
	for i := range out {
		out[i] = x0 + float64(i)*dx
	}
	return out
}

// pick keeps those elements of every list of n, one an point, in m and the maps in it.
func pick(m map[string]any, n int, keep []int) {
	for key, value := range m {
		switch value := value.(type) {
		case map[string]any:
			pick(value, n, keep)
		case []any:
			if len(value) == n {
				out := make([]any, len(keep))
				for i, k := range keep {
					out[i] = value[k]
				}
				m[key] = out
			}
		}
	}
}

// evenly spaces count indices over n.
func evenly(n, count int) []int {
	out := make([]int, count)
	for i := range out {
		out[i] = i * (n - 1) / (count - 1)
	}
	return out
}

// withNamed adds to the indices keep those of the points beside which a name is written.
func withNamed(trace map[string]any, mode string, keep []int) []int {
	names, _ := trace["text"].([]any)
	if !strings.Contains(mode, "text") {
		return keep
	}
	var named []int
	for i, name := range names {
		if name != "" {
			named = append(named, i)
		}
	}
	if len(named) > longSeries {
		return keep
	}
	keep = append(keep, named...)
	slices.Sort(keep)
	return slices.Compact(keep)
}

// largestTriangles chooses count of the points so that the line keeps its look: of each bucket
// the point that spans the largest triangle with the point chosen before it and the mean of the
// bucket after it (Steinarsson, Downsampling Time Series for Visual Representation, 2013).
// A gap in a bucket is kept as well, or the line would close it.
func largestTriangles(x, y []any, count int) []int {
	n := len(y)
	at := func(i int) (px, py float64, ok bool) {
		py, ok = y[i].(float64)
		px = float64(i)
		if x != nil {
			if v, number := x[i].(float64); number {
				px = v
			} else if x[i] == nil {
				ok = false
			}
		}
		return px, py, ok
	}
	edge := func(bucket int) int { return 1 + bucket*(n-2)/(count-2) }
	keep := []int{0}
	px, py, _ := at(0)
	for bucket := range count - 2 {
		start, end := edge(bucket), edge(bucket+1)
		var mx, my, m float64
		for i := end; i < min(n, edge(bucket+2)) || i == end && end < n; i++ {
			if qx, qy, ok := at(i); ok {
				mx, my, m = mx+qx, my+qy, m+1
			}
		}
		if m > 0 {
			mx, my = mx/m, my/m
		}
		best, gap, largest := -1, -1, math.Inf(-1)
		for i := start; i < end; i++ {
			qx, qy, ok := at(i)
			if !ok {
				gap = i
				continue
			}
			if area := math.Abs((px-mx)*(qy-py) - (px-qx)*(my-py)); area > largest {
				best, largest = i, area
			}
		}
		switch {
		case best < 0:
			keep = append(keep, start)
			continue
		case gap >= 0 && gap < best:
			keep = append(keep, gap, best)
		case gap >= 0:
			keep = append(keep, best, gap)
		default:
			keep = append(keep, best)
		}
		px, py, _ = at(best)
	}
	return append(keep, n-1)
}
