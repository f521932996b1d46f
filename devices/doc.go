// Package devices answers which devices may connect to Amazon WorkSpaces, and with what.
//
//   - Can these certificates be the root certificates of a directory? See
//     [Rules.CheckRootCertificates]. Is a device with these certificates trusted? See
//     [Rules.CheckDeviceCertificate]. Both read PEM and DER.
//   - Do the types of devices that a directory admits and blocks make sense? See
//     [Rules.CheckAccess].
//   - Is a client application new enough for FIPS, for DCV, for a proxy? See
//     [Rules.CheckClientVersion].
//   - May a PCoIP zero client connect, and until when? See [Rules.CheckZeroClient].
//   - Does a directory meet the conditions for FedRAMP and DoD SRG? See [Rules.CheckFIPS].
//
// The rules are those of the Amazon WorkSpaces Administration Guide from 2018-02-03 to 2026-09-10: the
// versions of its pages until 2022-09-02, and readings that are called 2025-10-21, 2026-05-15 and
// 2026-09-10. A fact stands until a version that changes it, and one that appeared between two readings
// counts from the later one. The types of devices are those of the service model, by the day on which it
// had them. [Documents] lists the sources and [Editions] the dates on which a fact changed.
//
// What the package does not decide: no document gives the size of a key, the length of a validity or a
// form of names other than that there is one. None says whether a client asks for what crypto/x509 asks
// beyond the documents, such as constraints of names: where only that fails, the answer is open. SSH to
// Linux WorkSpaces, names and addresses are questions for package network.
package devices
