// Package encryption answers which KMS key encrypts which WorkSpace, and whether it can.
//
//   - Which key does each WorkSpace get, and how many must be created? See [Rules.Shard].
//   - Can a WorkSpace be launched, restarted or rebuilt with this key, and is a change
//     of its encryption possible? See [Rules.CheckKey] and [Rules.CheckChange].
//   - How many WorkSpaces may use a key, and how many grants has each? See
//     [Rules.MaxWorkSpaces], [Rules.Limits] and [Rules.Grants].
//   - Whose are the grants on a key, and are there too many? See [CountGrants] and
//     [Rules.CheckGrants].
//   - Which policies do the key and the administrators need? See [Rules.KeyPolicy] and
//     [Rules.IAMPolicy].
//
// The rules are those of the Amazon WorkSpaces FAQ of 2017, of the Administration Guide
// from 2018-02-03 to 2026-09-10, and of the quotas and WorkSpaces pages of the AWS Key
// Management Service Developer Guide since 2017-11-15. Of the FAQ only the year is known,
// so that it counts from 2017-12-31. Where a fact appeared between two readings, it counts from
// the later one. [Documents] lists the sources and [Editions] the dates on which a fact
// changed.
//
// The FAQ gave 30 WorkSpaces for each key, the guide 500 from 2020-03-31 to
// 2021-04-03, and none since: KMS dropped the limit behind it and has one of 50,000 grants
// on a customer managed key, of which a WorkSpace takes two or three. Shard spreads by
// 500 unless told otherwise.
//
// What the package does not decide: whether the caller may use a key, which its policy and
// IAM decide; how far an account's quotas have been raised; what the service does with a
// key without a volume to encrypt, with a volume without a key, and with the id of a key
// in place of its ARN, about which the documents say nothing; and which principal
// WorkSpaces' grants name, which no document shows ([CountGrants] says what it goes by).
// The AWS managed key of WorkSpaces appears in a Region with the first launch of an
// unencrypted WorkSpace from the console; whether it is there, DescribeKey tells.
package encryption
