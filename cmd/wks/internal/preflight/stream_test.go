package preflight

import (
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/internal/lineartest"
)

// A made file is not in memory: it is its front, a text n times, and its end.
type made struct {
	fstest.MapFS // of a file that says how the made one looks
	name         string
	front, each  string
	n            int
	end          string
}

func (m made) Open(name string) (fs.File, error) {
	f, err := m.MapFS.Open(name)
	if err != nil || name != m.name {
		return f, err
	}
	return madeFile{f, io.MultiReader(strings.NewReader(m.front), &repeated{text: m.each, n: m.n}, strings.NewReader(m.end))}, nil
}

type madeFile struct {
	fs.File
	io.Reader
}

func (f madeFile) Read(p []byte) (int, error) { return f.Reader.Read(p) }

// repeated gives a text n times.
type repeated struct {
	text    string
	n, done int
}

func (r *repeated) Read(p []byte) (total int, err error) {
	for total < len(p) && r.n > 0 {
		n := copy(p[total:], r.text[r.done:])
		total += n
		if r.done += n; r.done == len(r.text) {
			r.done = 0
			r.n--
		}
	}
	if total == 0 {
		return 0, io.EOF
	}
	return total, nil
}

// allocates counts the bytes that a function allocates.
func allocates(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// There is no bound on a file, and what nobody asks for takes no memory: a file of more than 100 MB takes no
// more than one of 1 MB with the same WorkSpaces.
func TestAnySize(t *testing.T) {
	read := func(n int) (used uint64) {
		used = allocates(func() {
			fsys := made{
				MapFS: fstest.MapFS{workspacesName: {}}, name: workspacesName,
				front: `{"Workspaces": [{"WorkspaceId": "ws-1", "Later": [`, each: `{"A": "` + strings.Repeat("x", 1000) + `"}, `, n: n, end: `0]}]}`,
			}
			a, err := readAccount(wks.Newest(), fsys, "eu-west-1")
			if err != nil || len(a.regions[0].workspaces.all) != 1 {
				t.Fatal(err)
			}
		})
		return used
	}
	read(1)
	if small, large := read(1_000), read(110_000); large > small+100_000 {
		t.Errorf("a file of 1 MB takes %d bytes of memory, one of 110 MB %d", small, large)
	}
}

// What a WorkSpace takes is less than half of what the file says of it, and the same in an account of any size.
func TestMemoryOfWorkspaces(t *testing.T) {
	lineartest.SkipRace(t)
	text := strings.Repeat(" ", 400) // as the AWS CLI indents
	read := func(n int) uint64 {
		files := fstest.MapFS{workspacesName: {Data: []byte(`{"Workspaces": ` + list(n, func(i int) string {
			return strings.Replace(desktopJSON(fmt.Sprintf("ws-%09d", i), keyARN, sound), `"State"`, fmt.Sprintf(`"UserName": "w%d", %s "State"`, i, text), 1)
		}) + `}`)}}
		once := func() uint64 {
			return allocates(func() {
				a, err := readAccount(wks.Newest(), files, "eu-west-1")
				if err != nil {
					t.Fatal(err)
				}
				if _, err := check(wks.Newest(), a, finding.Report{}); err != nil {
					t.Fatal(err)
				}
			})
		}
		return min(once(), once(), once()) // what is made once, and what an earlier test still does, is not counted
	}
	last := read(4_000)
	for n := 8_000; n <= 32_000; n *= 2 {
		now := read(n)
		if each := (now - last) / uint64(n/2); each > 400 { // all that was allocated, and not what is kept
			t.Errorf("%d WorkSpaces take %d bytes each", n, each)
		}
		last = now
	}
}

// A WorkSpace with a value of the wrong type is told with the place of the value, and it is taken as not
// given; the others are read, and so is the rest of the WorkSpace.
func TestWrongValuesOfWorkspaces(t *testing.T) {
	rep := reported(t, desktopFiles(workspacesName, "{\"Workspaces\": [\n"+strings.Join([]string{
		`{"WorkspaceId": "ws-0", "State": 7, "WorkspaceProperties": {"ComputeTypeName": "STANDARD", "RootVolumeSizeGib": "80", "UserVolumeSizeGib": 1.5, "Protocols": ["WSP", {}]}}`,
		`5`, `null`, `{"UserName": "u"}`, `{"WorkspaceId": ""}`, `{"WorkspaceId": ["ws-1"]}`,
		`{"WorkspaceId": "ws-2", "WorkspaceId": "ws-3"}`,
		`{"WorkspaceId": "ws-4", "RelatedWorkspaces": 1, "ModificationStates": {}, "WorkspaceProperties": []}`,
		desktopJSON("ws-5", keyARN, strings.Replace(sound, "80", "81", 1)),
	}, ",\n")+"\n]}"))
	got := map[string]string{}
	for _, n := range rep.Notes {
		if n.Unusable {
			got[n.String()] = n.Text
		}
	}
	file := workspacesName + ":"
	for at, want := range map[string]string{
		file + "2:34: Workspaces[0].State":                                  "is a number, want a string",
		file + "2:113: Workspaces[0].WorkspaceProperties.RootVolumeSizeGib": "is a string, want a whole number",
		file + "2:140: Workspaces[0].WorkspaceProperties.UserVolumeSizeGib": "is a number 1.5, want a whole number",
		file + "2:166: Workspaces[0].WorkspaceProperties.Protocols[1]":      "is an object, want a string",
		file + "3:1: Workspaces[1]":                                         "is not an object; the WorkSpace is left out",
		file + "4:1: Workspaces[2]":                                         "is null; the WorkSpace is left out",
		file + "5:1: Workspaces[3]":                                         `has no member "WorkspaceId"; the WorkSpace is left out`,
		file + "6:17: Workspaces[4].WorkspaceId":                            "is empty; the WorkSpace is left out",
		file + "7:17: Workspaces[5].WorkspaceId":                            "is a list, want a string; the WorkSpace is left out",
		file + "8:25: Workspaces[6]":                                        `has the member "WorkspaceId" twice; it is taken`,
		file + "9:46: Workspaces[7].RelatedWorkspaces":                      "is not a list",
		file + "9:71: Workspaces[7].ModificationStates":                     "is not a list",
		file + "9:98: Workspaces[7].WorkspaceProperties":                    "is not an object",
	} {
		if !strings.HasPrefix(got[at], want) {
			t.Errorf("%s: %q, want %q", at, got[at], want)
		}
		delete(got, at)
	}
	if len(got) > 0 {
		t.Errorf("besides, %q", got)
	}
	found := 0
	for _, f := range rep.Findings {
		for _, o := range f.Occurrences {
			if f.Code == "bundles.volume-pair-not-in-group" && o.Resource.ID == "ws-5" {
				found++
			}
		}
	}
	if found != 1 || rep.Summary.Exit != 1 {
		t.Errorf("%d findings of ws-5, %+v", found, rep.Summary)
	}
}

// So it is with tags: a resource that cannot be read leaves the others.
func TestWrongValuesOfTags(t *testing.T) {
	rep := reported(t, desktopFiles(tagsName, `{"ResourceTagMappingList": [{"ResourceARN": "arn:aws:workspaces:eu-west-1:111122223333:workspace/ws-1", "Tags": [{"Key": 5}]}, 7,
		{"ResourceARN": "arn:aws:workspaces:eu-west-1:111122223333:workspace/ws-2", "Tags": [{"Key": "k", "Value": "v#"}]}]}`))
	for _, at := range []string{"get-resources.json:1:122: ResourceTagMappingList[0].Tags[0].Key", "get-resources.json:1:128: ResourceTagMappingList[1]"} {
		if !hasUnusable(rep, at) {
			t.Errorf("%s is not told: %v", at, rep.Notes)
		}
	}
	if len(rep.Findings) != 1 || rep.Findings[0].Occurrences[0].Path != "ResourceTagMappingList[2].Tags[0].Value" {
		t.Errorf("%+v", rep.Findings)
	}
}

// Notes that say the same are one line; JSON has all.
func TestEqualNotesAreOne(t *testing.T) {
	files := desktopFiles(workspacesName, `{"Workspaces": `+list(50, func(i int) string { return fmt.Sprintf(`{"WorkspaceId": "ws-%d", "State": 1}`, i) })+`}`)
	_, text, _ := preflight(t, "--region", "eu-west-1", export(t, files))
	if n := strings.Count(text, "is a number, want a string"); n > 2 || !strings.Contains(text, "Workspaces[0].State, and 49 more: is a number") {
		t.Errorf("%d lines in\n%s", n, text)
	}
	if rep := reported(t, files); len(rep.Notes) != 50 || rep.Summary.Unusable != 50 {
		t.Errorf("%d notes, %+v", len(rep.Notes), rep.Summary)
	}
}

// A string or a number is read up to 16 MiB, and what lies deep up to 10,000 levels.
func TestBounds(t *testing.T) {
	for name, member := range map[string]string{
		"a string": `"` + strings.Repeat("x", 17<<20) + `"`,
		"depth":    strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001),
	} {
		fsys := fstest.MapFS{workspacesName: {Data: []byte(`{"Workspaces": [], "Later": ` + member + `}`)}}
		if _, err := readAccount(wks.Newest(), fsys, "eu-west-1"); err == nil || !strings.HasPrefix(err.Error(), workspacesName+":1:") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
