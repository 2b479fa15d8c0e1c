package picture

import (
	"math"
	"slices"
)

// barSeries is a bar trace, or the counts of a histogram trace.
type barSeries struct {
	t         trace
	lying     bool
	at        []float64 // [bar] along the axis on which they stand
	length    []float64 // [bar]
	width     float64   // of its bins; 0: as the figure's gaps say
	baseStart float64
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
	for i, s := range all {
		width, shift := room, 0.0
		if mode == "group" {
			width = room / float64(len(all))
			shift = (float64(i) - float64(len(all)-1)/2) * width
		}
		if s.width > 0 {
			width = s.width
			if mode == "group" && len(all) == 1 {
				shift = 0
			}
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
		from := s.baseStart
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
		r := rectangle{x0: at + shift - width/2, x1: at + shift + width/2, y0: from, y1: from + s.length[i], fill: fill}
		x[i], y[i] = at+shift, r.y1
		if s.lying {
			r.x0, r.x1, r.y0, r.y1 = r.y0, r.y1, r.x0, r.x1
			x[i], y[i] = y[i], x[i]
		}
		rects.all = append(rects.all, r)
	}
	if s.lying {
		ch.x.zero, ch.y.tight = true, true
	} else {
		ch.y.zero, ch.x.tight = true, true
	}
	if len(rects.all) > 0 {
		ch.plot.Add(rects)
	}
	ch.entry(s.t, swatch{ch.color(s.t, opacity*number(pick(marker["opacity"], 0), 1), pick(marker["color"], 0))})
	return ch.addErrorBars(s.t, x, y, axisGray)
}

func (ch *chart) bars(t trace) barSeries {
	s := barSeries{t: t, lying: t.m["orientation"] == "h", width: number(pick(t.m["width"], 0), 0)}
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
		s.baseStart = lowest(s.length) / 2 // 0 is not on the axis
		for i := range s.length {
			s.length[i] -= s.baseStart
		}
	}
	return s
}

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

// counts makes the bars of a histogram trace: counts, or shares where histnorm asks for them.
func (ch *chart) counts(t trace) barSeries {
	key, a := "x", ch.x
	s := barSeries{t: t}
	if t.m["x"] == nil && t.m["y"] != nil {
		s.lying, key, a = true, "y", ch.y
	}
	var values []float64
	for _, v := range a.values(t.m[key], 0, nil, nil) {
		if !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return s
	}
	low, width, bins := ch.bins(t, values, a)
	s.width = width
	s.at, s.length = make([]float64, bins), make([]float64, bins)
	for b := range s.at {
		s.at[b] = low + (float64(b)+.5)*width
	}
	for _, v := range values {
		if b := int((v - low) / width); v >= low && (b < bins || v == low+width*float64(bins)) {
			s.length[min(b, bins-1)]++
		}
	}
	norm := 1.0
	switch str(t.m["histnorm"]) {
	case "percent":
		norm = 100 / float64(len(values))
	case "probability":
		norm = 1 / float64(len(values))
	case "density":
		norm = 1 / width
	case "probability density":
		norm = 1 / width / float64(len(values))
	}
	for b := range s.length {
		s.length[b] *= norm
	}
	return s
}

// bins chooses the bins of a histogram: those given, else about as many as asked for.
func (ch *chart) bins(t trace, values []float64, a *axis) (low, width float64, count int) {
	low, high := slices.Min(values), slices.Max(values)
	if a.categories != nil {
		return -.5, 1, len(a.categories)
	}
	given := object(t.m["xbins"])
	if a == ch.y {
		given = object(t.m["ybins"])
	}
	if size := number(given["size"], 0); size > 0 {
		low, high = number(given["start"], math.Floor(low/size)*size), number(given["end"], high)
		return low, size, int(min(2000, max(1, math.Ceil((high-low)/size))))
	}
	wanted := number(t.m["nbinsx"], number(t.m["nbinsy"], 0))
	if wanted < 1 {
		wanted = min(100, max(1, math.Ceil(2*math.Cbrt(float64(len(values)))))) // the Rice rule
	}
	if low == high {
		return low - .5, 1, 1
	}
	wanted = min(2000, math.Ceil(wanted))
	return low, (high - low) / wanted, int(wanted)
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
