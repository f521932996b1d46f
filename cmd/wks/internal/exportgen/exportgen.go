// Package exportgen writes exports of accounts of any size, for benchmarks of wks preflight.
package exportgen

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Region is that of the exports.
const Region = "eu-west-1"

// Sizes of an account: how many WorkSpaces share a directory and a key.
const (
	perDirectory = 2000
	perKey       = 400 // that are encrypted, within the documented most of a key
	publicKinds  = 40
)

// An Account says what is exported.
type Account struct {
	WorkSpaces int
	Tags       bool // the tags of each, too
	// Broken makes one WorkSpace in 100 one that could not be launched today: its operating system has
	// reached the end of its life, or its volumes are of sizes that do not go together.
	Broken bool
}

// Write writes an export to a folder, in the layout of the AWS CLI. The same Account gives the same files.
func (a Account) Write(dir string) error {
	folder := filepath.Join(dir, Region)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for name, write := range a.files() {
		f, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		w := bufio.NewWriterSize(f, 1<<20)
		write(w)
		err = w.Flush()
		if closing := f.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// files are the functions that write each file; a bufio.Writer keeps their first error.
func (a Account) files() map[string]func(io.Writer) {
	files := map[string]func(io.Writer){
		"describe-vpcs.json": func(w io.Writer) {
			list(w, "Vpcs", 1, func(int) { fmt.Fprint(w, vpc) })
		},
		"describe-subnets.json": func(w io.Writer) {
			list(w, "Subnets", 2*a.directories(), func(i int) { fmt.Fprintf(w, subnet, i, i%3+1, i, i/16%128+128, i%16*16, Region) })
		},
		"describe-route-tables.json": func(w io.Writer) {
			list(w, "RouteTables", 1, func(int) { fmt.Fprint(w, routeTable) })
		},
		"describe-workspace-directories.json": func(w io.Writer) {
			list(w, "Directories", a.directories(), func(i int) { fmt.Fprintf(w, directory, i, 2*i, 2*i+1) })
		},
		"describe-workspace-bundles.json": func(w io.Writer) {
			list(w, "Bundles", publicKinds, func(i int) { fmt.Fprintf(w, bundle, i) })
		},
		"describe-workspaces.json": func(w io.Writer) {
			list(w, "Workspaces", a.WorkSpaces, func(i int) { a.workspace(w, i) })
		},
	}
	for i := range (a.WorkSpaces/2 + perKey - 1) / perKey {
		files["describe-key-"+keyID(i)+".json"] = func(w io.Writer) { fmt.Fprintf(w, key, keyID(i), keyARN(i)) }
	}
	if a.Tags {
		files["get-resources.json"] = func(w io.Writer) {
			list(w, "ResourceTagMappingList", a.WorkSpaces, func(i int) { fmt.Fprintf(w, tags, Region, i, i%977) })
		}
	}
	return files
}

func (a Account) directories() int { return (a.WorkSpaces + perDirectory - 1) / perDirectory }

func keyID(i int) string { return fmt.Sprintf("1234abcd-12ab-34cd-56ef-%012d", i) }

func keyARN(i int) string { return "arn:aws:kms:" + Region + ":111122223333:key/" + keyID(i) }

// workspace writes one WorkSpace. Every second is encrypted.
func (a Account) workspace(w io.Writer, i int) {
	encrypted := ""
	if i%2 == 0 {
		encrypted = fmt.Sprintf(encryption, keyARN(i/2/perKey))
	}
	root, system := 80, "WINDOWS_SERVER_2022"
	if a.Broken {
		switch i % 200 {
		case 17:
			root = 81
		case 117:
			system = "AMAZON_LINUX_2"
		}
	}
	mode := `"RunningMode": "AUTO_STOP",
                "RunningModeAutoStopTimeoutInMinutes": 60,`
	if i%3 == 0 {
		mode = `"RunningMode": "ALWAYS_ON",`
	}
	state := []string{"AVAILABLE", "STOPPED", "AVAILABLE", "STOPPED", "AVAILABLE", "SUSPENDED", "AVAILABLE"}[i%7]
	d := i / perDirectory
	fmt.Fprintf(w, workspace, i, d, i, i>>8%256, i%256, state, i%publicKinds, 2*d+i%2, i, encrypted, mode, root, system)
}

// list writes a list as the AWS CLI does.
func list(w io.Writer, member string, n int, element func(i int)) {
	fmt.Fprintf(w, "{\n    %q: [", member)
	for i := range n {
		if i > 0 {
			io.WriteString(w, ",")
		}
		io.WriteString(w, "\n        ")
		element(i)
	}
	io.WriteString(w, "\n    ]\n}\n")
}
