// Package ladybug makes the walks of a ladybug in a plane, cuts them into windows, and forecasts
// them with methods that need no network: what a network has to beat.
//
//	walk := ladybug.Course().Points(20_000)          // one point every Dt seconds
//	past, future := ladybug.Split(walk, .8)          // in the order of time
//	scale := ladybug.ScaleOf(past)                   // by the past only
//	ar, err := ladybug.FitAR(scale.Apply(past), 20)  // least squares
//	path := ladybug.Rollout(ar.Next, window, 200)    // a closed loop
//
// Points are float64 throughout; the batches for a network are float32.
package ladybug

// Dt is the time from one point of a walk to the next, in seconds.
const Dt = .01

// Point is a place: x and y.
type Point [2]float64
