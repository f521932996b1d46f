package wks

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

const (
	serviceModel = "service-model"
	packages     = "packages"
)

var documents = []rule.Document{
	{Key: serviceModel, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
	{Key: packages, Title: "Packages of rules of wks, each of which lists the documents that it has read", URL: "https://pkg.go.dev/github.com/wksgo/wks"},
}

// Documents returns the sources that the citations of this package's own rules name, as a copy.
// Those of other rules are in the packages of their codes.
func Documents() []rule.Document { return slices.Clone(documents) }
