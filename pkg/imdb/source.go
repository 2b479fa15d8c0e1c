package imdb

import "fmt"

// Source says where the reviews are from.
type Source struct {
	Name   string // "IMDB reviews from aclImdb_v1.tar.gz"
	Sample bool   // they are the bundled sample, not IMDB's
	Remark string // what to know about it, "" if nothing
}

// String is one line to show beside every result.
func (s Source) String() string {
	if s.Remark == "" {
		return s.Name
	}
	return fmt.Sprintf("%s (%s)", s.Name, s.Remark)
}
