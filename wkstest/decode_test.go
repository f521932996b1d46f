package wkstest_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/wkstest"
)

var documents = []string{
	`{"Workspaces":[{"DirectoryId":"d-9067000001","BundleId":"wsb-123456789","UserName":"ada","RootVolumeEncryptionEnabled":true,"WorkspaceProperties":{"RunningMode":"AUTO_STOP","RootVolumeSizeGib":80,"Protocols":["WSP","PCOIP"]},"Tags":[{"Key":"team","Value":"a\u00e9\n\"\\"},{"Key":"ä","Value":null}]},{}]}`,
	`{"Workspaces":[{"DirectoryId":"d-1","UserName":"a","Tags":[{"Key":"k"}]},{"DirectoryId":"d-1","UserName":"a","Tags":[{"Key":"k"}]},{"DirectoryId":"d-1","UserName":null,"Tags":[{"Key":"k"},{}]},{"Tags":[]},{"Tags":[]},{"Tags":null,"UserName":""}]}`,
	` { "Workspaces" : [ ] , "Other" : { "a" : [ 1 , -2.5e3 , true , false , null , "x\u12aBy" , { } ] } , "More":"\ud800" } `,
	`null`,
	"{\"Workspaces\":[{\"UserName\":\"a\xffb\",\"BundleId\":\"\xc3(\",\"Tags\":[{\"Key\":\"\xe2\x82\"}]}]}", // no UTF-8
}

// What is JSON to package encoding/json can be read, or has another shape; nothing else is JSON.
func checkDecode(t interface{ Fatalf(string, ...any) }, data []byte) {
	var one, two workspaces.CreateWorkspacesInput
	err, shared := wkstest.DecodeJSON(data, &one), wkstest.DecodeShared(data, &two)
	if err == nil && (shared != nil || !reflect.DeepEqual(one, two)) || err != nil && (shared == nil || shared.Error() != err.Error()) {
		t.Fatalf("%q: %v, and shared %v", data, err, shared)
	}
	if valid := json.Valid(data); valid == (err != nil && strings.HasPrefix(err.Error(), "the body is not JSON: ")) {
		t.Fatalf("%q: valid is %t, and the error %v", data, valid, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, d := range documents {
		f.Add([]byte(d))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkDecode(t, data) })
}

// Sound documents, and those that a few bytes keep from being what they were.
func TestDecode(t *testing.T) {
	for _, d := range documents {
		var got, want workspaces.CreateWorkspacesInput
		if err := errors.Join(wkstest.DecodeJSON([]byte(d), &got), json.Unmarshal([]byte(d), &want)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n%+v, want\n%+v: %v", d, got, want, err)
		}
		for i := range d {
			checkDecode(t, []byte(d[:i]))
			checkDecode(t, []byte(d[:i]+d[i+1:]))
		}
	}
	for _, d := range []string{`"a text"`, `12.5`, `[1, "a"]`, `true`} { // of another shape
		for i := range d {
			checkDecode(t, []byte(d[:i]))
			checkDecode(t, []byte(d[:i]+d[i+1:]))
		}
		checkDecode(t, []byte(d))
	}
	rapid.Check(t, func(t *rapid.T) {
		data := []byte(rapid.SampledFrom(documents).Draw(t, "document"))
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			i := rapid.IntRange(0, len(data)-1).Draw(t, "place")
			data[i] = rapid.SampledFrom([]byte("\x00\x1f \t\r\n{}[]:,\"\\/0123456789.-+eEtrufalsn\x7f\x80\xff")).Draw(t, "byte")
		}
		checkDecode(t, data)
	})
}
