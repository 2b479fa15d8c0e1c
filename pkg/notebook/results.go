package notebook

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// MIME types that package lesson emits beside what the learner sees.
const (
	resultsMIME = "application/vnd.sparseq.results+json"
	checkMIME   = "application/vnd.sparseq.check+json"
)

// Results collects the named results of an executed notebook.
// A name reported twice with different values is an error.
func Results(n *Notebook) (map[string]float64, error) {
	results := map[string]float64{}
	for i := range n.Cells {
		for _, o := range n.Cells[i].Outputs {
			raw, ok := o.Data[resultsMIME]
			if !ok {
				continue
			}
			var values map[string]float64
			if err := json.Unmarshal(raw, &values); err != nil {
				return nil, fmt.Errorf("cell %d reports a result that is not a name and a number: %w", i+1, err)
			}
			for name, v := range values {
				if old, twice := results[name]; twice && old != v {
					return nil, fmt.Errorf("cell %d reports %s = %g, but an earlier cell %g", i+1, name, v, old)
				}
				results[name] = v
			}
		}
	}
	return results, nil
}

// Check is the outcome of one exercise's check.
type Check struct {
	Exercise string `json:"exercise"`
	Passed   bool   `json:"passed"`
	Cell     int    `json:"-"` // the cell's index
}

// Checks collects the outcomes of the exercises' checks, in order.
func Checks(n *Notebook) ([]Check, error) {
	var checks []Check
	for i := range n.Cells {
		for _, o := range n.Cells[i].Outputs {
			raw, ok := o.Data[checkMIME]
			if !ok {
				continue
			}
			c := Check{Cell: i}
			if err := json.Unmarshal(raw, &c); err != nil {
				return nil, fmt.Errorf("cell %d reports a check that is not an exercise and its outcome: %w", i+1, err)
			}
			checks = append(checks, c)
		}
	}
	return checks, nil
}

// Range is what a lesson promises about a result: Min <= value <= Max.
type Range struct{ Min, Max float64 }

// Holds tells whether v lies in the range.
func (r Range) Holds(v float64) bool { return v >= r.Min && v <= r.Max }

func (r Range) String() string { return fmt.Sprintf("between %g and %g", r.Min, r.Max) }

var expectation = regexp.MustCompile(
	"`([a-z0-9]+(?:[._][a-z0-9]+)*)`\\s+(?:is\\s+|lies\\s+)?between\\s+([-−]?[0-9][0-9.eE+-]*)\\s+and\\s+([-−]?[0-9][0-9.eE+-]*)")

// Expectations reads the promises "`name` between A and B" out of the
// lesson's Markdown. A range that is empty or given twice is an error.
func Expectations(n *Notebook) (map[string]Range, error) {
	ranges := map[string]Range{}
	for i := range n.Cells {
		if n.Cells[i].Type != Markdown {
			continue
		}
		for _, m := range expectation.FindAllStringSubmatch(n.Cells[i].Source, -1) {
			lo, err1 := number(m[2])
			hi, err2 := number(m[3])
			r := Range{lo, hi}
			if err1 != nil || err2 != nil || lo > hi {
				return nil, fmt.Errorf("cell %d promises %q, which is not a range", i+1, m[0])
			}
			if old, twice := ranges[m[1]]; twice && old != r {
				return nil, fmt.Errorf("cell %d promises %s %v, but an earlier cell %v", i+1, m[1], r, old)
			}
			ranges[m[1]] = r
		}
	}
	return ranges, nil
}

// number parses a number as prose writes it: a full stop that ends the
// sentence is no part of it, and the minus sign may be typographic.
func number(s string) (float64, error) {
	for len(s) > 0 && (s[len(s)-1] == '.' || s[len(s)-1] == '-') {
		s = s[:len(s)-1]
	}
	if len(s) > 3 && s[:3] == "−" {
		s = "-" + s[3:]
	}
	v, err := strconv.ParseFloat(s, 64)
	if err == nil && math.IsInf(v, 0) {
		err = strconv.ErrRange
	}
	return v, err
}

var resultCall = regexp.MustCompile(`lesson\.Result\(\s*"([^"\n]*)"`)

// Names lists the results that the lesson's code reports, in order of
// appearance. Their names are string literals: [Lint] requires it.
func Names(n *Notebook) []string {
	var names []string
	seen := map[string]bool{}
	for i := range n.Cells {
		if n.Cells[i].Type != Code {
			continue
		}
		for _, m := range resultCall.FindAllStringSubmatch(n.Cells[i].Source, -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				names = append(names, m[1])
			}
		}
	}
	return names
}
