package rnn

import (
	"github.com/gomlx/gomlx/core/graph"
)

// A step is traced outside of the loop, on stand-ins, where GoMLX can also derive its gradient;
// what was traced is then copied into the loop's body, node by node, with the stand-ins
// replaced. Traced nodes are never computed themselves. Doing it so keeps constants out of the
// body that GoMLX creates once for the whole graph (a value of one function is not seen in
// another), and gradients from walking out of the body.

// standIn returns a leaf of the shape of n, which no other node shares.
func standIn(n node) node { return graph.Identity(graph.ZerosLike(n)) }

func standIns(of nodes) nodes {
	s := make(nodes, len(of))
	for i, n := range of {
		s[i] = standIn(n)
	}
	return s
}

// varying are the nodes that differ from step to step: some, and what depends on them.
type varying map[node]bool

func varyingWith(roots ...nodes) varying {
	v := varying{}
	var g *graph.Graph
	for _, r := range roots {
		for _, n := range r {
			v[n], g = true, n.Graph()
		}
	}
	for _, n := range g.Nodes() { // which are in the order of their making
		for _, input := range n.Inputs() {
			v[n] = v[n] || v[input]
		}
		if !v[n] {
			delete(v, n)
		}
	}
	return v
}

// fixed returns the nodes that do not vary on which the outputs depend directly, in a steady
// order. The places at which stop is true are not looked behind.
func (v varying) fixed(outputs nodes, stop map[node]bool) nodes {
	var found nodes
	seen := map[node]bool{}
	var visit func(n node)
	visit = func(n node) {
		if seen[n] || stop[n] {
			return
		}
		seen[n] = true
		if !v[n] {
			found = append(found, n)
			return
		}
		for _, input := range n.Inputs() {
			visit(input)
		}
	}
	for _, n := range outputs {
		visit(n)
	}
	return found
}

// copies maps traced nodes to their copies in the function that is being built.
type copies map[node]node

func copying(from, to nodes) copies {
	c := copies{}
	c.set(from, to)
	return c
}

func (c copies) set(from, to nodes) {
	for i, n := range from {
		c[n] = to[i]
	}
}

// of returns the copies of nodes, made where they are not there yet. Leaves are their own.
func (c copies) of(ns nodes) nodes {
	out := make(nodes, len(ns))
	for i, n := range ns {
		out[i] = c.one(n)
	}
	return out
}

func (c copies) one(n node) node {
	if made, ok := c[n]; ok {
		return made
	}
	if len(n.Inputs()) == 0 {
		return n
	}
	c[n] = n.CloneWithInputs(c.of(n.Inputs())...)
	return c[n]
}
