package network

import (
	"net/netip"
	"os"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestBook(t *testing.T) { ruletest.Book(t, &book, os.DirFS(".")) }

func TestZeroRules(t *testing.T) { ruletest.Zero(t, Rules{}) }

func TestFixtures(t *testing.T) {
	ruletest.Try(t, "testdata/fixtures.txt", &book, At, ruletest.Questions[Rules]{
		"CheckRegistration": ruletest.Ask(func(r Rules, in VPC) (rule.Answer, error) {
			reg, err := r.CheckRegistration(in)
			return reg.Answer, err
		}),
		"CheckManagementCIDR": ruletest.Ask(func(r Rules, in struct {
			DedicatedTenancyManagementCidrRange netip.Prefix
			InUse                               []netip.Prefix
		}) (rule.Answer, error) {
			return r.CheckManagementCIDR(in.DedicatedTenancyManagementCidrRange, in.InUse)
		}),
		"CheckIPGroups": ruletest.Ask(func(r Rules, in struct {
			Groups      []IPGroup
			Directories []DirectoryIPGroups
		}) (rule.Answer, error) {
			return r.CheckIPGroups(in.Groups, in.Directories)
		}),
		"CheckIPGroupUpdate": ruletest.Ask(func(r Rules, in struct {
			GroupId   string
			UserRules []struct{ IPRule netip.Prefix }
		}) (rule.Answer, error) {
			var list []IPRule
			for _, u := range in.UserRules {
				list = append(list, IPRule{Source: u.IPRule})
			}
			return r.CheckIPGroupUpdate(in.GroupId, list)
		}),
		"CheckIPGroupAssociation": ruletest.Ask(func(r Rules, in struct {
			DirectoryId string
			GroupIds    []string
		}) (rule.Answer, error) {
			return r.CheckIPGroupAssociation(in.DirectoryId, in.GroupIds)
		}),
		"IPAccess": ruletest.Ask(func(r Rules, in struct {
			Client netip.Addr
			Groups []IPGroup
		}) (rule.Answer, error) {
			access, err := r.IPAccess(in.Groups, in.Client)
			return access.Answer, err
		}),
		"CheckFirewall": ruletest.Ask(func(r Rules, in struct {
			Client
			Allowed   []netip.Prefix
			Published []AWSRange
		}) (rule.Answer, error) {
			fw, err := r.CheckFirewall(in.Client, in.Allowed, in.Published)
			return fw.Answer, err
		}),
		"CheckDomains": ruletest.Ask(func(r Rules, in struct {
			Client
			Domains []DomainRule
		}) (rule.Answer, error) {
			d, err := r.CheckDomains(in.Client, in.Domains)
			return d.Answer, err
		}),
		"CheckSSH": ruletest.Ask(Rules.CheckSSH),
		"CheckSubnets": ruletest.Ask(func(r Rules, in struct {
			Region  string
			Kind    DirectoryKind
			Subnets []Subnet
		}) (rule.Answer, error) {
			return r.CheckSubnets(in.Region, in.Kind, in.Subnets)
		}),
		"CheckAddresses": ruletest.Ask(func(r Rules, in struct {
			Launches, Migrations int
			Subnets              []Subnet
		}) (rule.Answer, error) {
			return r.CheckAddresses(in.Subnets, in.Launches, in.Migrations)
		}),
		"CheckClientLink": ruletest.Ask(func(r Rules, in struct {
			ClientLink
			RoundTripMillis int
		}) (rule.Answer, error) {
			in.RoundTrip = time.Duration(in.RoundTripMillis) * time.Millisecond
			return r.CheckClientLink(in.ClientLink)
		}),
		"CheckDirectoryFeatures": ruletest.Ask(Rules.CheckDirectoryFeatures),
		"LaunchWithIPv6AutoAssign": ruletest.Ask(func(r Rules, in struct{ ComputeType string }) (rule.Answer, error) {
			return r.LaunchWithIPv6AutoAssign(in.ComputeType)
		}),
		"CheckSecurityGroup": ruletest.Ask(func(r Rules, in struct {
			Group SecurityGroup
			Use   SecurityGroupUse
		}) (rule.Answer, error) {
			check, err := r.CheckSecurityGroup(in.Group, in.Use)
			return check.Answer, err
		}),
	})
}
