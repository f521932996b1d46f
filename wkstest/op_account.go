package wkstest

import (
	"net/netip"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
)

// tick ends a modification that has taken its time.
func (a *Account) tick(now time.Time) {
	if a.Pending.IsZero() || now.Before(a.Pending) || len(a.Modifications) == 0 {
		return
	}
	a.Pending = time.Time{}
	a.Modifications = slices.Clone(a.Modifications)
	last := &a.Modifications[len(a.Modifications)-1]
	last.ModificationState = types.DedicatedTenancyModificationStateEnumCompleted
	if last.DedicatedTenancySupport != "" {
		a.DedicatedTenancySupport = last.DedicatedTenancySupport
	}
	if c := aws.ToString(last.DedicatedTenancyManagementCidrRange); c != "" {
		a.ManagementCIDR = c
	}
}

func (a *Account) support() types.DedicatedTenancySupportResultEnum {
	if a.DedicatedTenancySupport == "" {
		return types.DedicatedTenancySupportResultEnumDisabled
	}
	return a.DedicatedTenancySupport
}

func describeAccount(k *call, _ *workspaces.DescribeAccountInput) (*workspaces.DescribeAccountOutput, error) {
	a := &k.region.Account
	a.tick(k.now)
	out := &workspaces.DescribeAccountOutput{DedicatedTenancySupport: a.support()}
	if a.ManagementCIDR != "" {
		out.DedicatedTenancyManagementCidrRange = aws.String(a.ManagementCIDR)
	}
	k.region.links.each(func(_ string, l *types.AccountLink) bool {
		if l.AccountLinkStatus == types.AccountLinkStatusEnumLinked {
			out.DedicatedTenancyAccountType = types.DedicatedTenancyAccountTypeTargetAccount
			if aws.ToString(l.SourceAccountId) == k.s.account {
				out.DedicatedTenancyAccountType = types.DedicatedTenancyAccountTypeSourceAccount
			}
		}
		return true
	})
	return out, nil
}

func describeModifications(k *call, in *workspaces.DescribeAccountModificationsInput) (*workspaces.DescribeAccountModificationsOutput, error) {
	k.region.Account.tick(k.now)
	part, next, err := pageOf(k, k.region.Account.Modifications, in.NextToken, nil, pageSize)
	return &workspaces.DescribeAccountModificationsOutput{AccountModifications: part, NextToken: next}, err
}

// modifyAccount enables BYOL, or chooses the management range, once.
func modifyAccount(k *call, in *workspaces.ModifyAccountInput) (*workspaces.ModifyAccountOutput, error) {
	a := &k.region.Account
	a.tick(k.now)
	if !a.Pending.IsZero() {
		return nil, refuse(wrongState, "", "a modification of the account is PENDING")
	}
	m := types.AccountModification{StartTime: aws.Time(k.now), ModificationState: types.DedicatedTenancyModificationStateEnumPending}
	if in.DedicatedTenancySupport != "" {
		m.DedicatedTenancySupport = types.DedicatedTenancySupportResultEnum(in.DedicatedTenancySupport)
	}
	if in.DedicatedTenancyManagementCidrRange != nil {
		p, _ := netip.ParsePrefix(*in.DedicatedTenancyManagementCidrRange) // the rules for the request have read it
		if a.ManagementCIDR != "" && a.ManagementCIDR != p.String() {
			return nil, refuse(notReversible, "DedicatedTenancyManagementCidrRange", "the account has %s", a.ManagementCIDR)
		}
		if f := k.refused(k.s.rules.managementRange(p, k.prefixes())); f != nil {
			return nil, f
		}
		m.DedicatedTenancyManagementCidrRange = aws.String(p.String())
	}
	if m.DedicatedTenancySupport == "" && m.DedicatedTenancyManagementCidrRange == nil {
		return nil, refuse(nothingToDo, "", "the request names nothing to modify")
	}
	a.Modifications = append(slices.Clone(a.Modifications), m)
	a.Pending = k.now.Add(k.takes(AccountChange, k.s.account))
	return &workspaces.ModifyAccountOutput{Message: aws.String("The modification has begun.")}, nil
}

// prefixes are the ranges of the subnets, as far as they are known.
func (k *call) prefixes() (all []netip.Prefix) {
	for _, s := range k.region.Subnets {
		if p, err := netip.ParsePrefix(s.CIDR); err == nil {
			all = append(all, p.Masked())
		}
	}
	return all
}

func listManagementRanges(k *call, in *workspaces.ListAvailableManagementCidrRangesInput) (*workspaces.ListAvailableManagementCidrRangesOutput, error) {
	within, _ := netip.ParsePrefix(*in.ManagementCidrRangeConstraint) // the rules for the request have read it
	all := k.s.rules.managementRanges(within.Masked(), k.prefixes())
	const most = 5 // the model's maximum of MaxResults
	part, next, err := pageOf(k, all, in.NextToken, in.MaxResults, most)
	return &workspaces.ListAvailableManagementCidrRangesOutput{ManagementCidrRanges: part, NextToken: next}, err
}

func createLink(k *call, in *workspaces.CreateAccountLinkInvitationInput) (*workspaces.CreateAccountLinkInvitationOutput, error) {
	if *in.TargetAccountId == k.s.account {
		return nil, refuse(byol.LinkToSelf, "TargetAccountId", "is the account itself")
	}
	var f *refusal
	k.region.links.each(func(id string, l *types.AccountLink) bool {
		s := l.AccountLinkStatus
		if aws.ToString(l.TargetAccountId) == *in.TargetAccountId && (s == types.AccountLinkStatusEnumLinked || s == types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount) {
			f = refuse(byol.LinkExists, "TargetAccountId", "%s is %s", id, s)
		}
		return f == nil
	})
	if f != nil {
		return nil, f
	}
	l := &types.AccountLink{
		AccountLinkId: aws.String(k.region.issue("link-")), AccountLinkStatus: types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount,
		SourceAccountId: aws.String(k.s.account), TargetAccountId: in.TargetAccountId,
	}
	k.region.links.add(l)
	return &workspaces.CreateAccountLinkInvitationOutput{AccountLink: l}, nil
}

// pendingLink returns an invitation that is open, if the account has the role of it.
func (k *call) pendingLink(id *string, target bool) (*types.AccountLink, *refusal) {
	l := k.region.links.get(aws.ToString(id))
	if l == nil {
		return nil, missing("LinkId", id)
	}
	if l.AccountLinkStatus != types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount {
		return nil, refuse(wrongState, "LinkId", "%s is %s", *id, l.AccountLinkStatus)
	}
	role := l.SourceAccountId
	if target {
		role = l.TargetAccountId
	}
	if aws.ToString(role) != k.s.account {
		return nil, refuse(notPermitted, "LinkId", "it is for account %s to do that", aws.ToString(role))
	}
	return l, nil
}

// answerLink gives an open invitation a status.
func (k *call) answerLink(id *string, status types.AccountLinkStatusEnum) (*types.AccountLink, error) {
	l, f := k.pendingLink(id, true)
	if f != nil {
		return nil, f
	}
	n := *l
	n.AccountLinkStatus = status
	*l = n
	return &n, nil
}

func acceptLink(k *call, in *workspaces.AcceptAccountLinkInvitationInput) (*workspaces.AcceptAccountLinkInvitationOutput, error) {
	l, err := k.answerLink(in.LinkId, types.AccountLinkStatusEnumLinked)
	return &workspaces.AcceptAccountLinkInvitationOutput{AccountLink: l}, err
}

func rejectLink(k *call, in *workspaces.RejectAccountLinkInvitationInput) (*workspaces.RejectAccountLinkInvitationOutput, error) {
	l, err := k.answerLink(in.LinkId, types.AccountLinkStatusEnumRejected)
	return &workspaces.RejectAccountLinkInvitationOutput{AccountLink: l}, err
}

func deleteLink(k *call, in *workspaces.DeleteAccountLinkInvitationInput) (*workspaces.DeleteAccountLinkInvitationOutput, error) {
	l, f := k.pendingLink(in.LinkId, false)
	if f != nil {
		return nil, f
	}
	k.region.links.drop(*in.LinkId)
	return &workspaces.DeleteAccountLinkInvitationOutput{AccountLink: l}, nil
}

func getLink(k *call, in *workspaces.GetAccountLinkInput) (*workspaces.GetAccountLinkOutput, error) {
	var found *types.AccountLink
	k.region.links.each(func(id string, l *types.AccountLink) bool {
		if in.LinkId != nil && *in.LinkId == id || in.LinkedAccountId != nil && (*in.LinkedAccountId == aws.ToString(l.TargetAccountId) || *in.LinkedAccountId == aws.ToString(l.SourceAccountId)) {
			found = l
		}
		return found == nil
	})
	if found == nil {
		if in.LinkId == nil {
			return nil, missing("LinkedAccountId", in.LinkedAccountId)
		}
		return nil, missing("LinkId", in.LinkId)
	}
	l := *found
	return &workspaces.GetAccountLinkOutput{AccountLink: &l}, nil
}

func listLinks(k *call, in *workspaces.ListAccountLinksInput) (*workspaces.ListAccountLinksOutput, error) {
	wanted := map[types.AccountLinkStatusEnum]bool{}
	for _, status := range in.LinkStatusFilter {
		wanted[status] = true
	}
	list, next, err := page(k, k.region.links, in.NextToken, in.MaxResults, func(_ string, l *types.AccountLink) bool {
		return in.LinkStatusFilter == nil || wanted[l.AccountLinkStatus]
	})
	if err != nil {
		return nil, err
	}
	out := &workspaces.ListAccountLinksOutput{AccountLinks: []types.AccountLink{}, NextToken: next}
	for _, l := range list {
		out.AccountLinks = append(out.AccountLinks, *l)
	}
	return out, nil
}
