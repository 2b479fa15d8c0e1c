package picture

import (
	"math"
	"slices"
)

// barSeries is a bar trace, or the counts of a histogram trace.
type barSeries struct {
	t      trace
	lying  bool
	at     []float64 // [bar] along the axis on which they stand
	length []float64 // [bar]
	width  float64   // given, or that of the bins; 0: as the figure's gaps say
	floor  float64   // where bars begin on an axis that has no 0; else -Inf
}

// addBars adds all bar and histogram traces, which share the room at each position.
func (ch *chart) addBars(traces []trace) error {
	var all []barSeries
	for _, t := range traces {
		switch t.kind {
		case "bar":
			all = append(all, ch.bars(t))
		case "histogram":
			all = append(all, ch.counts(t))
		}
	}
	mode := str(ch.layout["barmode"])
	if mode == "" {
		mode = "group"
	}
	gap := number(ch.layout["bargap"], .2)
	if len(all) > 0 && all[0].t.kind == "histogram" {
		gap = number(ch.layout["bargap"], 0)
	}
	room := spacing(all) * (1 - gap)
	ends := map[float64][2]float64{} // of the bars stacked so far: upwards and downwards
	abreast := 1.0
	if mode == "group" {
		abreast = float64(len(all))
	}
	for i, s := range all {
		width := room / abreast
		switch {
		case s.t.kind == "histogram":
			width = s.width / abreast
		case s.width > 0:
			width = s.width
		}
		shift := 0.0
		if mode == "group" {
			shift = (float64(i) - (abreast-1)/2) * width
		}
		if err := ch.addBarSeries(s, width, shift, mode == "stack" || mode == "relative", ends); err != nil {
			return err
		}
	}
	return nil
}

func (ch *chart) addBarSeries(s barSeries, width, shift float64, stacked bool, ends map[float64][2]float64) error {
	marker := object(s.t.m["marker"])
	opacity := number(s.t.m["opacity"], 1)
	var rects rectangles
	x, y := make([]float64, len(s.at)), make([]float64, len(s.at))
	for i, at := range s.at {
		x[i], y[i] = math.NaN(), math.NaN()
		if math.IsNaN(at) || math.IsNaN(s.length[i]) {
			continue
		}
		from := 0.0
		if stacked {
			stack, side := ends[at], 0
			if s.length[i] < 0 {
				side = 1
			}
			from = stack[side]
			stack[side] += s.length[i]
			ends[at] = stack
		}
		fill := ch.color(s.t, opacity*number(pick(marker["opacity"], i), 1), pick(marker["color"], i))
		r := rectangle{x0: at + shift - width/2, x1: at + shift + width/2, y0: max(from, s.floor), y1: from + s.length[i], fill: fill}
		x[i], y[i] = at+shift, r.y1
		if s.lying {
			r.x0, r.x1, r.y0, r.y1 = r.y0, r.y1, r.x0, r.x1
			x[i], y[i] = y[i], x[i]
		}
		rects.all = append(rects.all, r)
	}
	value, stand := ch.y, ch.x
	if s.lying {
		value, stand = ch.x, ch.y
	}
	value.zero = true
	stand.tight = stand.tight || s.width > 0 // bins fill the axis
	if len(rects.all) > 0 {
		ch.plot.Add(rects)
	}
	ch.entry(s.t, swatch{ch.color(s.t, opacity*number(pick(marker["opacity"], 0), 1), pick(marker["color"], 0))})
	return ch.addErrorBars(s.t, x, y, axisGray)
}

func (ch *chart) bars(t trace) barSeries {
	s := barSeries{t: t, lying: t.m["orientation"] == "h", width: number(pick(t.m["width"], 0), 0), floor: math.Inf(-1)}
	n := max(len(list(t.m["x"])), len(list(t.m["y"])))
	x := ch.x.values(t.m["x"], n, t.m["x0"], t.m["dx"])
	y := ch.y.values(t.m["y"], n, t.m["y0"], t.m["dy"])
	s.at, s.length = x, y
	value := ch.y
	if s.lying {
		s.at, s.length, value = y, x, ch.x
	}
	n = min(len(s.at), len(s.length))
	s.at, s.length = s.at[:n], s.length[:n]
	if value.log {
		s.floor = lowest(s.length) / 2
	}
	return s
}

// lowest is the smallest of the values that are numbers, 1 if there is none.
func lowest(values []float64) float64 {
	low := math.Inf(1)
	for _, v := range values {
		if !math.IsNaN(v) {
			low = min(low, v)
		}
	}
	if math.IsInf(low, 0) {
		return 1
	}
	return low
}

// spacing is the smallest distance between two positions.
func spacing(all []barSeries) float64 {
	var at []float64
	for _, s := range all {
		for _, x := range s.at {
			if !math.IsNaN(x) {
				at = append(at, x)
			}
		}
	}
	slices.Sort(at)
	at = slices.Compact(at)
	space := math.Inf(1)
	for i := 1; i < len(at); i++ {
		space = min(space, at[i]-at[i-1])
	}
	if math.IsInf(space, 0) {
		return 1
	}
	return space
}
