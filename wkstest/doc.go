// Package wkstest is Amazon WorkSpaces in memory, on the wire, that refuses what the service's
// documents say that it refuses: for testing a program that calls it, and for simulations.
//
//	server, err := wkstest.New(wkstest.Config{})
//	client := server.Client("eu-west-1") // the SDK's, in the process
//	client = server.DirectClient("eu-west-1") // with its retries and options, but without JSON, signature and HTTP: four to eight times as fast
//	api := server.Direct("eu-west-1") // the same methods with the SDK's values alone, for very many calls
//	http.ListenAndServe("127.0.0.1:4747", server) // for everything else; see wks serve
//
// A [Server] speaks AWS JSON 1.1 as WorkSpaces does, so that clients that nobody here wrote
// can call it: the SDKs, the AWS CLI, boto3, Terraform. It is one account in every Region. [New]
// without a State has one that is ready for use: a registered directory, [SampleDirectory], in
// which every user exists, AWS's public bundles, [PublicBundles], and whatever subnets and keys a request
// names. A [State] is written in Go, read with [Load] as Save wrote it, or made by [ReadExport] from what the AWS
// CLI printed of an account.
//
// # What it does
//
// All 91 operations of the API are known. 83 do what the documents say, with pages, filters and partial
// failures; the eight for applications of WorkSpaces answer with an error that says that they are not there:
// AssociateWorkspaceApplication, DisassociateWorkspaceApplication, DeployWorkspaceApplications,
// DescribeApplications and the four that describe associations.
// What takes the service minutes or hours takes as long here ([Activity]), on the clock of
// Config.Now: in a bubble of testing/synctest on the test's own, and with Config.Speed on one that runs.
//
// # What it refuses
//
// Every request is held against the constraints of the service's model and the rules of the packages
// of this module, with the account's state behind them, for the newest edition or that of
// Config.Edition. Every refusal names its rule: in the header x-wks-rule, which [RefusedBy]
// reads, in brackets at the end of each message, and in [Call].Rules. What no document permits or
// forbids is allowed, refused or reported, as Config.Undocumented says.
//
// The rule decides the error code: of the codes that the service's model lists for the operation, the best
// for its kind. Which one AWS gives is documented for a few cases only, so do not take ours for
// theirs; the tables kindCodes, kindOf and itemCodes in errors.go are the one place where that is chosen. Codes
// of this package's own begin with "wkstest.".
//
// # What goes wrong
//
// Config.Faults loses answers, breaks connections, fails, throttles, and lets migrations, launches and changes
// end badly, by operation, WorkSpace and share, and the same way for the same seed; Config.Quota is the documented
// quota of calls. Both are off by default.
//
// # What it is not
//
// It is a model of what the documents say, not of the service. It checks no signature and no
// permission of IAM, makes no bill, and runs no desktop: [Server.Connect] says that a user is connected.
// The SDK's adaptive retry mode must not be used in a bubble of testing/synctest: it sleeps for times of
// less than a nanosecond, which there never end.
package wkstest
