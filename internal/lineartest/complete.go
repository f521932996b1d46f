package lineartest

import (
	"bytes"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Complete holds that each exported function and method of the package in the working directory has a
// case if it takes a list, a map, an iterator, a reader, a document of any type, or a struct that holds
// one of them, however deep. The receiver of a method counts too. The name of a case is that of the
// function, or TYPE.METHOD, and may go on after a comma.
func Complete(t *testing.T, cases map[string]func(n int)) {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command to tell the types of the package")
	}
	pkg, err := load(goTool, ".")
	if err != nil {
		t.Fatal(err)
	}
	names := exported(pkg)
	if len(names) == 0 {
		t.Error("no function takes a list")
	}
	covered := map[string]bool{}
	for name := range cases {
		function, _, _ := strings.Cut(name, ",")
		covered[function] = true
	}
	for _, name := range names {
		_, method, _ := strings.Cut(name, ".")
		if !covered[name] && !covered[method] {
			t.Errorf("%s has no case", name)
		}
	}
}

// load returns the types of the package in a directory, from what the compiler exports.
func load(goTool, dir string) (*types.Package, error) {
	list := exec.Command(goTool, "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", dir)
	var said bytes.Buffer
	list.Stderr = &said
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, said.String())
	}
	files, last := map[string]string{}, ""
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[path], last = file, path
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(files[path]) }).Import(last)
}

// exported names the exported functions and methods of a package that take what may be long.
func exported(pkg *types.Package) (names []string) {
	for _, name := range pkg.Scope().Names() {
		object := pkg.Scope().Lookup(name)
		switch object := object.(type) {
		case *types.Func:
			if object.Exported() && takesLong(object.Signature()) {
				names = append(names, name)
			}
		case *types.TypeName:
			named, ok := object.Type().(*types.Named)
			if !ok || object.IsAlias() || !object.Exported() || types.IsInterface(named) {
				continue
			}
			for method := range named.Methods() {
				// names of values and dates are read from a text of their own
				if method.Exported() && method.Name() != "UnmarshalText" && takesLong(method.Signature()) {
					names = append(names, name+"."+method.Name())
				}
			}
		}
	}
	return names
}

func takesLong(f *types.Signature) bool {
	seen := map[types.Type]bool{}
	if r := f.Recv(); r != nil && isLong(r.Type(), seen) {
		return true
	}
	return slices.ContainsFunc(slices.Collect(f.Params().Variables()), func(v *types.Var) bool { return isLong(v.Type(), seen) })
}

// isLong reports whether a value of a type holds any number of others. A context does not, and an
// array has its length.
func isLong(typ types.Type, seen map[types.Type]bool) bool {
	if seen[typ] || typ.String() == "context.Context" || typ.String() == "time.Time" || typ.String() == "*time.Location" {
		return false
	}
	seen[typ] = true
	switch x := typ.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	case *types.Signature: // an iterator takes the function that takes its values
		return x.Params().Len() == 1 && isFunc(x.Params().At(0).Type())
	case *types.Pointer:
		return isLong(x.Elem(), seen)
	case *types.Interface:
		read, _, _ := types.LookupFieldOrMethod(typ, false, nil, "Read")
		return x.Empty() || read != nil
	case *types.Struct:
		for f := range x.Fields() {
			if f.Exported() && isLong(f.Type(), seen) {
				return true
			}
		}
	}
	return false
}

func isFunc(typ types.Type) bool {
	_, ok := typ.Underlying().(*types.Signature)
	return ok
}
