package picture

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// okabeIto is the palette where the layout has no colorway.
var okabeIto = []any{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"}

// parseColor reads a CSS colour: #rgb, #rrggbb, #rrggbbaa, rgb(), rgba() or a name.
func parseColor(s string) (color.NRGBA, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if c, ok := colornames.Map[s]; ok {
		return color.NRGBA{R: c.R, G: c.G, B: c.B, A: 0xff}, true
	}
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		if len(hex) == 3 || len(hex) == 4 {
			long := ""
			for _, r := range hex {
				long += string(r) + string(r)
			}
			hex = long
		}
		if len(hex) == 6 {
			hex += "ff"
		}
		n, err := strconv.ParseUint(hex, 16, 32)
		if err != nil || len(hex) != 8 {
			return color.NRGBA{}, false
		}
		return color.NRGBA{R: uint8(n >> 24), G: uint8(n >> 16), B: uint8(n >> 8), A: uint8(n)}, true
	}
	inner, ok := strings.CutPrefix(strings.Replace(s, "rgba(", "rgb(", 1), "rgb(")
	parts := strings.Split(strings.TrimSuffix(inner, ")"), ",")
	if !ok || len(parts) < 3 || len(parts) > 4 {
		return color.NRGBA{}, false
	}
	channel := [4]float64{3: 1}
	for i, part := range parts {
		x, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(x) {
			return color.NRGBA{}, false
		}
		channel[i] = x
	}
	level := func(x float64) uint8 { return uint8(math.Round(max(0, min(255, x)))) }
	return color.NRGBA{R: level(channel[0]), G: level(channel[1]), B: level(channel[2]), A: level(channel[3] * 255)}, true
}

// color is the first of the values that reads as a colour, else the colorway's, faded to the opacity.
func (ch *chart) color(t trace, opacity float64, values ...any) color.NRGBA {
	ways := list(ch.layout["colorway"])
	if len(ways) == 0 {
		ways = okabeIto
	}
	c := color.NRGBA{A: 0xff}
	for _, v := range append(values, ways[t.index%len(ways)]) {
		if parsed, ok := parseColor(str(v)); ok {
			c = parsed
			break
		}
	}
	c.A = uint8(math.Round(float64(c.A) * max(0, min(1, opacity))))
	return c
}

// colorScale maps values between low and high to colours.
type colorScale struct {
	low, high float64
	at        []float64 // [stop], rising from 0 to 1
	colors    []color.NRGBA
	title     string
}

// namedScales are a few of plotly's scales, at equally spaced stops; the rest look like Blues.
var namedScales = map[string][]string{
	"blues":   {"#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b"},
	"greys":   {"#000000", "#ffffff"},
	"reds":    {"#fff5f0", "#fcbba1", "#fb6a4a", "#cb181d", "#67000d"},
	"greens":  {"#00441b", "#238b45", "#74c476", "#c7e9c0", "#f7fcf5"},
	"rdbu":    {"#050aac", "#6a89f7", "#bebebe", "#dcaa84", "#b20a1c"},
	"viridis": {"#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"},
	"cividis": {"#00224e", "#434e6c", "#7d7c78", "#bcaf6f", "#fee838"},
}

// newScale reads plotly's colorscale: a name or pairs of position and colour.
func newScale(v any, reversed bool) *colorScale {
	s := &colorScale{}
	for _, pair := range list(v) {
		if p := list(pair); len(p) == 2 {
			if c, ok := parseColor(str(p[1])); ok {
				s.at, s.colors = append(s.at, number(p[0], 0)), append(s.colors, c)
			}
		}
	}
	if len(s.at) < 2 {
		names, ok := namedScales[strings.ToLower(str(v))]
		if !ok {
			names = namedScales["blues"]
		}
		s.at, s.colors = nil, nil
		for i, name := range names {
			c, _ := parseColor(name)
			s.at, s.colors = append(s.at, float64(i)/float64(len(names)-1)), append(s.colors, c)
		}
	}
	if reversed {
		n := len(s.at)
		at, colors := make([]float64, n), make([]color.NRGBA, n)
		for i := range s.at {
			at[i], colors[i] = 1-s.at[n-1-i], s.colors[n-1-i]
		}
		s.at, s.colors = at, colors
	}
	return s
}

// color is the colour of v.
func (s *colorScale) color(v float64) color.NRGBA {
	x := 0.5
	if s.high > s.low {
		x = max(0, min(1, (v-s.low)/(s.high-s.low)))
	}
	i := 1
	for i < len(s.at)-1 && x > s.at[i] {
		i++
	}
	share := 0.0
	if width := s.at[i] - s.at[i-1]; width > 0 {
		share = max(0, min(1, (x-s.at[i-1])/width))
	}
	a, b := s.colors[i-1], s.colors[i]
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share)) }
	return color.NRGBA{R: mix(a.R, b.R), G: mix(a.G, b.G), B: mix(a.B, b.B), A: mix(a.A, b.A)}
}

// readableOn is black or white, whichever stands out more on c.
func readableOn(c color.NRGBA) color.Color {
	// The weights of sRGB's channels in the luminance (ITU-R BT.709).
	if .2126*float64(c.R)+.7152*float64(c.G)+.0722*float64(c.B) < 128 {
		return color.White
	}
	return color.Black
}
