//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A pkg is a package whose source is mutated.
type pkg struct {
	path, dir string
	files     map[string]*source // by name, without tests and without generated files
	names     []string           // of files, in the order of go list
	fset      *token.FileSet
	importer  types.Importer
	info      *types.Info
	rapid     bool // its tests use rapid
}

// A source is a file of a package.
type source struct {
	name string
	text []byte
	file *ast.File
}

// goCommand runs the go command, and returns what it prints.
func goCommand(args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	var out, faults bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &faults
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, faults.Bytes())
	}
	return out.Bytes(), nil
}

// load reads the package of a pattern that names one.
func load(pattern string) (*pkg, error) {
	type listed struct {
		ImportPath, Dir, Export string
		GoFiles                 []string
		DepOnly                 bool
	}
	text, err := goCommand("list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,DepOnly", pattern)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	var of *listed
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var l listed
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[l.ImportPath] = l.Export
		if l.DepOnly {
			continue
		}
		if of != nil {
			return nil, fmt.Errorf("%s is several packages, of which each is measured by itself", pattern)
		}
		of = &l
	}
	p := &pkg{path: of.ImportPath, dir: of.Dir, files: map[string]*source{}, names: of.GoFiles, fset: token.NewFileSet()}
	p.importer = importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, name := range of.GoFiles {
		text, err := os.ReadFile(filepath.Join(of.Dir, name))
		if err != nil {
			return nil, err
		}
		file, err := p.parse(name, text)
		if err != nil {
			return nil, err
		}
		p.files[name] = &source{name, text, file}
	}
	p.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}}
	if err := p.check(nil, p.info); err != nil {
		return nil, err
	}
	deps, err := goCommand("list", "-test", "-deps", "-f", "{{.ImportPath}}", pattern)
	p.rapid = bytes.Contains(deps, []byte("pgregory.net/rapid\n"))
	return p, err
}

func (p *pkg) parse(name string, text []byte) (*ast.File, error) {
	return parser.ParseFile(p.fset, filepath.Join(p.dir, name), text, parser.ParseComments|parser.SkipObjectResolution)
}

// check checks the types of the package, with the text of some files instead of theirs.
func (p *pkg) check(instead map[string][]byte, info *types.Info) error {
	var files []*ast.File
	for _, name := range p.names {
		file := p.files[name].file
		if text := instead[name]; text != nil {
			var err error
			if file, err = p.parse(name, text); err != nil {
				return err
			}
		}
		files = append(files, file)
	}
	if text := instead[switchFile]; text != nil {
		file, err := p.parse(switchFile, text)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	conf := types.Config{Importer: p.importer}
	_, err := conf.Check(p.path, p.fset, files, info)
	return err
}

// span returns the offsets of a node in its file.
func (p *pkg) span(n ast.Node) (start, end int) {
	return p.fset.Position(n.Pos()).Offset, p.fset.Position(n.End()).Offset
}
