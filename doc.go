// Package wks is the root of a library of Amazon WorkSpaces domain logic: what the
// service accepts, what it refuses late, what its documents leave open, and in which order
// to do things. The answers are offline, cite their source, and hold for a date.
//
// This package has [Guard], which checks each request of the SDK's client before it is
// sent, and [Check], which answers without a client. Both ask the packages of rules, which
// are independent of one another:
//
//   - [github.com/wksgo/wks/network] tells whether a VPC leaves room for the management
//     interface of WorkSpaces, finds management ranges for accounts that bring their own
//     licences (BYOL), lists the names that clients must reach, and checks firewalls, security
//     groups, IP access control groups and subnets.
//   - [github.com/wksgo/wks/bundles] tells which volumes, compute types, requests, tags and names
//     are sound, which operation a state permits, and in which calls a WorkSpace becomes what
//     is wanted.
//   - [github.com/wksgo/wks/bundles/encryption] spreads WorkSpaces over KMS keys, and checks
//     keys, grants and policies.
//   - [github.com/wksgo/wks/migrate] tells which WorkSpace may go to which bundle, plans waves,
//     and notices how a migration ended; [github.com/wksgo/wks/migrate/runner] runs a plan.
//   - [github.com/wksgo/wks/byol] tells what bringing licences takes: of the account, of the
//     machine, of the import and of an upgrade in place.
//   - [github.com/wksgo/wks/devices] tells which devices may connect: trusted devices with their
//     certificates, types of devices, versions of clients, and zero clients.
//   - [github.com/wksgo/wks/troubleshoot] tells what a message means, and which of its causes it is.
//
// Beside them, [github.com/wksgo/wks/throttle] keeps clients within the documented quota of
// calls, and [github.com/wksgo/wks/rule] is the vocabulary of the answers: violations with
// code, path and citation, editions, and three-valued verdicts.
//
// Each package of rules has Newest and At, which select an edition, that is, what was
// documented on a date:
//
//	rules := network.Newest()
//	rules, err := network.At(rule.MustParseEdition("2020-04-29"))
//
// A rule that is broken is a result, a [github.com/wksgo/wks/rule.Violation]; an error
// means that the question could not be answered. What no document says is
// [github.com/wksgo/wks/rule.Undocumented], never a guess.
//
// The command wks, in cmd/wks, asks the packages about the files that the AWS CLI exports
// from an account, and about a Terraform plan.
package wks
