// Package bundles answers what a WorkSpace may be made of and turned into: which operating
// system, protocol, compute type, volumes and running mode go together, what
// ModifyWorkspaceProperties refuses and in which order its calls must come, whether a
// CreateWorkspaces request is sound, which operation a state permits, and when the next
// maintenance window opens.
//
// The documents are the Administration Guide in its versions from 2018-02-03 to 2022-09-02,
// with that of April 2020, and in two later readings, dated 2025-10-21 and 2026-09-10; the FAQ
// of 2017, whose day is not known, so that it counts from 2017-12-31; the API reference, the
// service's model and the SDK. Where only a month is known, a fact counts from the last day of
// the month. [Documents] lists them all.
//
// A check returns a [rule.Answer]. It is Allowed only if the documents permit what is asked,
// and the input tells everything that they make it depend on. What is missing stands in Open.
// Compute types and operating systems that the documents do not name are unknown, not refused:
// the service grows faster than SDK and guide.
//
// The package does not decide what depends on an account: raised quotas, the public bundles
// on offer and their default volumes (ask DescribeWorkspaceBundles for them), whether a user
// exists in a directory, and whether a volume is an SSD. Package encryption decides on keys.
package bundles
