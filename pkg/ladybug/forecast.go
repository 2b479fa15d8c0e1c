package ladybug

// Forecast is the next point after a window.
type Forecast func(window []Point) Point

// CopyLast says that the ladybug stays where it is.
func CopyLast(window []Point) Point { return window[len(window)-1] }

// Extrapolate says that the next step is as the last one: 2·p(t) − p(t−1), a straight line. The
// window has two points or more.
func Extrapolate(window []Point) Point {
	last, before := window[len(window)-1], window[len(window)-2]
	return Point{2*last[0] - before[0], 2*last[1] - before[1]}
}

// Rollout is the path that a forecast makes when it is left alone: each point that it says becomes
// the last of the window for the next, whose first is dropped.
func Rollout(f Forecast, window []Point, steps int) []Point {
	all := append(make([]Point, 0, len(window)+steps), window...)
	for i := range steps {
		all = append(all, f(all[i:i+len(window)]))
	}
	return all[len(window):]
}

// Starts are the first points of count windows of the size given, spread evenly over n points, so
// that horizon points follow each. There are fewer where n has no room for so many.
func Starts(n, size, horizon, count int) []int {
	last := n - size - horizon
	count = min(count, last+1)
	if count < 1 {
		return nil
	}
	starts := make([]int, count)
	for i := range starts {
		if count > 1 {
			starts[i] = int(float64(i) * (float64(last) / float64(count-1)))
		}
	}
	if count > 1 {
		starts[count-1] = last
	}
	return starts
}
