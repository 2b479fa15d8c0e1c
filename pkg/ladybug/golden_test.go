package ladybug

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// golden is testdata/golden.json: what NumPy gives, as testdata/golden.py has it, which records the versions.
type golden struct {
	Coefficients        []float64
	Course, Noise, Leaf goldenCase
}

type goldenCase struct {
	Points          map[string]Point
	Mean, Deviation float64
	Weights         []Point
	Forecasts       map[string]struct {
		OneStep float64 `json:"one_step"`
		Starts  []int
		UpTo    []float64 `json:"up_to"`
	}
}

const total, size, steps = 20_000, 20, 200

func readGolden(t *testing.T) (g golden) {
	t.Helper()
	file, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// goldenNoise is that of golden.py.
func goldenNoise(points []Point) []Point {
	noisy := make([]Point, len(points))
	for i, p := range points {
		for k := range p {
			noisy[i][k] = p[k] + .05*(float64((2*i+k)*7919%1000)/1000-.5)
		}
	}
	return noisy
}

func TestCourse(t *testing.T) {
	p := Course()
	got := slices.Concat(p.A[:], p.B[:], p.K[:], p.L[:])
	if want := readGolden(t).Coefficients; !slices.Equal(got, want) {
		t.Errorf("coefficients %v, want %v", got, want)
	}
}

func TestNumPy(t *testing.T) {
	g, course := readGolden(t), Course().Points(total)
	for _, c := range []struct {
		name   string
		points []Point
		want   goldenCase
		exact  bool // a linear recurrence gives the walk: what is left of its errors is rounding
	}{
		{"course", course, g.Course, true},
		{"noise", goldenNoise(course), g.Noise, false},
		{"leaf", Leaf{.5, 1.5}.Points(Course(), total), g.Leaf, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for at, want := range c.want.Points {
				var i int
				if _, err := fmt.Sscan(at, &i); err != nil {
					t.Fatal(err)
				}
				near(t, "x of point "+at, c.points[i][0], want[0], 1e-9)
				near(t, "y of point "+at, c.points[i][1], want[1], 1e-9)
			}
			past, future := Split(c.points, .8)
			scale := ScaleOf(past)
			near(t, "mean", scale.Mean, c.want.Mean, 1e-9)
			near(t, "deviation", scale.Deviation, c.want.Deviation, 1e-9)
			past, future = scale.Apply(past), scale.Apply(future)
			ar, err := FitAR(past, size)
			if err != nil {
				t.Fatal(err)
			}
			for k, w := range c.want.Weights {
				tolerance := 1e-6
				if c.exact {
					tolerance = 1e-2 // directions of the least singular values are rounding
				}
				near(t, fmt.Sprint("weight ", k), ar.w[k][0], w[0], tolerance)
				near(t, fmt.Sprint("weight ", k), ar.w[k][1], w[1], tolerance)
			}
			for name, f := range map[string]Forecast{"copy": CopyLast, "extrapolate": Extrapolate, "ar": ar.Next} {
				want := c.want.Forecasts[name]
				starts := Starts(len(future), size, steps, 200)
				if !slices.Equal(starts, want.Starts) {
					t.Errorf("starts %v, want %v", starts, want.Starts)
				}
				one := stat.Mean(OneStep(f, Windows{future, size, 1}), nil)
				errs := RolloutErrors(f, future, starts, size, steps)
				if c.exact && name == "ar" {
					if one > 1e-22 || errs.UpTo(200) > 1e-10 {
						t.Errorf("a recurrence errs by %g at one step, %g over 200", one, errs.UpTo(200))
					}
					continue
				}
				near(t, name+" one step", one, want.OneStep, 1e-6*want.OneStep)
				for k, h := range []int{1, 5, 50, 200} {
					near(t, fmt.Sprint(name, " over ", h), errs.UpTo(h), want.UpTo[k], 1e-4*want.UpTo[k])
				}
			}
		})
	}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %g, want %g within %g", what, got, want, tolerance)
	}
}
