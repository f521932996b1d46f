// Package bundles answers what a WorkSpace may be made of and turned into: which operating
// system, protocol, compute type, volumes and running mode go together, what
// ModifyWorkspaceProperties refuses and in which order its calls must come, whether a
// CreateWorkspaces request is sound, which operation a state permits, when the next
// maintenance window opens, and what a Region, a standby WorkSpace and nested virtualization permit.
//
// The documents are the service's model in its versions since 2015-04-28, when the service had an
// API; the FAQ of 2017, whose day is not known, so that it counts from 2017-12-31; the
// Administration Guide in its versions from 2018-02-03 to 2022-09-02 and in later readings, dated
// 2025-10-21 to 2026-09-10; the API reference and the SDK's log. A fact counts from the first
// version that says it. [Documents] lists them all.
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
