package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"sparseq/pkg/notebook"
)

// measure says what a named result is and what others measured.
type measure struct {
	what      string
	unit      string // "", "s" or "%": written behind the value
	digits    int    // significant ones
	reference string // in Markdown, with whose it is; "" where there is none
}

// measures describes every named result of the lessons.
var measures = map[string]measure{
	"encoding.known_1000":  {"share of unseen reviews' words that the 1,000 commonest cover", "", 3, ""},
	"encoding.known_10000": {"the same, the 10,000 commonest", "", 3, ""},

	"imdb1.accuracy":        {"test accuracy, mean of three trainings", "", 4, "0.8822 (the course, Keras)"},
	"imdb1.lowest_accuracy": {"test accuracy, the worst of them", "", 4, ""},
	"imdb1.rival_accuracy":  {"test accuracy of logistic regression", "", 4, ""},
	"imdb1.loss":            {"test cross-entropy, nats", "", 4, "0.2928 (the course, Keras)"},
	"imdb1.auc":             {"area under the test's ROC curve", "", 4, ""},
	"imdb1.best_epoch":      {"epoch of the least validation loss", "", 1, "2 (the course, Keras)"},
	"imdb1.epoch_seconds":   {"seconds of an epoch of training, without the first", "s", 2, "0.52 to 0.70 s (Keras, JAX), 0.99 to 1.04 s (Keras, TensorFlow): in the same run, with 25,000 reviews for our 22,500"},

	"imdb2.accuracy":               {"test accuracy of single words, mean of three trainings", "", 4, "0.8835 (the course, Keras)"},
	"imdb2.lowest_accuracy":        {"the same, the worst of them", "", 4, ""},
	"imdb2.unmasked_accuracy":      {"test accuracy where the pads count", "", 4, ""},
	"imdb2.bigram_accuracy":        {"test accuracy with pairs of words, mean of three trainings", "", 4, "0.9067 (scikit-learn, TF-IDF of words and pairs, whole reviews)"},
	"imdb2.bigram_lowest_accuracy": {"the same, the worst of them", "", 4, ""},
	"imdb2.shuffled_accuracy":      {"test accuracy with pairs of shuffled words", "", 4, ""},
	"imdb2.best_epoch":             {"epoch of the least validation loss, single words", "", 1, ""},
	"imdb2.epoch_seconds":          {"seconds of an epoch of training on single words, without the first", "s", 2, ""},

	"imdb3.calibration_error": {"how far probabilities are from what was true, validation reviews", "", 2, ""},
	"imdb3.negation_unigrams": {"minimal pairs of negation in order, of 20, by single words", "", 1, "10 (tossing a coin)"},
	"imdb3.negation_bigrams":  {"the same, with pairs of words", "", 1, "10 (tossing a coin)"},
	"imdb3.seconds":           {"a fresh program loads the model and scores a review", "s", 2, ""},

	"imdb4.first_component":      {"share of the learned vectors' variance along their first principal component", "", 4, ""},
	"imdb4.tsne_seconds":         {"seconds of t-SNE, 1,000 words, 1,000 steps", "s", 2, ""},
	"imdb4.tsne_trustworthiness": {"trustworthiness of its map, 10 neighbours", "", 4, ""},
	"imdb4.direction_accuracy":   {"validation accuracy, of each vector its part along that component only", "", 4, ""},
	"imdb4.wordsim":              {"rank correlation with WordSim-353: what the vectors know of meaning", "", 3, ""},

	"word2vec.skipgram_wordsim":          {"rank correlation of skip-gram's vectors with WordSim-353, 75,000 reviews", "", 3, "0.495 (gensim)"},
	"word2vec.skipgram_analogy":          {"Mikolov's analogies answered by them, of those whose words they know", "", 3, "0.247 (gensim)"},
	"word2vec.cbow_wordsim":              {"rank correlation of CBOW's vectors with WordSim-353", "", 3, "0.367 (gensim)"},
	"word2vec.cbow_analogy":              {"analogies answered by them", "", 3, "0.206 (gensim)"},
	"word2vec.skipgram_words_per_second": {"words a second that skip-gram learns from, two cores", "", 3, "287,000 (gensim, two workers, a free machine); in turns, three times, 1.66, 0.87 and 0.76 times gensim"},
	"word2vec.cbow_words_per_second":     {"the same, CBOW", "", 3, "848,000 (gensim, two workers, a free machine); in turns 1.42 and 1.37 times gensim"},
	"word2vec.few_labels_gain":           {"test accuracy that skip-gram's vectors add to a classifier with 200 labels", "", 2, ""},

	"recurrent.gradient_ratio":   {"gradient that reaches 50 steps back, untrained: an LSTM's over a simple cell's", "", 2, ""},
	"recurrent.simple_copy":      {"a letter named after 50 steps, simple cell, mean of three trainings", "", 3, "0.125 (chance)"},
	"recurrent.gru_copy":         {"the same, GRU", "", 3, "0.125 (chance)"},
	"recurrent.lstm_copy":        {"the same, LSTM", "", 3, "0.125 (chance)"},
	"recurrent.lstm_lowest_copy": {"the same, LSTM, the worst of them", "", 3, "0.125 (chance)"},
	"recurrent.simple_short":     {"a letter named after 4 steps, simple cell", "", 3, "0.125 (chance)"},
	"recurrent.trained_gain":     {"gradient that reaches 50 steps back in an LSTM: trained over untrained", "", 2, ""},
	"recurrent.generator_share":  {"memory of a shuffled generator of windows, of that of all windows", "", 2, ""},
	"recurrent.next_rmse":        {"error of the next point of a wave, amplitude 1", "", 2, "0.347 (a straight line)"},
	"recurrent.order_accuracy":   {"which of two letters came first", "", 3, "0.5 (chance)"},
	"recurrent.ball_rmse":        {"error of a bouncing ball's height, m", "", 2, "0.447 (mean of all balls)"},
	"recurrent.reversed_words":   {"words written backwards without a fault", "", 3, "0.002 (left as they are)"},

	"imdb5.accuracy":          {"test accuracy of a GRU of 50 units, mean of three trainings", "", 4, "0.8728 (the course, Keras); 0.864 to 0.869 (Keras, in our hands)"},
	"imdb5.lowest_accuracy":   {"the same, the worst of them", "", 4, ""},
	"imdb5.best_accuracy":     {"test accuracy of the better recurrent model, one training", "", 4, ""},
	"imdb5.shuffled_accuracy": {"test accuracy of the first GRU where the words of the reviews are shuffled", "", 4, ""},
	"imdb5.lstm_accuracy":     {"test accuracy of an LSTM of 50 units, one training", "", 4, ""},
	"imdb5.epoch_seconds":     {"seconds of an epoch of training the GRU, without the first", "s", 2, "22 to 23 s (Keras, TensorFlow), 31 to 34 s (Keras, JAX): with 25,000 reviews for our 22,500, and no buckets"},

	"ladyb1.mse":              {"the same, tanh and a rate that falls, mean of three trainings", "", 2, "1.3e-4, 2.1e-4 (Keras, TensorFlow and JAX, at a rate that stays)"},
	"ladyb1.relu_mse":         {"squared error of the next place, GRU of 200 units as the course has it: relu, a rate that stays, five epochs", "", 2, "5.7e-4 to 2.2e-3 (Keras, in our hands); 5.3e-4 (a straight line)"},
	"ladyb1.tanh_mse":         {"the same, tanh", "", 2, "1.3e-4, 2.1e-4 (Keras, TensorFlow and JAX)"},
	"ladyb1.best_mse":         {"squared error of the next place, the mended GRU of 100 units", "", 2, ""},
	"ladyb1.rollout50":        {"its squared error left alone, mean over 50 steps", "", 2, "1.08 (Keras, tanh); 1.60 (copy)"},
	"ladyb1.rollout200":       {"the same, over 200 steps", "", 2, "2.99 (Keras, tanh); 2.09 (copy)"},
	"ladyb1.noise_gain":       {"error of AR(20) at the next place over that of the mended GRU, a walk with noise", "", 2, ""},
	"ladyb1.leaf_gain":        {"the same, a walk whose speed depends on the place", "", 2, ""},
	"ladyb1.shuffle_flatters": {"a look-up's error split in time, over that where windows are shuffled first", "", 2, ""},
	"ladyb1.scale_flatters":   {"error of a straight line scaled by the past, over that scaled by all", "", 3, ""},
	"ladyb1.epoch_seconds":    {"seconds of an epoch of training the GRU of 200 units, without the first", "s", 2, "5.5 to 6.4 s (Keras, JAX): with 15,980 windows for our 13,952"},
}

// table is the README's table of results, in Markdown, for the lessons in the
// given files. A result without a value or a description is an error.
func table(paths []string, results map[string]float64) (string, error) {
	var b strings.Builder
	b.WriteString("| lesson | result | measured | reference |\n|---|---|---|---|\n")
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			return "", err
		}
		for _, name := range notebook.Names(n) {
			m, ok := measures[name]
			if !ok {
				return "", fmt.Errorf("%s reports %s, which pkg/cmd/lab/table.go does not describe", lessonName(path), name)
			}
			v, ok := results[name]
			if !ok {
				return "", fmt.Errorf("%s of lesson %s was not measured yet: run make lessons", name, lessonName(path))
			}
			fmt.Fprintf(&b, "| [%s](notebooks/%s) | %s (`%s`) | %s | %s |\n",
				lessonName(path), filepath.Base(path), m.what, name, m.format(v), m.reference)
		}
	}
	return b.String(), nil
}

// format writes a value with the measure's digits and unit.
func (m measure) format(v float64) string {
	decimals := m.digits
	if v != 0 {
		decimals = m.digits - 1 - int(math.Floor(math.Log10(math.Abs(v))))
	}
	s := fmt.Sprintf("%.*f", max(0, decimals), v)
	if m.unit != "" {
		s += " " + m.unit
	}
	return s
}
