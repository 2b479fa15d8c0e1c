package show

import (
	"errors"
	"fmt"
	"strconv"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// Animation builds a figure in which each series moves along its points, all in the same time: a head
// with a tail of its last tail points, and behind them the whole path as a thin line. A button
// plays it, a slider goes to any step. A series that has fewer points than others stays where it
// ends. Both axes have the same scale.
//
// Before it is played, and in the picture that stands in its place elsewhere, it shows the end. Of
// long series not every step is a frame.
func Animation(l Labels, tail int, series ...Series) *grob.Fig {
	fig, err := animation(l, tail, series)
	if err != nil {
		fail("Animation", err)
	}
	return fig
}

const (
	mostFrames  = 100 // of an animation: each of them holds the tails
	frameMillis = 60  // from one frame to the next
)

func animation(l Labels, tail int, series []Series) (*grob.Fig, error) {
	if len(series) == 0 {
		return nil, errNoSeries
	}
	if tail < 1 {
		return nil, fmt.Errorf("the tail of an animation has 1 point or more, not %d", tail)
	}
	if l.LogX || l.LogY {
		return nil, errors.New("the axes of an animation are linear: take the logarithm of the values")
	}
	fig := figure(l, names(series)...)
	fig.Layout.Yaxis.Scaleanchor = "x"
	fig.Layout.Hovermode = grob.LayoutHovermodeClosest
	fig.Layout.Height = types.N(mapHeight)
	longest := 0
	moving := make([]Series, len(series))
	for i, s := range series {
		s, err := s.points()
		if err != nil {
			return nil, err
		}
		s.Color = s.color(i)
		moving[i], longest = s, max(longest, len(s.Y))
		fig.AddTraces(&grob.Scatter{Name: types.S(escape(s.Name)), Legendgroup: types.S(escape(s.Name)),
			Mode: grob.ScatterModeLines, X: gaps(s.X), Y: gaps(s.Y), Showlegend: types.False,
			Hoverinfo: types.ArrayOKValue[grob.ScatterHoverinfo]("skip"), Opacity: types.N(.4),
			Line: &grob.ScatterLine{Color: types.C(s.Color), Dash: types.S(s.dash(i)), Width: types.N(1)}})
	}
	var at []int // the traces that a frame changes
	for i, s := range moving {
		line, head := s.moment(longest-1, tail)
		at = append(at, len(fig.Data), len(fig.Data)+1)
		line.Name, line.Legendgroup = types.S(escape(s.Name)), types.S(escape(s.Name))
		line.Showlegend, line.Mode = types.False, grob.ScatterModeLines
		line.Line = &grob.ScatterLine{Color: types.C(s.Color), Width: types.N(3)}
		line.Hoverinfo = types.ArrayOKValue[grob.ScatterHoverinfo]("skip")
		head.Name, head.Legendgroup, head.Mode = line.Name, line.Name, grob.ScatterModeMarkers
		head.Marker = &grob.ScatterMarker{Color: markerColor(s.Color), Size: types.ArrayOKValue(types.N(12)),
			Symbol: types.ArrayOKValue[grob.ScatterMarkerSymbol](symbols[i%len(symbols)])}
		fig.AddTraces(line, head)
	}
	slider := grob.LayoutSlider{Currentvalue: &grob.LayoutSliderCurrentvalue{Prefix: "step "},
		Pad: &grob.LayoutSliderPad{T: types.N(45)}, Len: types.N(.75), X: types.N(.25)}
	for _, step := range frameSteps(longest) {
		frame := grob.Frame{Name: types.S(strconv.Itoa(step + 1)), Traces: at}
		for _, s := range moving {
			line, head := s.moment(step, tail)
			frame.Data = append(frame.Data, line, head)
		}
		fig.Frames = append(fig.Frames, frame)
		slider.Steps = append(slider.Steps, grob.LayoutSliderStep{Label: frame.Name, Method: grob.LayoutSliderStepMethodAnimate,
			Args: []any{[]any{frame.Name}, playing(0)}})
	}
	slider.Active = types.N(float64(len(slider.Steps) - 1))
	fig.Layout.Sliders = []grob.LayoutSlider{slider}
	button := func(label string, frames any, how map[string]any) grob.LayoutUpdatemenuButton {
		return grob.LayoutUpdatemenuButton{Label: types.S(label), Method: grob.LayoutUpdatemenuButtonMethodAnimate, Args: []any{frames, how}}
	}
	fig.Layout.Updatemenus = []grob.LayoutUpdatemenu{{
		Type: grob.LayoutUpdatemenuTypeButtons, Direction: grob.LayoutUpdatemenuDirectionRight, Showactive: types.False,
		X: types.N(0), Y: types.N(0), Xanchor: grob.LayoutUpdatemenuXanchorLeft, Yanchor: grob.LayoutUpdatemenuYanchorTop,
		Pad: &grob.LayoutUpdatemenuPad{T: types.N(60)},
		Buttons: []grob.LayoutUpdatemenuButton{
			button("▶ play", nil, playing(frameMillis)), // all frames
			button("❚❚ stop", []any{nil}, playing(0)),   // none
		}}}
	return fig, nil
}

// playing says how plotly goes on to frames: at once, and with so many milliseconds for each.
func playing(millis float64) map[string]any {
	return map[string]any{"mode": "immediate", "fromcurrent": false,
		"frame":      map[string]any{"duration": millis, "redraw": false},
		"transition": map[string]any{"duration": 0.0}}
}

// frameSteps are the steps of n that are frames: the first, the last, and evenly between.
func frameSteps(n int) []int {
	if n <= mostFrames {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		return all
	}
	return evenly(n, mostFrames)
}

// moment is the tail and the head of a series at a step, from 0.
func (s Series) moment(step, tail int) (line, head *grob.Scatter) {
	step = min(step, len(s.Y)-1)
	from := max(0, step+1-tail)
	return &grob.Scatter{X: gaps(s.X[from : step+1]), Y: gaps(s.Y[from : step+1])},
		&grob.Scatter{X: gaps(s.X[step : step+1]), Y: gaps(s.Y[step : step+1])}
}
