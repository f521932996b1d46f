// Package source reads what packages of rules have beside the tables that they compile:
// the comments of their codes, and the fixtures of their tests.
package source

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wksgo/wks/rule"
)

// A Code is an exported constant of type rule.Code, with what its comment says.
type Code struct {
	Code   rule.Code
	Name   string // of the constant
	Title  string // what is wrong, one sentence
	Remedy string // what to do about it, one sentence
}

// Codes returns the name of the package in dir and its codes, in the order of the files'
// names and of their text. A comment has the name, a colon and the title, perhaps other
// sentences, and last "Remedy:" and the remedy; what a comment lacks is empty.
func Codes(dir fs.FS) (pkg string, codes []Code, err error) {
	files, err := fs.Glob(dir, "*.go")
	if err != nil {
		return "", nil, err
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := fs.ReadFile(dir, file)
		if err != nil {
			return "", nil, err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ParseComments)
		if err != nil {
			return "", nil, err
		}
		pkg = f.Name.Name
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.CONST {
				continue
			}
			for _, spec := range gen.Specs {
				more, err := constants(gen, spec.(*ast.ValueSpec))
				if err != nil {
					return "", nil, err
				}
				codes = append(codes, more...)
			}
		}
	}
	for i, c := range codes {
		if j := slices.IndexFunc(codes[:i], func(d Code) bool { return d.Code == c.Code }); j >= 0 {
			return "", nil, fmt.Errorf("source: %s and %s are both %q", codes[j].Name, c.Name, c.Code)
		}
	}
	if len(codes) == 0 {
		return "", nil, fmt.Errorf("source: no constant of type rule.Code in %v", files)
	}
	return pkg, codes, nil
}

func constants(gen *ast.GenDecl, spec *ast.ValueSpec) (codes []Code, err error) {
	if !isRuleCode(spec.Type) {
		return nil, nil
	}
	doc := spec.Doc
	if !gen.Lparen.IsValid() {
		doc = gen.Doc
	}
	for i, name := range spec.Names {
		lit, ok := spec.Values[i].(*ast.BasicLit)
		if !ok || !name.IsExported() {
			continue
		}
		value, err := strconv.Unquote(lit.Value)
		if err != nil {
			return nil, err
		}
		c := Code{Code: rule.Code(value), Name: name.Name}
		c.Title, c.Remedy = comment(name.Name, doc.Text())
		codes = append(codes, c)
	}
	return codes, nil
}

func isRuleCode(e ast.Expr) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == "rule" && sel.Sel.Name == "Code"
}

// comment returns the title and the remedy in the comment of a constant.
func comment(name, text string) (title, remedy string) {
	text = strings.Join(strings.Fields(text), " ")
	text, ok := strings.CutPrefix(text, name+": ")
	if !ok {
		return "", ""
	}
	sentences := sentences(text)
	if last, ok := strings.CutPrefix(sentences[len(sentences)-1], "Remedy: "); ok {
		remedy = sentence(last)
		sentences = sentences[:len(sentences)-1]
	}
	if len(sentences) > 0 {
		title = sentence(sentences[0])
	}
	return title, remedy
}

// sentences splits a text after each period that a space and a capital letter follow.
func sentences(text string) (list []string) {
	start := 0
	for i := range text {
		if strings.HasPrefix(text[i:], ". ") {
			if r, _ := utf8.DecodeRuneInString(text[i+2:]); unicode.IsUpper(r) {
				list = append(list, text[start:i+1])
				start = i + 2
			}
		}
	}
	return append(list, text[start:])
}

// sentence starts s with a capital letter; it is empty unless s ends with a period.
func sentence(s string) string {
	if !strings.HasSuffix(s, ".") {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
