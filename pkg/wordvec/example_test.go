package wordvec_test

import (
	"fmt"

	"sparseq/pkg/wordvec"
)

var words = []string{"nice", "pleasant", "horrible", "film"}

// In the first number of these vectors lies what is good, in the second how much it is said of
// films.
var vectors = [][]float32{{.9, .1}, {.8, .2}, {-.9, .1}, {.05, .7}}

func ExampleVectors_Nearest() {
	v, err := wordvec.New(words, vectors)
	if err != nil {
		fmt.Println(err)
		return
	}
	near, _ := v.Nearest("nice", 3, wordvec.Cosine)
	for _, n := range near {
		fmt.Printf("%s %.2f\n", n.Word, n.Distance)
	}
	_, err = v.Nearest("pleazant", 3, wordvec.Cosine)
	fmt.Println(err)
	// Output:
	// pleasant 0.01
	// film 0.82
	// horrible 1.98
	// "pleazant" is none of the 4 words that have a vector; spelt much like it: pleasant
}

func ExamplePCA() {
	y, explained, _ := wordvec.PCA(vectors, 1)
	for i, w := range words {
		fmt.Printf("%s %+.2f\n", w, y[i][0])
	}
	fmt.Printf("%.0f %% of the variance\n", 100*explained[0])
	// Output:
	// nice +0.69
	// pleasant +0.59
	// horrible -1.11
	// film -0.17
	// 89 % of the variance
}

func ExampleVectors_Similarity() {
	v, _ := wordvec.New(words, vectors)
	spearman, used, _ := v.Similarity([]wordvec.Pair{
		{A: "nice", B: "pleasant", Human: 9}, {A: "nice", B: "horrible", Human: 3}, {A: "nice", B: "film", Human: 1}, {A: "nice", B: "Dakar", Human: 0},
	})
	fmt.Printf("%.1f over %d pairs\n", spearman, used)
	// Output: 0.5 over 3 pairs
}
