// Package troubleshoot answers what a message or a symptom of Amazon WorkSpaces means, and which of its causes it is.
//
//   - What does this message mean? See [Rules.Find]: a text, with typos and whatever stands around it.
//   - Which causes does the guide name for it, in which order, how is each tested, what helps? See [Rules.Symptoms].
//   - Which of them is it? See [Rules.Diagnose]: what is known rules causes out or shows them, and the rest is
//     asked in the order of the guide.
//
// The symptoms are those of the troubleshooting chapter of the Amazon WorkSpaces Administration Guide, from
// 2018-02-03 to 2026-09-10: the versions of the page until 2022-09-02, and readings that are called 2025-10-21,
// 2026-05-15 and 2026-08-25. A cause stands until a version that no longer has it; one that appeared between two
// readings counts from the later one. The errors of the API are those of the service model, by the day on which it
// had them. [Documents] lists the sources and [Editions] the dates on which something changed.
//
// What the package does not decide: whether there are causes that no document names. The guide says of most causes
// that they are usual or possible, so that a cause that is shown is one that the facts have, and need not be the
// only one. Errors of images are a question for package byol, and folders named NotMigrated one for package migrate.
package troubleshoot
