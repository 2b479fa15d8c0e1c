// Command lab works on the lessons, which are the notebooks in notebooks/.
//
//	lab data                      fetch the reviews and prepare them
//	lab lessons [-quick] [00 …]   run lessons, print and record their results
//	lab html [-quick] [00 …]      export run lessons as pages in data/html
//	lab slides [-quick] [00 …]    show run lessons as slides in data/slides
//	lab reset 00 …                put lessons back to the published ones, keep copies
//	lab readme                    fill in the table of results in README.md
//	lab tidy [00 …]               bring the notebooks into their normal form
//
// A lesson is named by its number or its file's name; without names it is all
// of them. The exit status is 0 if all went well.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"sparseq/pkg/lesson"
)

const usage = `lab works on the lessons. Its commands:
  data                     fetch the reviews and prepare them
  lessons [-quick] [00 …]  run lessons, print and record their results
  html [-quick] [00 …]     export run lessons as pages in data/html
  slides [-quick] [00 …]   show run lessons as slides in data/slides
  reset 00 …               put lessons back to the published ones, keep copies
  readme                   fill in the table of results in README.md
  tidy [00 …]              bring the notebooks into their normal form
A lesson is named by its number or its file's name; without names it is all.
`

// lab is the checkout, the data folder and where messages go.
type lab struct {
	root string
	data string
	out  io.Writer // results, for people and programs
	log  *status   // progress, for people

	stepped time.Time // when step last printed a line
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	l := &lab{root: lesson.Root(), data: lesson.Data(), out: os.Stdout, log: newStatus(os.Stderr)}
	err := l.settle()
	if err == nil {
		err = l.run(ctx, os.Args[1:])
	}
	l.log.clear()
	interrupted := ctx.Err() != nil
	stop()
	switch {
	case interrupted:
		fmt.Fprintln(os.Stderr, "lab: interrupted")
		os.Exit(130)
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(os.Stderr, usage)
	case err != nil:
		fmt.Fprintln(os.Stderr, "lab:", err)
		os.Exit(1)
	}
}

// print prints a result.
func (l *lab) print(format string, args ...any) { _, _ = fmt.Fprintf(l.out, format, args...) }

// settle makes the paths absolute that hold in this process's folder: cells
// run in the notebooks' one.
func (l *lab) settle() (err error) {
	if reviews := os.Getenv("SPARSEQ_IMDB"); reviews != "" && reviews != "sample" {
		if reviews, err = filepath.Abs(reviews); err == nil {
			err = os.Setenv("SPARSEQ_IMDB", reviews)
		}
	}
	if err == nil {
		l.root, err = filepath.Abs(l.root)
	}
	if err == nil {
		l.data, err = filepath.Abs(l.data)
	}
	return err
}

// run carries out one command.
func (l *lab) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return flag.ErrHelp
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	quick := new(bool)
	if args[0] == "lessons" || args[0] == "html" || args[0] == "slides" {
		quick = flags.Bool("quick", false, "the quick setting")
	}
	if err := flags.Parse(args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%s: %w", args[0], err)
	}
	takesLessons := map[string]bool{"data": false, "lessons": true, "html": true, "slides": true, "reset": true, "readme": false, "tidy": true}
	takes, known := takesLessons[args[0]]
	switch {
	case !known:
		return fmt.Errorf("%q is no command: data, lessons, html, slides, reset, readme, tidy are", args[0])
	case !takes && flags.NArg() > 0:
		return fmt.Errorf("%s takes no arguments, but got %s", args[0], strings.Join(flags.Args(), " "))
	case args[0] == "data":
		return l.fetch(ctx)
	case args[0] == "readme":
		return l.readme()
	case args[0] == "reset":
		return l.reset(ctx, flags.Args())
	}
	lessons, err := l.choose(flags.Args())
	if err != nil {
		return err
	}
	switch args[0] {
	case "lessons":
		return l.lessons(ctx, lessons, *quick)
	case "html":
		return l.html(ctx, lessons, *quick)
	case "slides":
		return l.slides(ctx, lessons, *quick)
	default:
		return l.tidy(lessons)
	}
}

// lessonFiles are the names of lessons' files, and of copies of them.
const lessonFiles = "[0-9][0-9]-*.ipynb"

// choose finds the lessons with the given numbers or names, all for none.
func (l *lab) choose(names []string) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(l.root, "notebooks", lessonFiles))
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, mine.MatchString)
	if len(all) == 0 {
		return nil, fmt.Errorf("there are no lessons in %s", filepath.Join(l.root, "notebooks"))
	}
	if len(names) == 0 {
		return all, nil
	}
	return chosen(all, names)
}

// chosen are those of the lessons that names name by number or file, in their order.
func chosen(all, names []string) ([]string, error) {
	wanted := map[string]bool{}
	for _, name := range names {
		found := false
		for _, path := range all {
			title := lessonName(path)
			if name == title[:2] || strings.TrimSuffix(filepath.Base(name), ".ipynb") == title {
				wanted[path], found = true, true
			}
		}
		if !found {
			var have []string
			for _, path := range all {
				have = append(have, lessonName(path))
			}
			return nil, fmt.Errorf("there is no lesson %q: there are %s", name, strings.Join(have, ", "))
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(path string) bool { return !wanted[path] }), nil
}

// lessonName is a lesson's file name without its ending: 00-encoding.
func lessonName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), ".ipynb")
}
