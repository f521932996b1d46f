// Package migrate answers what a migration of Amazon WorkSpaces to another bundle does,
// before it is asked for, and notices how it ended. MigrateWorkspace destroys the root
// volume, gives the WorkSpace a new ID, has no dry run and no token that makes a repetition
// safe, and may fail without an error.
//
//   - May a WorkSpace go to a bundle, and which row or limit of which document decides? See
//     [Rules.Check]; [FromWorkspace] and [FromBundle] derive what the SDK's types tell.
//   - Is it ready now? See [Rules.CheckReady].
//   - What becomes of its volumes, folders, tags and bill? See [Rules.Outcome],
//     [Rules.Effects], [Rules.MovedFolders] and [NotMigratedFolder].
//   - In which waves does a fleet go, within the free addresses of subnets and the grants that
//     KMS keys can take, after which steps, and what stays behind? See [Rules.NewPlan].
//   - How does a migration stand that was requested? See [Rules.Classify].
//
// Package [github.com/wksgo/wks/migrate/runner] runs a plan.
//
// A verdict is allowed, denied or undocumented. The page has a table of scenarios and a list
// of limits; both are rows here, and a [Decision] names the one that decides. The rows are not
// symmetric, and nothing is inferred from one to its reverse. Where a row says "Windows 10" of
// a bundle that Windows Server powers, and not of which generation, it is read as each, and the
// decision says that it is uncertain.
//
// The rules are those of the Amazon WorkSpaces Administration Guide from 2020-01-10, the day
// after migration was announced, to 2026-09-10: the versions of its page until 2022-09-02, and
// readings that are dated 2025-10-21, 2026-02-05, 2026-03-11, 2026-05-15, when the migration of Linux was announced, and
// 2026-09-10. Where a fact appeared between two readings, it counts from the later one.
// [Documents] lists the sources and [Editions] the dates on which a fact changed.
//
// What the package does not decide: which subnet of its directory the new WorkSpace gets an
// address in (a plan takes the old one's), whether it keeps the encryption and the key (a
// plan takes it that it does, and counts new grants), how many migrations the service runs
// at a time, what a WorkSpace without a snapshot ends as, whether a STOPPED one ends as STOPPED,
// what becomes of the AutoStop time, and which error the service gives
// for what it refuses: no document says. Two documents contradict each other about nested
// virtualization where the target does not qualify, and the answer is undocumented.
package migrate
