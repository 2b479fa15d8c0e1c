package fit

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Expect is an error where the run was trained with other notes than those given, such as
// another vocabulary: its weights would then be asked about ids of which they know nothing,
// and answer all the same. Notes that are not given may be anything.
func (r *Run) Expect(notes map[string]any) error {
	for _, key := range slices.Sorted(maps.Keys(notes)) {
		want, err := written(notes[key])
		if err != nil {
			return fmt.Errorf("the note %q: %w", key, err)
		}
		noted, ok := r.Settings.Notes[key]
		got, err := written(noted)
		if err != nil {
			return fmt.Errorf("the note %q: %w", key, err)
		}
		if ok && got == want {
			continue
		}
		if !ok {
			got = "unknown"
		}
		return fmt.Errorf("the run %q was trained with other settings: its %s is %s, here it is %s: %s",
			r.name(), key, got, want, r.again())
	}
	return nil
}

// written is a value as JSON, the keys of its objects in alphabetical order: so a struct is
// the same as the map that it comes back as.
func written(v any) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		return "", err
	}
	text, err = json.Marshal(plain)
	return string(text), err
}
