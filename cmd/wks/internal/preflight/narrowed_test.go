package preflight

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks"
)

// What SDKs write of what the service did not tell is read as if it were not there.
func TestNull(t *testing.T) {
	fsys := fstest.MapFS{
		"us-west-2/" + workspacesName: {Data: []byte(`{"Workspaces": [{"WorkspaceId": "ws-1", "UserName": "ada", "ErrorCode": null, "WorkspaceProperties": null, "ModificationStates": null, "RootVolumeEncryptionEnabled": null}], "NextToken": null}`)},
	}
	a, err := readAccount(wks.Newest(), fsys, "")
	if err != nil {
		t.Fatal(err)
	}
	if w := a.regions[0].workspaces.find("ws-1"); w == nil || w.UserName != "ada" || w.ErrorCode != "" {
		t.Errorf("%+v", w)
	}
}

// A directory of WorkSpaces Pools is one without a word about it too.
func TestPoolsByIdentifier(t *testing.T) {
	fsys := fstest.MapFS{
		"us-west-2/" + directoriesName: {Data: []byte(`{"Directories": [{"DirectoryId": "wsd-0a1b2c3d4"}, {"DirectoryId": "d-9267a1b2c3"}, {"DirectoryId": "wsd-0b1b2c3d4", "WorkspaceType": "PERSONAL"}]}`)},
	}
	a, err := readAccount(wks.Newest(), fsys, "")
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	for _, d := range a.regions[0].directories.all {
		types = append(types, d.WorkspaceType)
	}
	if got := strings.Join(types, ","); got != "POOLS,,PERSONAL" || len(a.notes) != 1 {
		t.Errorf("%s, notes %v", got, a.notes)
	}
	if kind := otherKind(a.regions[0].directories.all[0]); kind == "" {
		t.Error("the network is judged as that of personal WorkSpaces")
	}
}

// Tags come from the file of all WorkSpaces, and first from that of one; a finding tells where.
func TestTagsOfAll(t *testing.T) {
	const tag = `"Tags": [{"Key": "a", "Value": "x"}, {"Key": "a", "Value": "y"}]`
	dir := export(t, map[string]string{
		"us-west-2/" + tagsName: `{"ResourceTagMappingList": [{"ResourceARN": "arn:aws:workspaces:us-west-2:111122223333:directory/d-1", ` + tag + `}, {"ResourceARN": "arn:aws:workspaces:us-west-2:111122223333:workspace/ws-1", ` + tag + `},
			{"ResourceARN": "arn:aws:workspaces:us-west-2:111122223333:workspace/ws-2", ` + tag + `}, {"ResourceARN": "ws-3", "Tags": []}], "PaginationToken": ""}`,
		"us-west-2/describe-tags-ws-2.json": `{"TagList": []}`,
	})
	_, out, errs := preflight(t, "--json", dir)
	for _, want := range []string{"ResourceTagMappingList[1].Tags", "ResourceTagMappingList[3].ResourceARN"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s%s", want, errs, out)
		}
	}
	for _, no := range []string{"ResourceTagMappingList[0].Tags", "ResourceTagMappingList[2].Tags"} {
		if strings.Contains(out, no) {
			t.Errorf("%q in %s", no, out)
		}
	}
	dir = export(t, map[string]string{"us-west-2/" + tagsName: `{"ResourceTagMappingList": [], "PaginationToken": "abc"}`})
	if status, _, errs := preflight(t, dir); status != exitUnanswered || !strings.Contains(errs, "get-resources.json: PaginationToken: is set") {
		t.Errorf("status %d, %s", status, errs)
	}
}
