package imdb_test

import (
	"fmt"
	"os"
	"strings"

	"sparseq/pkg/imdb"
)

func ExampleLoad() {
	defer os.Setenv("SPARSEQ_IMDB", os.Getenv("SPARSEQ_IMDB"))
	os.Setenv("SPARSEQ_IMDB", "sample") // leave this out for the real reviews

	corpus, err := imdb.Load(imdb.Options{Vocabulary: 200, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(corpus.Source)
	fmt.Println(corpus.Train.Len(), corpus.Validation.Len(), corpus.Test.Len())
	fmt.Println(corpus.Train.Text(0))
	fmt.Println(corpus.Train.IDs(0)[:8], corpus.Train.Labels[0])
	fmt.Println(strings.Join(corpus.Vocabulary.Decode(corpus.Train.IDs(0)[:8]), " "))
	fmt.Printf("%.2f of the words are known\n", corpus.Coverage(200)[0])
	// Output:
	// bundled sample of 660 short generated reviews, NOT the IMDB data (as SPARSEQ_IMDB=sample asks)
	// 396 44 220
	// Yes, the last half hour is just right; even so, I was bored every minute. The photography is a blur.
	// [1 84 4 38 32 149 5 2] 0
	// <start> yes the last half hour is <unknown>
	// 0.82 of the words are known
}
