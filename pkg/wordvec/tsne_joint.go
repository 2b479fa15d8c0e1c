package wordvec

import "math"

// jointProbabilities are t-SNE's p, [row × row], symmetric, 0 for a row with itself, 1 in sum:
// p[i,j] = (p(j|i) + p(i|j)) / 2n, where p(j|i) falls with the distance as a Gaussian around i
// does, as wide as makes its perplexity the one asked for (equations 1 and 2 of the paper).
func jointProbabilities(x [][]float32, perplexity float64) []float32 {
	n := len(x)
	p := make([]float32, n*n)
	inParallel(n, func(i int) {
		d := make([]float64, 0, n-1)
		for j := range x {
			if j != i {
				d = append(d, squaredDistance(x[i], x[j]))
			}
		}
		neighbours(d, perplexity)
		row := p[i*n : (i+1)*n]
		for j, q := range d[:i] {
			row[j] = float32(q / float64(2*n))
		}
		for j, q := range d[i:] {
			row[i+1+j] = float32(q / float64(2*n))
		}
	})
	for i := range n {
		for j := range i {
			sum := p[i*n+j] + p[j*n+i]
			p[i*n+j], p[j*n+i] = sum, sum
		}
	}
	return p
}

// neighbours replaces squared distances by the probabilities of a Gaussian with the perplexity
// asked for: its precision is found by bisection. Where more rows than that are at the same
// least distance, they share alike.
func neighbours(d []float64, perplexity float64) {
	least, mean := d[0], 0.0
	for _, a := range d {
		least = min(least, a)
	}
	for i := range d {
		d[i] -= least // which changes no probability, and keeps their sum off 0
		mean += d[i] / float64(len(d))
	}
	if mean == 0 {
		mean = 1
	}
	want := math.Log(perplexity)
	precision, low, high := 1/mean, 0.0, math.Inf(1)
	for range 100 {
		sum, weighted := 0.0, 0.0
		for _, a := range d {
			e := math.Exp(-a * precision)
			sum += e
			weighted += a * e
		}
		entropy := math.Log(sum) + precision*weighted/sum
		if math.Abs(entropy-want) < 1e-9 {
			break
		}
		if entropy > want {
			low = precision
			if math.IsInf(high, 1) {
				precision *= 2
				continue
			}
		} else {
			high = precision
		}
		precision = (low + high) / 2
	}
	sum := 0.0
	for i, a := range d {
		d[i] = math.Exp(-a * precision)
		sum += d[i]
	}
	for i := range d {
		d[i] /= sum
	}
}
