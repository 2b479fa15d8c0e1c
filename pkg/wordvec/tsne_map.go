package wordvec

import (
	"fmt"
	"math"
	"slices"
)

// tsneMap is the points of a t-SNE under way. In it q[i,j] is the similarity of two points,
// w[i,j] = 1/(1 + squared distance), as a share of the sum of w over all pairs: what should
// become p[i,j] (equation 4 of the paper).
type tsneMap struct {
	n    int
	p    []float32 // [n × n]
	x, y []float64 // the points' coordinates

	attraction, repulsion, gradient [2][]float64 // of x and of y
	sums                            []float64    // of w, a row
}

func newTSNEMap(p []float32, start [][]float64) *tsneMap {
	n := len(start)
	m := &tsneMap{n: n, p: p, x: make([]float64, n), y: make([]float64, n), sums: make([]float64, n)}
	for i, at := range start {
		m.x[i], m.y[i] = at[0], at[1]
	}
	for axis := range 2 {
		m.attraction[axis], m.repulsion[axis], m.gradient[axis] = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	return m
}

// descend moves the points down the gradient, first with exaggerated attraction and little
// momentum, then without and with more.
func (m *tsneMap) descend(t TSNE) {
	early := min(250, t.Iterations/4)
	m.phase(t, 0, early, exaggeration, .5)
	m.phase(t, early, t.Iterations, 1, .8)
}

// phase does the iterations from first to last, p being multiplied by factor.
func (m *tsneMap) phase(t TSNE, first, last int, factor, momentum float64) {
	var update, gains [2][]float64
	for axis := range 2 {
		update[axis], gains[axis] = make([]float64, m.n), slices.Repeat([]float64{1}, m.n)
	}
	for done := first + 1; done <= last; done++ {
		m.differentiate(factor)
		for axis, coordinate := range [][]float64{m.x, m.y} {
			for i, slope := range m.gradient[axis] {
				g := gain(gains[axis][i], update[axis][i], slope)
				u := momentum*update[axis][i] - t.Rate*g*slope
				update[axis][i], gains[axis][i] = u, g
				coordinate[i] += u
			}
		}
		if t.Progress != nil && (done%50 == 0 || done == t.Iterations) {
			t.Progress(float64(done)/float64(t.Iterations),
				fmt.Sprintf("t-SNE: iteration %d of %d, divergence %.3f", done, t.Iterations, m.divergence()))
		}
	}
}

// gain grows while a coordinate goes on down the slope, and shrinks, not below a hundredth,
// when it has gone too far (Jacobs 1988).
func gain(g, update, slope float64) float64 {
	if update*slope < 0 {
		return g + .2
	}
	return max(.8*g, .01)
}

// differentiate computes the gradient of the divergence by each point (equation 5), of
// which p is multiplied by factor:
//
//	4 Σ_j (factor·p[i,j] - q[i,j]) w[i,j] (point i - point j)
func (m *tsneMap) differentiate(factor float64) {
	inParallel(m.n, m.forces)
	sum := 0.0
	for _, s := range m.sums {
		sum += s
	}
	for axis := range 2 {
		for i := range m.n {
			m.gradient[axis][i] = 4 * (factor*m.attraction[axis][i] - m.repulsion[axis][i]/sum)
		}
	}
}

// forces sums over the pairs of row i what does not need the sum of all pairs. It is where all
// the time goes: one division a pair, no branch, no check of bounds.
func (m *tsneMap) forces(i int) {
	p := m.p[i*m.n : (i+1)*m.n]
	xs, ys := m.x[:len(p)], m.y[:len(p)]
	x, y := xs[i], ys[i]
	var sum, ax, ay, rx, ry float64
	for j, pj := range p {
		dx, dy := x-xs[j], y-ys[j]
		w := 1 / (1 + dx*dx + dy*dy)
		sum += w
		pw, ww := float64(pj)*w, w*w
		ax += pw * dx
		ay += pw * dy
		rx += ww * dx
		ry += ww * dy
	}
	m.sums[i] = sum - 1 // without the point itself
	m.attraction[0][i], m.attraction[1][i] = ax, ay
	m.repulsion[0][i], m.repulsion[1][i] = rx, ry
}

// divergence is the Kullback-Leibler divergence Σ p ln(p/q), in nats, that the descent makes
// small.
func (m *tsneMap) divergence() float64 {
	rows, sums := make([]float64, m.n), make([]float64, m.n)
	inParallel(m.n, func(i int) {
		for j, p := range m.p[i*m.n : (i+1)*m.n] {
			if j == i {
				continue
			}
			dx, dy := m.x[i]-m.x[j], m.y[i]-m.y[j]
			inverse := 1 + dx*dx + dy*dy // of w
			sums[i] += 1 / inverse
			if p > 0 {
				rows[i] += float64(p) * math.Log(float64(p)*inverse)
			}
		}
	})
	divergence, all, total := 0.0, 0.0, 0.0
	for i := range m.n {
		divergence += rows[i]
		all += sums[i]
	}
	for _, p := range m.p {
		total += float64(p) // 1, but for rounding
	}
	return divergence + total*math.Log(all)
}

// centred is the points around their mean, [row][2].
func (m *tsneMap) centred() [][]float64 {
	mx, my := 0.0, 0.0
	for i := range m.n {
		mx += m.x[i] / float64(m.n)
		my += m.y[i] / float64(m.n)
	}
	out := make([][]float64, m.n)
	for i := range out {
		out[i] = []float64{m.x[i] - mx, m.y[i] - my}
	}
	return out
}
