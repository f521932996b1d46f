package wkstest_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// What an account does not have is refused with the member that names it, of the request, in front of the message, and with
// ResourceNotFoundException where the service's model lists that.
func TestUnknownResources(t *testing.T) {
	refused := 0
	for o := range wire.Operations() {
		in, err := wks.NewInput(o.Name)
		if err != nil {
			t.Fatal(err)
		}
		input := reflect.ValueOf(in).Elem()
		usual(input, "", 0)
		s := start(t, wkstest.Config{State: &wkstest.State{}})
		out := reflect.ValueOf(s.Direct("eu-west-1")).MethodByName(o.Name).Call([]reflect.Value{reflect.ValueOf(context.Background()), reflect.ValueOf(in)})
		err, _ = out[1].Interface().(error)
		if !slices.Contains(wkstest.RefusedBy(err), "wkstest.unknown-resource") {
			continue
		}
		refused++
		var api smithy.APIError
		if !errors.As(err, &api) {
			t.Fatal(err)
		}
		want := "ResourceNotFoundException"
		if !slices.Contains(wkstest.ModelErrors[o.Name], want) {
			want = "ValidationException"
		}
		path, _, _ := strings.Cut(api.ErrorMessage(), ":")
		name, index, listed := strings.Cut(path, "[")
		member := input.FieldByName(name)
		if listed && index == "0]" && member.Kind() == reflect.Slice {
			member = member.Index(0).Addr()
		}
		if api.ErrorCode() != want || !member.IsValid() || member.Kind() != reflect.Pointer || !strings.Contains(api.ErrorMessage(), member.Elem().String()) {
			t.Errorf("%s: %v", o.Name, err)
		}
	}
	if refused < 40 {
		t.Errorf("%d operations were refused", refused)
	}
}

// An image of another account is not shared on, and no more images are made than the account may have.
func TestImagesOfOthersAndTooMany(t *testing.T) {
	image := func(id, owner string) wkstest.Image {
		return wkstest.Image{WorkspaceImage: types.WorkspaceImage{ImageId: &id, Name: &id, OwnerAccountId: &owner, State: types.WorkspaceImageStateAvailable, Updates: &types.UpdateResult{UpdateAvailable: aws.Bool(true)}}}
	}
	for quota, full := range map[int]bool{2: true, 3: false} {
		s := start(t, wkstest.Config{Quotas: map[string]int{bundles.QuotaImages: quota}, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {Images: []wkstest.Image{image("wsi-000000001", "123456789012"), image("wsi-000000002", "210987654321")}}}}})
		api := s.Direct("eu-west-1")
		for id, refused := range map[string]rule.Code{"wsi-000000001": "", "wsi-000000002": "byol.shared-image-shared"} {
			_, err := api.UpdateWorkspaceImagePermission(t.Context(), &workspaces.UpdateWorkspaceImagePermissionInput{ImageId: &id, AllowCopyImage: aws.Bool(true), SharedAccountId: aws.String("999999999999")})
			if (err == nil) != (refused == "") || err != nil && !slices.Contains(wkstest.RefusedBy(err), refused) {
				t.Errorf("%s: %v", id, err)
			}
		}
		_, err := api.CreateUpdatedWorkspaceImage(t.Context(), &workspaces.CreateUpdatedWorkspaceImageInput{Name: aws.String("new"), Description: aws.String("new"), SourceImageId: aws.String("wsi-000000001")})
		var limit *types.ResourceLimitExceededException
		if n := len(s.State().Regions["eu-west-1"].Images); (err != nil) != full || full && !errors.As(err, &limit) || n != map[bool]int{true: 2, false: 3}[full] {
			t.Errorf("a quota of %d: %d images, %v", quota, n, err)
		}
	}
}

// A clock goes forwards, and not too fast.
func TestSpeeds(t *testing.T) {
	for speed, want := range map[float64]bool{0: true, 1: true, 1e-9: true, 1e6: true, -1e-9: false, -0.5: false, -1: false, 1e6 + 1: false} {
		_, err := wkstest.New(wkstest.Config{Speed: speed})
		var input *rule.InputError
		if (err == nil) != want || err != nil && (!errors.As(err, &input) || input.Path != "Speed") {
			t.Errorf("%v: %v", speed, err)
		}
	}
}
