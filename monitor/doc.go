// Package monitor answers what Amazon WorkSpaces measures, and who came in.
//
//   - Which metrics are there, and would an alarm or a query find data? See [Rules.Metrics],
//     [Rules.CheckAlarm] and [Rules.CheckQuery]. [Rules.RecommendedAlarms] lists alarms for a
//     directory.
//   - Who logged in, from where, with which client? See [Rules.ReadLogins], which reads the
//     access events that EventBridge delivers, in whatever a log group, an archive or a query wraps
//     them.
//   - Which of last month's logins would a setting have refused? See [Rules.WouldRefuse] and
//     [Trial].
//   - Which desktops does nobody use, for how many hours would AutoStop have run one, and who has
//     two? See [Usage].
//   - Does an event pattern match access events, and how is one written? See
//     [Rules.CheckPattern] and [Rules.Pattern].
//
// The facts are those of the Amazon WorkSpaces Administration Guide from 2018-02-03 to
// 2026-09-10: the versions of its pages until 2022-09-02, and readings that are called 2025-10-21,
// 2026-06-30, 2026-08-25 and 2026-09-10. No version between 2022-09-02 and 2025-10-21 was read. The
// whole table of metrics differs on the two sides of this gap, so that metrics are open on dates in it.
// What CloudWatch itself asks of an
// alarm is that of its API reference, and the operators of patterns are those of the EventBridge
// User Guide, from 2020-02-12 on. [Documents] lists the sources.
//
// What the package does not decide: which combinations of dimensions are published, for no
// document says it; what a stopped WorkSpace reports; when a session ends, which no event tells;
// whether a device had a certificate; and what anything costs.
package monitor
