package notebooks_test

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"sparseq/pkg/notebook"
)

// shared lists the declarations that stand in a lesson's cell, to be read, and in a package,
// to be used by other lessons.
var shared = []struct {
	lesson string
	names  []string // a method as "Type.Method"
	file   string   // of the package
}{
	{"01-imdb1-onehot.ipynb", []string{"MultiHot", "MultiHot.Logistic", "MultiHot.Network"}, "../pkg/sentiment/multihot.go"},
	{"02-imdb2-embedding.ipynb", []string{"nodes", "Mean", "Mean.Model"}, "../pkg/sentiment/mean.go"},
	{"08-imdb5-recurrent.ipynb", []string{"Recurrent", "Recurrent.vectors", "Recurrent.read", "Recurrent.Model", "Recurrent.BothWays", "Recurrent.Running"}, "../pkg/sentiment/recurrent.go"},
}

// TestSharedDeclarations holds cells and packages the same, word for word.
func TestSharedDeclarations(t *testing.T) {
	for _, s := range shared {
		n, err := notebook.Read(s.lesson)
		if err != nil {
			t.Error(err)
			continue
		}
		var cells []string
		for _, c := range n.Cells {
			if c.Type == notebook.Code {
				cells = append(cells, c.Source)
			}
		}
		file, err := os.ReadFile(s.file)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, fault := range differences(cells, string(file), s.names) {
			t.Errorf("%s and %s: %s", s.lesson, strings.TrimPrefix(s.file, "../"), fault)
		}
	}
}

// differences says which of the named declarations are not the same in a lesson's cells and in
// a package's file. Comments above a declaration may differ, those inside it may not.
func differences(cells []string, file string, names []string) (faults []string) {
	inCells := map[string][]string{}
	for i, cell := range cells {
		// What follows %% is the body of main; the kernel's own commands begin with % or !.
		lines := []string{"package lesson"}
		for _, line := range strings.Split(cell, "\n") {
			if strings.HasPrefix(line, "%%") {
				break
			}
			if !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "!") {
				lines = append(lines, line)
			}
		}
		if err := declarations(strings.Join(lines, "\n"), inCells); err != nil {
			faults = append(faults, fmt.Sprintf("code cell %d: %v", i+1, err))
		}
	}
	inFile := map[string][]string{}
	if err := declarations(file, inFile); err != nil {
		faults = append(faults, fmt.Sprintf("the package: %v", err))
	}
	for _, name := range names {
		switch a, b := inCells[name], inFile[name]; {
		case len(a) != 1:
			faults = append(faults, fmt.Sprintf("the lesson declares %s %d times", name, len(a)))
		case len(b) != 1:
			faults = append(faults, fmt.Sprintf("the package declares %s %d times", name, len(b)))
		case a[0] != b[0]:
			faults = append(faults, fmt.Sprintf("%s differs: the lesson has\n%s\nthe package\n%s", name, a[0], b[0]))
		}
	}
	return faults
}

// declarations adds to found the types and functions that Go source declares, by name, as
// gofmt writes them, without the comments above.
func declarations(source string, found map[string][]string) error {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, "", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	add := func(name, keyword string, n ast.Node) error {
		from, to := files.Position(n.Pos()).Offset, files.Position(n.End()).Offset
		text, err := format.Source([]byte(keyword + source[from:to]))
		found[name] = append(found[name], string(text))
		return err
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil && len(d.Recv.List) == 1 {
				name = receiver(d.Recv.List[0].Type) + "." + name
			}
			if err := add(name, "", d); err != nil {
				return err
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok {
					if err := add(t.Name.Name, "type ", t); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// receiver is the name of a receiver's type, pointer or not.
func receiver(x ast.Expr) string {
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	if id, ok := x.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// TestDifferences shows the comparer texts that are the same and texts that are not.
func TestDifferences(t *testing.T) {
	const file = `// Package p is a package.
package p

import "math"

// T is explained here.
type T struct {
	A int // inner
}

// F is too.
func (t *T) F(x float64) float64 {
	y := math.Abs(x) // [batch]
	return y + 1
}

func other() {}
`
	const declared = "import \"math\"\n\ntype (\n\tT struct {\n\t\tA int // inner\n\t}\n)\n"
	const method = "%noautoget\n// In other words.\nfunc (t *T) F(x float64) float64 {\n\ty := math.Abs(x) // [batch]\n\treturn y + 1\n}\n%%\nfmt.Println(func F(\n"
	names := []string{"T", "T.F"}
	change := func(s, from, to string) string {
		t.Helper()
		if !strings.Contains(s, from) {
			t.Fatalf("there is no %q to change", from)
		}
		return strings.Replace(s, from, to, 1)
	}
	for name, test := range map[string]struct {
		cells []string
		file  string
		want  string // "" where they are the same
	}{
		"the same":                     {[]string{declared, method}, file, ""},
		"a comment above":              {[]string{declared, method}, change(file, "F is too", "F differs"), ""},
		"a function beside":            {[]string{declared, method}, change(file, "other", "another"), ""},
		"a line changed in the cell":   {[]string{declared, change(method, "y + 1", "y + 2")}, file, "T.F differs"},
		"a line changed in the file":   {[]string{declared, method}, change(file, "y + 1", "y + 2"), "T.F differs"},
		"an inner comment in the cell": {[]string{declared, change(method, "[batch]", "[batch, 1]")}, file, "T.F differs"},
		"an inner comment in the file": {[]string{declared, method}, change(file, "// [batch]", "// [time]"), "T.F differs"},
		"a comment of a field":         {[]string{declared, method}, change(file, "// inner", "// deep"), "T differs"},
		"a receiver":                   {[]string{declared, method}, change(file, "(t *T)", "(t T)"), "T.F differs"},
		"missing in the lesson":        {[]string{method}, file, "the lesson declares T 0 times"},
		"missing in the package":       {[]string{declared, method}, change(file, "F(x", "G(x"), "the package declares T.F 0 times"},
		"twice in the lesson":          {[]string{declared, declared, method}, file, "the lesson declares T 2 times"},
		"a cell that is not Go":        {[]string{declared, method, "func {"}, file, "code cell 3"},
	} {
		t.Run(name, func(t *testing.T) {
			faults := differences(test.cells, test.file, names)
			if test.want == "" && len(faults) == 0 {
				return
			}
			if test.want == "" || len(faults) != 1 || !strings.Contains(faults[0], test.want) {
				t.Errorf("got %q, want %q", faults, test.want)
			}
		})
	}
}
