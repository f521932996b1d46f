// Package troubleshoot answers what a message or a symptom of Amazon WorkSpaces means, and which of its causes it is.
//
//   - What does this message mean? See [Rules.Find]. It takes a text with typos and with other words around the message.
//   - Which causes does the guide name for it, how is each tested, and what helps? See [Rules.Symptoms].
//   - Which of them is it? See [Rules.Diagnose]. The facts show causes or rule them out. The answer names the
//     questions that are left, in the order of the guide.
//
// The symptoms are those of the troubleshooting chapter of the Amazon WorkSpaces Administration Guide, from
// 2018-02-03 to 2026-09-10: the versions of the page until 2022-09-02, and readings that are called 2025-10-21,
// 2026-05-15 and 2026-08-25. A cause stands until a version that no longer has it; one that appeared between two
// readings counts from the later one. The errors of the API are those of the service model, by the day on which it
// had them. [Documents] lists the sources, and [Editions] the dates on which something changed.
//
// The package does not decide whether there are causes that no document names. The guide calls most causes usual or
// possible. A cause that is shown is present by the facts, and need not be the only one. Package byol explains errors
// of images, and package migrate folders named NotMigrated.
package troubleshoot
