package wkstest

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// directory returns a directory as it is now, nil if there is none.
func (r *region) directory(id *string, now time.Time) *Directory {
	d := r.directories.get(aws.ToString(id))
	if d == nil || d.Ready.IsZero() || now.Before(d.Ready) {
		return d
	}
	d.Ready = time.Time{}
	if d.State == types.WorkspaceDirectoryStateDeregistering {
		r.directories.drop(*id)
		return nil
	}
	d.State = types.WorkspaceDirectoryStateRegistered
	return d
}

// hasUser reports whether a directory has a user; names are not case-sensitive.
func (r *region) hasUser(d *Directory, name string) bool {
	return d.Users == nil || name == "[UNDEFINED]" || r.users[ownerOf(*d.DirectoryId, name)]
}

func registerDirectory(k *call, in *workspaces.RegisterWorkspaceDirectoryInput) (*workspaces.RegisterWorkspaceDirectoryOutput, error) {
	r := k.region
	id := in.DirectoryId
	if id == nil {
		if in.WorkspaceType != types.WorkspaceTypePools && in.MicrosoftEntraConfig == nil && in.IdcInstanceArn == nil && in.UserIdentityType != types.UserIdentityTypeCustomerManaged {
			return nil, refuse(unknownResource, "DirectoryId", "a directory is needed unless WorkSpaces makes one")
		}
		id = aws.String(r.issue("wsd-"))
	} else if r.DirectoryServices != nil && !slices.Contains(r.DirectoryServices, *id) {
		return nil, missing("DirectoryId", id)
	}
	if r.directory(id, k.now) != nil {
		return nil, refuse(wrongState, "DirectoryId", "%s is registered", *id)
	}
	r.Account.tick(k.now)
	if in.Tenancy == types.TenancyDedicated && r.Account.DedicatedTenancySupport != types.DedicatedTenancySupportResultEnumEnabled {
		return nil, refuse(accountNotBYOL, "Tenancy", "the account is not enabled for BYOL")
	}
	if f := k.subnetsFit(in); f != nil {
		return nil, f
	}
	if f := k.s.quota(bundles.QuotaDirectories, r.directories.len()+1); f != nil {
		return nil, f
	}
	d := newDirectory(*id, in, k.s.rules.admitted())
	if d.SubnetIds == nil && in.WorkspaceType != types.WorkspaceTypePools {
		for _, s := range r.Subnets[:min(2, len(r.Subnets))] {
			d.SubnetIds = append(d.SubnetIds, s.SubnetID)
		}
	}
	d.Ready = k.now.Add(k.takes(Registering, *id))
	d.RegistrationCode = aws.String("WS" + strings.ToUpper(r.issue("")[:4]) + "+" + strings.ToUpper(r.issue("")[:6]))
	d.IamRoleId = aws.String("arn:aws:iam::" + k.s.account + ":role/workspaces_DefaultRole")
	d.WorkspaceSecurityGroupId = aws.String("sg-" + hexDigits(r.issue("")))
	r.directories.add(d)
	return &workspaces.RegisterWorkspaceDirectoryOutput{DirectoryId: id, State: d.State}, nil
}

// hexDigits returns a text of seventeen hexadecimal digits that depends on another.
func hexDigits(s string) string {
	const digits = "0123456789abcdef"
	b := make([]byte, 17)
	for i := range b {
		b[i] = digits[s[i%len(s)]%16]
	}
	return string(b)
}

// newDirectory gives a directory what it has when it is registered.
func newDirectory(id string, in *workspaces.RegisterWorkspaceDirectoryInput, admitted *types.WorkspaceAccessProperties) *Directory {
	enabled := types.ReconnectEnumDisabled
	if aws.ToBool(in.EnableSelfService) {
		enabled = types.ReconnectEnumEnabled
	}
	d := &Directory{Tags: in.Tags, WorkspaceDirectory: types.WorkspaceDirectory{
		DirectoryId: aws.String(id), Alias: aws.String(id), DirectoryName: aws.String("corp.example.com"), DirectoryType: types.WorkspaceDirectoryTypeSimpleAd,
		State: types.WorkspaceDirectoryStateRegistering, SubnetIds: in.SubnetIds, Tenancy: in.Tenancy, UserIdentityType: in.UserIdentityType, WorkspaceType: in.WorkspaceType,
		WorkspaceDirectoryName: in.WorkspaceDirectoryName, WorkspaceDirectoryDescription: in.WorkspaceDirectoryDescription,
		ActiveDirectoryConfig: in.ActiveDirectoryConfig, MicrosoftEntraConfig: in.MicrosoftEntraConfig,
		CustomerUserName: aws.String("Administrator"), DnsIpAddresses: []string{"10.0.0.10", "10.0.1.10"}, IpGroupIds: []string{},
		SelfservicePermissions: &types.SelfservicePermissions{
			RestartWorkspace: types.ReconnectEnumEnabled, ChangeComputeType: enabled, IncreaseVolumeSize: enabled, RebuildWorkspace: enabled, SwitchRunningMode: enabled,
		},
		WorkspaceAccessProperties: admitted,
		WorkspaceCreationProperties: &types.DefaultWorkspaceCreationProperties{
			EnableInternetAccess: aws.Bool(false), EnableMaintenanceMode: aws.Bool(true), UserEnabledAsLocalAdministrator: aws.Bool(true),
		},
		SamlProperties:                 &types.SamlProperties{Status: types.SamlStatusEnumDisabled, RelayStateParameterName: aws.String("RelayState")},
		CertificateBasedAuthProperties: &types.CertificateBasedAuthProperties{Status: types.CertificateBasedAuthStatusEnumDisabled},
		EndpointEncryptionMode:         types.EndpointEncryptionModeStandardTls,
	}}
	if d.WorkspaceType == "" {
		d.WorkspaceType = types.WorkspaceTypePersonal
	}
	if d.Tenancy == "" {
		d.Tenancy = types.TenancyShared
	}
	switch {
	case in.UserIdentityType == types.UserIdentityTypeCustomerManaged:
		d.DirectoryType = types.WorkspaceDirectoryTypeCustomerManaged
	case in.MicrosoftEntraConfig != nil || in.IdcInstanceArn != nil:
		d.DirectoryType = types.WorkspaceDirectoryTypeAwsIamIdentityCenter
	}
	if in.ActiveDirectoryConfig != nil {
		d.DirectoryName = in.ActiveDirectoryConfig.DomainName
	}
	if in.IdcInstanceArn != nil {
		d.IDCConfig = &types.IDCConfig{InstanceArn: in.IdcInstanceArn}
	}
	return d
}

// subnetsFit checks the subnets of a request, as far as the account's are known.
func (k *call) subnetsFit(in *workspaces.RegisterWorkspaceDirectoryInput) *refusal {
	r := k.region
	if r.Subnets == nil || in.SubnetIds == nil {
		return nil
	}
	var list []network.Subnet
	vpc := ""
	for i, id := range in.SubnetIds {
		s := r.subnet(id)
		if s == nil {
			return missing(rule.Path("SubnetIds").Index(i), &in.SubnetIds[i])
		}
		if vpc != "" && s.VPCID != "" && s.VPCID != vpc {
			return refuse(wrongState, "SubnetIds", "%s is in %s, and the other subnet in %s", id, s.VPCID, vpc)
		}
		vpc = s.VPCID
		n := network.Subnet{ID: id, ZoneID: s.ZoneID, Available: aws.ToInt(s.Available)}
		n.CIDR, _ = netip.ParsePrefix(s.CIDR) // New has read it
		list = append(list, n)
	}
	return k.refused(k.s.rules.subnets(r.name, in.WorkspaceType == types.WorkspaceTypePools, list))
}

func deregisterDirectory(k *call, in *workspaces.DeregisterWorkspaceDirectoryInput) (*workspaces.DeregisterWorkspaceDirectoryOutput, error) {
	d := k.region.directory(in.DirectoryId, k.now)
	if d == nil {
		return nil, missing("DirectoryId", in.DirectoryId)
	}
	full := k.firstUser(func(w *likeness) bool { return aws.ToString(w.DirectoryId) == *in.DirectoryId }, func(p *Pool) bool { return aws.ToString(p.DirectoryId) == *in.DirectoryId })
	if full != "" {
		return nil, refuse(directoryHasMore, "DirectoryId", "%s is in the directory", full)
	}
	if d.State != types.WorkspaceDirectoryStateDeregistering {
		d.State, d.Ready = types.WorkspaceDirectoryStateDeregistering, k.now.Add(k.takes(Registering, *in.DirectoryId))
	}
	return &workspaces.DeregisterWorkspaceDirectoryOutput{}, nil
}

func describeDirectories(k *call, in *workspaces.DescribeWorkspaceDirectoriesInput) (*workspaces.DescribeWorkspaceDirectoriesOutput, error) {
	ids, names := wanted(in.DirectoryIds), wanted(in.WorkspaceDirectoryNames)
	list, next, err := page(k, k.region.directories, in.NextToken, in.Limit, func(id string, d *Directory) bool {
		if k.region.directory(&id, k.now) == nil || !ids(id) || in.WorkspaceDirectoryNames != nil && !names(aws.ToString(d.WorkspaceDirectoryName)) {
			return false
		}
		for _, f := range in.Filters {
			value := string(d.WorkspaceType)
			if f.Name == types.DescribeWorkspaceDirectoriesFilterNameUserIdentityType {
				value = string(d.UserIdentityType)
			}
			if !slices.Contains(f.Values, value) {
				return false
			}
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	out := &workspaces.DescribeWorkspaceDirectoriesOutput{Directories: []types.WorkspaceDirectory{}, NextToken: next}
	for _, d := range list {
		out.Directories = append(out.Directories, d.WorkspaceDirectory)
	}
	return out, nil
}

// registered returns a directory whose settings can be changed. at is the member that names it.
func (k *call) registered(at rule.Path, id *string) (*Directory, *refusal) {
	d := k.region.directory(id, k.now)
	if d == nil {
		return nil, missing(at, id)
	}
	if d.State == types.WorkspaceDirectoryStateDeregistering {
		return nil, refuse(notRegistered, at, "%s is %s", *id, d.State)
	}
	return d, nil
}

func modifySelfservice(k *call, in *workspaces.ModifySelfservicePermissionsInput) (*workspaces.ModifySelfservicePermissionsOutput, error) {
	d, r := k.registered("ResourceId", in.ResourceId)
	if r != nil {
		return nil, r
	}
	d.SelfservicePermissions = overlay(d.SelfservicePermissions, in.SelfservicePermissions)
	return &workspaces.ModifySelfservicePermissionsOutput{}, nil
}

func modifyAccess(k *call, in *workspaces.ModifyWorkspaceAccessPropertiesInput) (*workspaces.ModifyWorkspaceAccessPropertiesOutput, error) {
	d, r := k.registered("ResourceId", in.ResourceId)
	if r != nil {
		return nil, r
	}
	d.WorkspaceAccessProperties = overlay(d.WorkspaceAccessProperties, in.WorkspaceAccessProperties)
	return &workspaces.ModifyWorkspaceAccessPropertiesOutput{}, nil
}

func modifyCreation(k *call, in *workspaces.ModifyWorkspaceCreationPropertiesInput) (*workspaces.ModifyWorkspaceCreationPropertiesOutput, error) {
	d, r := k.registered("ResourceId", in.ResourceId)
	if r != nil {
		return nil, r
	}
	p := in.WorkspaceCreationProperties
	d.WorkspaceCreationProperties = overlay(d.WorkspaceCreationProperties, &types.DefaultWorkspaceCreationProperties{
		CustomSecurityGroupId: p.CustomSecurityGroupId, DefaultOu: p.DefaultOu, EnableInternetAccess: p.EnableInternetAccess,
		EnableMaintenanceMode: p.EnableMaintenanceMode, InstanceIamRoleArn: p.InstanceIamRoleArn, UserEnabledAsLocalAdministrator: p.UserEnabledAsLocalAdministrator,
	})
	return &workspaces.ModifyWorkspaceCreationPropertiesOutput{}, nil
}

func modifySaml(k *call, in *workspaces.ModifySamlPropertiesInput) (*workspaces.ModifySamlPropertiesOutput, error) {
	d, r := k.registered("ResourceId", in.ResourceId)
	if r != nil {
		return nil, r
	}
	p := overlay(d.SamlProperties, in.SamlProperties)
	for _, name := range in.PropertiesToDelete {
		switch name {
		case types.DeletableSamlPropertySamlPropertiesUserAccessUrl:
			p.UserAccessUrl = nil
		case types.DeletableSamlPropertySamlPropertiesRelayStateParameterName:
			p.RelayStateParameterName = nil
		}
	}
	if (p.Status == types.SamlStatusEnumEnabled || p.Status == types.SamlStatusEnumEnabledWithDirectoryLoginFallback) && p.UserAccessUrl == nil {
		if f := k.judge([]string{"what SAML does that is enabled without a user access URL"}); f != nil {
			return nil, f
		}
	}
	d.SamlProperties = p
	return &workspaces.ModifySamlPropertiesOutput{}, nil
}

func modifyCertificates(k *call, in *workspaces.ModifyCertificateBasedAuthPropertiesInput) (*workspaces.ModifyCertificateBasedAuthPropertiesOutput, error) {
	d, r := k.registered("ResourceId", in.ResourceId)
	if r != nil {
		return nil, r
	}
	p := overlay(d.CertificateBasedAuthProperties, in.CertificateBasedAuthProperties)
	if len(in.PropertiesToDelete) > 0 {
		p.CertificateAuthorityArn = nil
	}
	d.CertificateBasedAuthProperties = p
	return &workspaces.ModifyCertificateBasedAuthPropertiesOutput{}, nil
}

func modifyStreaming(k *call, in *workspaces.ModifyStreamingPropertiesInput) (*workspaces.ModifyStreamingPropertiesOutput, error) {
	d, r := k.registered("ResourceId", in.ResourceId)
	if r != nil {
		return nil, r
	}
	d.StreamingProperties = overlay(d.StreamingProperties, in.StreamingProperties)
	return &workspaces.ModifyStreamingPropertiesOutput{}, nil
}

func modifyEncryptionMode(k *call, in *workspaces.ModifyEndpointEncryptionModeInput) (*workspaces.ModifyEndpointEncryptionModeOutput, error) {
	d, r := k.registered("DirectoryId", in.DirectoryId)
	if r != nil {
		return nil, r
	}
	d.EndpointEncryptionMode = in.EndpointEncryptionMode
	return &workspaces.ModifyEndpointEncryptionModeOutput{}, nil
}
