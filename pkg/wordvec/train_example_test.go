package wordvec_test

import (
	"context"
	"fmt"
	"strings"

	"sparseq/pkg/wordvec"
)

func ExampleWord2Vec() {
	var lines []string
	for range 200 {
		lines = append(lines, "the cat and the dog eat", "one and two are three", "a dog or a cat sleeps", "three or two make one")
	}
	corpus, err := wordvec.ReadCorpus(len(lines), func(i int, dst []string) []string {
		return append(dst, strings.Fields(lines[i])...)
	}, 5)
	if err != nil {
		fmt.Println(err)
		return
	}
	model := wordvec.Word2Vec{SkipGram: true, Dim: 20, Sample: 1, Workers: 1}
	v, err := model.Train(context.Background(), corpus)
	if err != nil {
		fmt.Println(err)
		return
	}
	near, _ := v.Nearest("cat", 1, wordvec.Cosine)
	fmt.Printf("%d words, nearest to cat is %s\n", v.Len(), near[0].Word)
	// Output: 13 words, nearest to cat is dog
}

// Made-up vectors of the units royal, female and fruit.
func ExampleVectors_Analogy() {
	v, _ := wordvec.New([]string{"king", "queen", "man", "woman", "apple"},
		[][]float32{{1, 0, 0}, {1, 1, 0}, {.1, 0, .1}, {.1, 1, .1}, {0, .1, 1}})
	answers, _ := v.Analogy("man", "woman", "king", 1, wordvec.CosAdd)
	fmt.Println("man is to woman as king is to", answers[0].Word)
	// Output: man is to woman as king is to queen
}
