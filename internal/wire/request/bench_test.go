package request_test

import (
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/internal/wire/request"
)

func BenchmarkCheckCreateWorkspaces25(b *testing.B) {
	in := &workspaces.CreateWorkspacesInput{Workspaces: valid25(25)}
	b.ReportAllocs()
	for b.Loop() {
		if faults, err := request.Check(in); err != nil || faults != nil {
			b.Fatal(faults, err)
		}
	}
}

func BenchmarkCall(b *testing.B) {
	in := &workspaces.CreateWorkspacesInput{Workspaces: valid25(25)}
	b.ReportAllocs()
	for b.Loop() {
		call(b, "CreateWorkspaces", reflect.ValueOf(in), true)
	}
}
