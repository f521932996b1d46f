package encryption

import (
	"slices"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	faq          = facts.FAQ
	encryptPage  = facts.EncryptPage
	standbyPage  = "admin-guide-multi-region-resilience"
	kmsQuotas    = "kms-guide-resource-quotas"
	kmsServices  = facts.KMSServices
	kmsChoice    = "kms-guide-key-choice"
	serviceModel = "service-model"
	sdkARN       = "aws-sdk-go-v2-arn"
	aliasIssue   = "terraform-provider-aws-16805"
	aliasRequest = "terraform-provider-aws-13560"
)

// A fact that appeared between two readings of a page starts at the later reading, as "first
// seen".
const (
	faqYear    = facts.ReadFAQ
	autumn2025 = facts.Read2025
)

// book is all that the package declares.
var book = tables.Book{
	Package: "encryption",
	Documents: []rule.Document{
		{Key: faq, Title: "Amazon WorkSpaces FAQ, 2017", URL: "https://aws.amazon.com/workspaces/faqs/"},
		{Key: encryptPage, Title: "Amazon WorkSpaces Administration Guide: encrypted WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html"},
		{Key: standbyPage, Title: "Amazon WorkSpaces Administration Guide: multi-Region resilience", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/multi-region-resilience.html"},
		{Key: kmsQuotas, Title: "AWS Key Management Service Developer Guide: resource quotas", URL: "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html"},
		{Key: kmsServices, Title: "AWS Key Management Service Developer Guide: how WorkSpaces uses AWS KMS", URL: "https://docs.aws.amazon.com/kms/latest/developerguide/services-workspaces.html"},
		{Key: kmsChoice, Title: "AWS Key Management Service Developer Guide: how to choose the configuration of a key", URL: "https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose.html"},
		{Key: serviceModel, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
		{Key: sdkARN, Title: "AWS SDK for Go v2: package arn", URL: "https://pkg.go.dev/github.com/aws/aws-sdk-go-v2/aws/arn"},
		{Key: aliasIssue, Title: "Terraform AWS provider, issue 16805 (third party)", URL: "https://github.com/hashicorp/terraform-provider-aws/issues/16805"},
		{Key: aliasRequest, Title: "Terraform AWS provider, pull request 13560 (third party)", URL: "https://github.com/hashicorp/terraform-provider-aws/pull/13560"},
	},
	Rules: allRules,
	Facts: []tables.Facts{limits, listedGrants(), policies},
}

// Documents returns the sources that the package's citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(book.Documents) }

// Catalogue returns the rules of the package with titles, remedies and revisions, as a new
// slice. Programs that list rules use it; a check is asked of Rules.
func Catalogue() []rule.Rule { return book.Catalogue() }

// Parameters returns what the rules of the package use and its policies say: limits, grants
// and actions, by table in the order of its rows, as a new slice.
func Parameters() []rule.Parameter { return book.Parameters() }
