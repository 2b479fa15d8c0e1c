package imdb

import (
	"os"
	"testing"

	"sparseq/pkg/checkout"
	"sparseq/pkg/text"
)

// realArchive is the archive that SPARSEQ_IMDB names; what needs the real
// reviews is skipped without.
func realArchive(t testing.TB) string {
	t.Helper()
	path := os.Getenv("SPARSEQ_IMDB")
	if path == "" || path == "sample" {
		t.Skip("set SPARSEQ_IMDB to the archive or folder of the real reviews")
	}
	return checkout.Locate(path)
}

// BenchmarkFirstLoad reads, tokenises and encodes the 50,000 labelled reviews
// of the archive and fills the cache.
func BenchmarkFirstLoad(b *testing.B) {
	path := realArchive(b)
	b.Setenv("SPARSEQ_IMDB", path)
	for b.Loop() {
		if _, err := Load(Options{Dir: b.TempDir()}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoad is what each cell of a lesson waits for.
func BenchmarkLoad(b *testing.B) {
	path := realArchive(b)
	b.Setenv("SPARSEQ_IMDB", path)
	dir := b.TempDir()
	if _, err := Load(Options{Dir: dir}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(Options{Dir: dir}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPadded is a load and the test set as an array [25000, 256].
func BenchmarkPadded(b *testing.B) {
	path := realArchive(b)
	b.Setenv("SPARSEQ_IMDB", path)
	dir := b.TempDir()
	if _, err := Load(Options{Dir: dir}); err != nil {
		b.Fatal(err)
	}
	const width = 256
	for b.Loop() {
		c, err := Load(Options{Dir: dir})
		if err != nil {
			b.Fatal(err)
		}
		x := make([]int32, c.Test.Len()*width)
		for i := range c.Test.Len() {
			text.PadRight(x[i*width:(i+1)*width], c.Test.IDs(i))
		}
	}
}
