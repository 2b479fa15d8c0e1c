package imdb

import (
	"testing"
)

// TestRealReviews checks what is known of the real reviews.
func TestRealReviews(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	path := realArchive(t)
	dir := t.TempDir()
	c := mustLoad(t, newLoader(Options{Dir: dir}), path)
	if c.Source.Sample || c.Train.Len() != 22_500 || c.Validation.Len() != 2_500 || c.Test.Len() != 25_000 || c.Vocabulary.Len() != 10_000 {
		t.Errorf("%s: %d + %d + %d reviews, %d ids", c.Source, c.Train.Len(), c.Validation.Len(), c.Test.Len(), c.Vocabulary.Len())
	}
	// Comparing the bytes of the files finds the same 123.
	if c.Duplicates != 123 {
		t.Errorf("%d duplicates, want 123", c.Duplicates)
	}
	if share := c.Coverage(10_000)[0]; share < .93 || share > .96 {
		t.Errorf("10,000 ids know %.3f of the words", share)
	}
	shortest, longest := 1<<30, 0
	for _, s := range []Split{c.Train, c.Validation, c.Test} {
		positive := 0
		for i := range s.Len() {
			shortest, longest = min(shortest, s.Length(i)), max(longest, s.Length(i))
			if positive += int(s.Labels[i]); (s.Stars(i) > 5) != (s.Labels[i] == 1) {
				t.Fatalf("label %g, %d stars: %s", s.Labels[i], s.Stars(i), s.Text(i))
			}
		}
		if 2*positive != s.Len() {
			t.Errorf("%d of %d are positive", positive, s.Len())
		}
	}
	if shortest < 4 || shortest > 12 || longest < 2300 || longest > 2600 {
		t.Errorf("%d to %d words", shortest, longest)
	}
	wantSame(t, mustLoad(t, newLoader(Options{Dir: dir}), path), c)
}
