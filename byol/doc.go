// Package byol answers what it takes to bring your own Windows desktop licences (BYOL) to
// Amazon WorkSpaces, before an import says so hours later.
//
//   - May we? A line for each documented requirement of an account, with what is known of
//     it: see [Rules.Checklist]. What changed between two dates: see [Describe].
//   - Can this machine become an image? See [Rules.CheckMachine], and
//     [Rules.MachineChecklist] for what is not known yet. What the BYOL Checker would
//     print on it, its 27 tests: see [Rules.RunChecker].
//   - Can this release and edition of Windows be brought, for which compute types? See
//     [Rules.CheckWindows] and [ParseWindows].
//   - Will ImportWorkspaceImage or ImportCustomWorkspaceImage take this call? See
//     [Rules.CheckImport] and [Rules.CheckCustomImport]. How long does that take at least?
//     See [Rules.IngestionTime].
//   - What do the errors of an image mean, and which check would have found them? See
//     [ExplainImageErrors], [ImageErrors] and [ImageErrorOf].
//   - May an image be shared or copied, and accounts be linked? See [Rules.CheckShare],
//     [Rules.CheckCopy] and [Rules.CheckLink]. May WorkSpaces be launched into a
//     directory? See [Rules.CheckDirectory].
//   - In which order, with which permissions? See [Rules.Steps] and [Rules.Policy].
//   - How is Windows upgraded in place? See [Rules.PlanUpgrade], and for an exported
//     registry [ParseRegistry] and [Rules.CheckRegistry].
//
// The rules are those of the FAQ of 2017, of the BYOL pages of the Amazon WorkSpaces
// Administration Guide from 2018-02-03 to 2026-09-10, of the API and its service model, and of three
// versions of the BYOL Checker script. Of the guide these were read: the versions of its pages until
// 2022-09-02, a page of 2024, and copies of the pages of 2025-10-21, 2026-05-15 and 2026-09-10, which
// are the newest dates in the guide's own history then. The documents contradict one another, by date and at one time. Then the
// answer is Undocumented and cites both, or a violation at the level Should says so. A fact that
// appeared between two readings counts from the later one. [Documents] lists the sources,
// [Editions] the dates on which a fact changed, [Catalogue] the rules, and [Parameters] what
// they ask for.
//
// Facts are plain values. A fact that is not known is a nil pointer, a nil slice or an empty
// string. It never meets a requirement: the verdict is Undocumented until the fact is given.
//
// The package does not decide
//   - what an agreement with Microsoft permits,
//   - whether AWS enables an account or offers a management range,
//   - whether a management range suits a network; package network does,
//   - the tests of the Image Compatibility Checker, which the guide offers since 2025-10-21 at
//     the latest; no list of them is published,
//   - the tests of the Image Checker that runs on a WorkSpace; its errors are only explained,
//   - how many AlwaysOn and AutoStop WorkSpaces with a GPU make up for one another.
package byol
