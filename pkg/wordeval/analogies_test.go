package wordeval

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"sparseq/pkg/wordvec"
)

func TestAnalogies(t *testing.T) {
	r, err := gzip.NewReader(bytes.NewReader(googleQuestions))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(content)); sum != "8c29b3332afc46f3fb8be04cb5297bf96f39aa7131272dff57869b4485b22a36" {
		t.Errorf("the questions' SHA-256 sum is %s", sum)
	}
	questions, err := Analogies()
	if err != nil {
		t.Fatal(err)
	}
	if len(questions) != 19544 {
		t.Errorf("there are %d questions", len(questions))
	}
	sections := map[string]int{}
	for _, q := range questions {
		sections[q.Section]++
	}
	if len(sections) != 14 || sections["family"] != 506 || sections["capital-world"] != 4524 || sections["gram9-plural-verbs"] != 870 {
		t.Errorf("the sections are %v", sections)
	}
	if want := (wordvec.Question{Section: "capital-common-countries", A: "Athens", B: "Greece", C: "Baghdad", D: "Iraq"}); questions[0] != want {
		t.Errorf("the first question is %+v", questions[0])
	}
}

func TestParseAnalogies(t *testing.T) {
	got, err := ParseAnalogies(strings.NewReader(": family\r\nking queen\tman  woman\r\n\n:plural\ncar cars dog dogs"))
	want := []wordvec.Question{{Section: "family", A: "king", B: "queen", C: "man", D: "woman"}, {Section: "plural", A: "car", B: "cars", C: "dog", D: "dogs"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for content, part := range map[string]string{
		"":                                  "no analogy questions",
		": family\n":                        "no analogy questions",
		"king queen man woman\n":            `line 1 of the analogy questions, "king queen man woman", stands before the first section`,
		": f\na b c d\n:  \n":               "line 3 of the analogy questions begins a section without a name",
		": f\nking queen man\n":             `line 2 of the analogy questions, "king queen man", has 3 words instead of 4`,
		": f\na b c d e\n":                  "has 5 words",
		strings.Repeat("\n", 64<<20) + "\n": "more than 67108864 bytes",
	} {
		if _, err := ParseAnalogies(strings.NewReader(content)); err == nil || !strings.Contains(err.Error(), part) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.40q gives %v, want a line with %q", content, err, part)
		}
	}
}

func FuzzParseAnalogies(f *testing.F) {
	for _, s := range []string{": a\nb c d e\n", "b c d e", ":\n", ": a\r\nb c d e f", ": é\nß ß ß ß\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		questions, err := ParseAnalogies(strings.NewReader(s))
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("the error has several lines: %q", err)
			}
			return
		}
		var again strings.Builder
		for _, q := range questions {
			fmt.Fprintf(&again, ": %s\n%s %s %s %s\n", q.Section, q.A, q.B, q.C, q.D)
		}
		same, err := ParseAnalogies(strings.NewReader(again.String()))
		if err == nil && reflect.DeepEqual(same, questions) {
			return
		}
		for _, q := range questions { // a word that begins with a colon reads as a section
			if strings.HasPrefix(q.A, ":") {
				return
			}
		}
		t.Errorf("%+v became %+v, %v", questions, same, err)
	})
}
