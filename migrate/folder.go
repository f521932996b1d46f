package migrate

import (
	"fmt"
	"strings"
	"time"

	"github.com/wksgo/wks/rule"
)

// A NotMigratedFolder is the name that the old profile of a user gets in D:\Users: the
// user's name, the time, and .NotMigrated. Every edition prints the pattern with a percent
// sign before the suffix, %USERNAME%MMddyyTHHmmss%.NotMigrated, which may be a misprint, and
// none tells the time zone. So look for both spellings, and do not rely on the hour.
type NotMigratedFolder struct {
	User    string
	Time    time.Time // to the second, without a time zone: in UTC
	Percent bool      // the percent sign is there
}

const (
	notMigrated     = ".NotMigrated"
	notMigratedTime = "010206T150405"
)

// String returns the name of the folder.
func (f NotMigratedFolder) String() string {
	percent := ""
	if f.Percent {
		percent = "%"
	}
	return f.User + f.Time.Format(notMigratedTime) + percent + notMigrated
}

// ParseNotMigratedFolder reads the name of a folder, without its path, from the right, for
// a user's name may end in digits. Upper and lower case are the same in the T and the suffix,
// as they are to Windows. The error is a *rule.InputError.
func ParseNotMigratedFolder(name string) (NotMigratedFolder, error) {
	fail := func(reason string) (NotMigratedFolder, error) {
		return NotMigratedFolder{}, &rule.InputError{Path: "Folder", Value: name, Reason: reason}
	}
	cut := len(name) - len(notMigrated)
	if cut < 0 || !strings.EqualFold(name[cut:], notMigrated) {
		return fail("does not end in " + notMigrated)
	}
	var f NotMigratedFolder
	rest, percent := strings.CutSuffix(name[:cut], "%")
	f.Percent = percent
	cut = len(rest) - len(notMigratedTime)
	if cut <= 0 {
		return fail("has no user and time before " + notMigrated)
	}
	at, err := time.Parse(notMigratedTime, strings.ToUpper(rest[cut:]))
	if err != nil || !digits(rest[cut:cut+6]) || !digits(rest[cut+7:]) {
		return fail(fmt.Sprintf("has %q in the place of MMddyyTHHmmss", rest[cut:]))
	}
	f.User, f.Time = rest[:cut], at
	if strings.ContainsAny(f.User, `\/`) {
		return fail("has a path before the name")
	}
	return f, nil
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
