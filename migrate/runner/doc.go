// Package runner runs a plan of package migrate against Amazon WorkSpaces.
//
// MigrateWorkspace has no token that makes a repetition safe, an accepted request destroys
// the root volume, and an answer may be lost after the request was accepted. So [Run] writes
// a [Journal] before and after each request, and asks for each WorkSpace at most once as
// long as the journal is kept: a request without an answer is looked for, and not repeated.
// Only a request that was throttled, and so not accepted, is made again.
//
// A run that was killed is resumed by running the same or a new plan with the same journal.
// A WorkSpace whose migration failed is asked for again only with a new journal, which is
// safe when everything in the old one has ended. A journal is for one account and Region: it
// does not tell another's WorkSpaces from those that are gone.
//
// It is a package of its own so that whoever only wants to know what is allowed does not
// import the client of the SDK.
package runner
