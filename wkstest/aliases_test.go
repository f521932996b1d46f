package wkstest_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// A connection alias tells what it was made with, with what it is associated and to whom it is permitted.
func TestAliasesTell(t *testing.T) {
	_, d, clock := served(t, func(r *wkstest.Region) {
		r.Aliases = []wkstest.Alias{{
			ConnectionAlias: types.ConnectionAlias{AliasId: aws.String("wsca-000000001"), ConnectionString: aws.String("theirs.example.com"), State: types.ConnectionAliasStateCreated, Associations: []types.ConnectionAliasAssociation{
				{AssociatedAccountId: aws.String(other), ResourceId: aws.String("d-9267000001"), AssociationStatus: types.AssociationStatusAssociatedWithSharedAccount},
			}},
			Permissions: []types.ConnectionAliasPermission{{AllowAssociation: aws.Bool(true), SharedAccountId: aws.String(other)}},
		}}
	})
	directory, theirs := aws.String(wkstest.SampleDirectory), aws.String("wsca-000000001")
	tags := []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}
	id := must(d.CreateConnectionAlias(t.Context(), &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("desktops.example.com"), Tags: tags}))(t).AliasId
	want := types.ConnectionAlias{AliasId: id, ConnectionString: aws.String("desktops.example.com"), OwnerAccountId: aws.String(me), State: types.ConnectionAliasStateCreating, Associations: []types.ConnectionAliasAssociation{}}
	list := func(in workspaces.DescribeConnectionAliasesInput) []types.ConnectionAlias {
		t.Helper()
		return must(d.DescribeConnectionAliases(t.Context(), &in))(t).ConnectionAliases
	}
	one := func(id *string) types.ConnectionAlias {
		t.Helper()
		found := list(workspaces.DescribeConnectionAliasesInput{AliasIds: []string{*id}})
		if len(found) != 1 {
			t.Fatalf("%s: %+v", *id, found)
		}
		return found[0]
	}
	answers(t, "made", one(id), want)
	answers(t, "tags", must(d.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: id}))(t).TagList, tags)
	remove := func(id *string) error {
		_, err := d.DeleteConnectionAlias(t.Context(), &workspaces.DeleteConnectionAliasInput{AliasId: id})
		return err
	}
	associate := func(id *string, directory string) error {
		_, err := d.AssociateConnectionAlias(t.Context(), &workspaces.AssociateConnectionAliasInput{AliasId: id, ResourceId: &directory})
		return err
	}
	disassociate := func(id *string) error {
		_, err := d.DisassociateConnectionAlias(t.Context(), &workspaces.DisassociateConnectionAliasInput{AliasId: id})
		return err
	}
	permit := func(id *string, account string, allow bool) error {
		_, err := d.UpdateConnectionAliasPermission(t.Context(), &workspaces.UpdateConnectionAliasPermissionInput{AliasId: id, ConnectionAliasPermission: &types.ConnectionAliasPermission{SharedAccountId: &account, AllowAssociation: &allow}})
		return err
	}
	permitted := func(id *string) []types.ConnectionAliasPermission {
		t.Helper()
		out := must(d.DescribeConnectionAliasPermissions(t.Context(), &workspaces.DescribeConnectionAliasPermissionsInput{AliasId: id}))(t)
		answers(t, "permissions of", out.AliasId, id)
		return out.ConnectionAliasPermissions
	}
	refusedAt(t, "delete while CREATING", remove(id), "InvalidResourceStateException", "AliasId", "wkstest.wrong-state")
	pass(t, clock, 10*time.Second-1)
	refusedAt(t, "permit while CREATING", permit(id, other, true), "InvalidResourceStateException", "AliasId", "wkstest.wrong-state")
	pass(t, clock, 1)
	refusedAt(t, "with an unknown directory", associate(id, "d-9067000009"), "ResourceNotFoundException", "ResourceId", "wkstest.unknown-resource")
	refusedAt(t, "not associated", disassociate(id), "InvalidResourceStateException", "AliasId", "wkstest.wrong-state")
	out := must(d.AssociateConnectionAlias(t.Context(), &workspaces.AssociateConnectionAliasInput{AliasId: id, ResourceId: directory}))(t)
	want.State = types.ConnectionAliasStateCreated
	want.Associations = []types.ConnectionAliasAssociation{{AssociatedAccountId: aws.String(me), AssociationStatus: types.AssociationStatusAssociatedWithOwnerAccount, ConnectionIdentifier: out.ConnectionIdentifier, ResourceId: directory}}
	answers(t, "associated", one(id), want)
	if aws.ToString(out.ConnectionIdentifier) == "" {
		t.Error("an association has no identifier")
	}
	answers(t, "of a directory", list(workspaces.DescribeConnectionAliasesInput{ResourceId: directory}), []types.ConnectionAlias{want})
	answers(t, "of another directory", len(list(workspaces.DescribeConnectionAliasesInput{ResourceId: aws.String("d-9067000009")})), 0)
	answers(t, "of a directory, by another identifier", len(list(workspaces.DescribeConnectionAliasesInput{ResourceId: directory, AliasIds: []string{*theirs}})), 0)
	answers(t, "all", len(list(workspaces.DescribeConnectionAliasesInput{})), 2)
	refusedAt(t, "again", associate(id, *directory), "ResourceAssociatedException", "AliasId", "wkstest.in-use")
	refusedAt(t, "delete", remove(id), "ResourceAssociatedException", "AliasId", "wkstest.in-use")

	refusedAt(t, "take back from who has associated it", permit(theirs, other, false), "ResourceAssociatedException", "AliasId", "wkstest.in-use")
	wants(t, "permit again", permit(theirs, other, true), "")
	wants(t, "permit to another", permit(theirs, "333333333333", true), "")
	allowed := func(account string) types.ConnectionAliasPermission {
		return types.ConnectionAliasPermission{AllowAssociation: aws.Bool(true), SharedAccountId: &account}
	}
	answers(t, "permitted", permitted(theirs), []types.ConnectionAliasPermission{allowed(other), allowed("333333333333")})
	wants(t, "take back from another", permit(theirs, "333333333333", false), "")
	answers(t, "permitted", permitted(theirs), []types.ConnectionAliasPermission{allowed(other)})
	wants(t, "disassociate", disassociate(theirs), "")
	answers(t, "disassociated", one(theirs).Associations, []types.ConnectionAliasAssociation{})
	err := remove(theirs)
	refusedAt(t, "delete while permitted", err, "ResourceAssociatedException", "AliasId", "wkstest.in-use")
	if messageOf(err) != "AliasId: wsca-000000001 is shared with "+other+" [wkstest.in-use]" {
		t.Error(err)
	}
	wants(t, "take back", permit(theirs, other, false), "")
	answers(t, "permitted", permitted(theirs), []types.ConnectionAliasPermission{})
	wants(t, "delete", remove(theirs), "")
	if a := one(theirs); a.State != types.ConnectionAliasStateDeleting {
		t.Errorf("%+v", a)
	}
	refusedAt(t, "delete again", remove(theirs), "InvalidResourceStateException", "AliasId", "wkstest.wrong-state")
	_, err = d.CreateConnectionAlias(t.Context(), &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("theirs.example.com")})
	refusedAt(t, "the string of one that is DELETING", err, "ResourceAlreadyExistsException", "ConnectionString", "wkstest.already-exists")
	pass(t, clock, 10*time.Second)
	for what, err := range map[string]error{
		"delete": remove(theirs), "associate": associate(theirs, *directory), "disassociate": disassociate(theirs), "permit": permit(theirs, other, true),
		"permissions": func() error {
			_, err := d.DescribeConnectionAliasPermissions(t.Context(), &workspaces.DescribeConnectionAliasPermissionsInput{AliasId: theirs})
			return err
		}(),
	} {
		refusedAt(t, what+" of one that is gone", err, "ResourceNotFoundException", "AliasId", "wkstest.unknown-resource")
	}
	answers(t, "left", len(list(workspaces.DescribeConnectionAliasesInput{})), 1)
}
