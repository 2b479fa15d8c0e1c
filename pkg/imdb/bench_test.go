package imdb

import (
	"os"
	"testing"
)

// realArchive is the archive that SPARSEQ_IMDB names; what needs the real
// reviews is skipped without.
func realArchive(t testing.TB) string {
	t.Helper()
	path := os.Getenv("SPARSEQ_IMDB")
	if path == "" || path == "sample" {
		t.Skip("set SPARSEQ_IMDB to the archive or folder of the real reviews")
	}
	return given(path)
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
