// Package runner runs a plan of package migrate against Amazon WorkSpaces.
//
// MigrateWorkspace has no token that makes a repetition safe, an accepted request destroys
// the root volume, and an answer may be lost after the request was accepted. So [Run] writes
// a [Journal] before and after each request, and asks for each WorkSpace at most once as
// long as the journal is kept: a request without an answer is looked for, and not repeated.
// A request is made again in two cases only: it was throttled, and so not accepted; or a run
// was killed between the record and the answer, and an hour after that no second WorkSpace of
// the user is there.
//
// A run that was killed is resumed by running the same plan with the same journal, or a new
// plan with [Options].NewPlan. A journal belongs to one account, one Region, the directories
// of its first plan, and a plan; elsewhere it is refused. One run has it at a time. Each
// record has a number and a checksum, and what is wrong with a journal is a [*JournalError].
//
// A WorkSpace whose migration failed is asked for again only with a new journal. That is also
// the way out when a journal is damaged. A new journal is safe an hour after the last request:
// a WorkSpace is skipped while its user has another one in the directory that is PENDING or
// has the target's bundle. Before the hour is over the service may not show yet what it has
// accepted. A WorkSpace that is decoupled from users cannot be looked for in this way.
//
// It is a package of its own so that whoever only wants to know what is allowed does not
// import the client of the SDK.
package runner
