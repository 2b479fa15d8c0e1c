package score

import (
	"errors"

	"gonum.org/v1/gonum/integrate"
	"gonum.org/v1/gonum/stat"
)

// ROC returns the receiver operating characteristic: for each threshold, falling from +Inf,
// the share of the rows of label 0 (fpr, false alarms) and of label 1 (tpr, hits) whose
// probability is at least the threshold. Equal probabilities are one point. Both labels must
// occur.
func ROC[P Probability, L Label](probabilities []P, labels []L) (fpr, tpr, thresholds []float64, err error) {
	if err := check(probabilities, labels); err != nil {
		return nil, nil, nil, err
	}
	y, classes := make([]float64, len(labels)), make([]bool, len(labels))
	ones := 0
	for i, p := range probabilities {
		y[i], classes[i] = float64(p), labels[i] == 1
		if classes[i] {
			ones++
		}
	}
	if ones == 0 || ones == len(labels) {
		return nil, nil, nil, errors.New("an ROC curve needs rows of both labels: here all have the same")
	}
	stat.SortWeightedLabeled(y, classes, nil)
	tpr, fpr, thresholds = stat.ROC(nil, y, classes, nil)
	return fpr, tpr, thresholds, nil
}

// AUC returns the area under the ROC curve: the chance that a row of label 1 has a higher
// probability than one of label 0, equal ones counting half (Hanley and McNeil 1982). 0.5 is
// guessing. Both labels must occur.
func AUC[P Probability, L Label](probabilities []P, labels []L) (float64, error) {
	fpr, tpr, _, err := ROC(probabilities, labels)
	if err != nil {
		return 0, err
	}
	return integrate.Trapezoidal(fpr, tpr), nil
}
