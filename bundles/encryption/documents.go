package encryption

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

const (
	faq          = "workspaces-faq-2017"
	guide        = "admin-guide-2020"
	encryptPage  = "admin-guide-encrypt"
	standbyPage  = "admin-guide-multi-region-resilience"
	kmsQuotas    = "kms-guide-resource-quotas"
	kmsServices  = "kms-guide-workspaces"
	sdkARN       = "aws-sdk-go-v2-arn"
	aliasIssue   = "terraform-provider-aws-16805"
	aliasRequest = "terraform-provider-aws-13560"
)

var documents = []rule.Document{
	{Key: faq, Title: "Amazon WorkSpaces FAQ, 2017", URL: "https://aws.amazon.com/workspaces/faqs/"},
	{Key: guide, Title: "Amazon WorkSpaces Administration Guide, April 2020", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/"},
	{Key: encryptPage, Title: "Amazon WorkSpaces Administration Guide: encrypted WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html"},
	{Key: standbyPage, Title: "Amazon WorkSpaces Administration Guide: multi-Region resilience", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/multi-region-resilience.html"},
	{Key: kmsQuotas, Title: "AWS Key Management Service Developer Guide: resource quotas", URL: "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html"},
	{Key: kmsServices, Title: "AWS Key Management Service Developer Guide: how WorkSpaces uses AWS KMS", URL: "https://docs.aws.amazon.com/kms/latest/developerguide/services-workspaces.html"},
	{Key: sdkARN, Title: "AWS SDK for Go v2: package arn", URL: "https://pkg.go.dev/github.com/aws/aws-sdk-go-v2/aws/arn"},
	{Key: aliasIssue, Title: "Terraform AWS provider, issue 16805 (third party)", URL: "https://github.com/hashicorp/terraform-provider-aws/issues/16805"},
	{Key: aliasRequest, Title: "Terraform AWS provider, pull request 13560 (third party)", URL: "https://github.com/hashicorp/terraform-provider-aws/pull/13560"},
}

// Documents returns the sources that the package's citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(documents) }

const (
	// faqYear is the last day of 2017, from which the FAQ counts: only its year is known.
	faqYear = "2017-12-31"
	// autumn2025 and lastReading stand for the readings of the guide's pages of about
	// November 2025 and September 2026. A fact of which it is only known that it appeared
	// since an older reading starts at one of them, as "first seen".
	autumn2025  = "2025-10-21"
	lastReading = "2026-09-10"
)
