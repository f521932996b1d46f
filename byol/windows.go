package byol

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/rule"
)

const (
	windows7   = "Windows 7"
	windows10  = "Windows 10"
	windows11  = "Windows 11"
	server2016 = "Windows Server 2016"
)

// Windows is a system that is an image, or should become one. Empty fields are not known. A
// Build tells its product and release.
type Windows struct {
	Product string `json:",omitempty"` // "Windows 7", "Windows 10", "Windows 11", "Windows Server 2016"
	Release string `json:",omitempty"` // such as "22H2" or "1809"; "SP1" of Windows 7
	Build   int    `json:",omitempty"` // such as 19045
	Edition string `json:",omitempty"` // such as "Enterprise", "Pro", "Enterprise LTSC", "Pro N"
}

// String returns product, release and edition, and the build in parentheses. A known build
// tells product and release here, too.
func (w *Windows) String() string {
	product, release := w.known()
	s := strings.Join(slices.DeleteFunc([]string{product, release, w.Edition}, func(s string) bool { return s == "" }), " ")
	if w.Build != 0 {
		s = strings.TrimSpace(s + " (build " + strconv.Itoa(w.Build) + ")")
	}
	return s
}

// ParseWindows reads what Win32_OperatingSystem calls Caption and Version: "Microsoft
// Windows 10 Enterprise LTSC" and "10.0.17763". Either may be empty. A caption of another
// system gives a Product that no document supports. Captions are in the language of the
// system; editions are known by their English names. The error is a *rule.InputError for a
// version that is not three numbers with points.
func ParseWindows(caption, version string) (Windows, error) {
	var w Windows
	w.Product = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(caption), "Microsoft "))
	for _, product := range [...]string{windows7, windows10, windows11, server2016} {
		if rest, ok := strings.CutPrefix(w.Product, product); ok && (rest == "" || rest[0] == ' ') {
			w.Product, w.Edition = product, strings.TrimSpace(rest)
			break
		}
	}
	if version != "" {
		major, rest, ok := strings.Cut(version, ".")
		minor, build, ok2 := strings.Cut(rest, ".")
		n, err := strconv.ParseUint(build, 10, 31)
		if !ok || !ok2 || err != nil || !digits(major) || !digits(minor) || n == 0 {
			return Windows{}, &rule.InputError{Path: "Version", Value: version, Reason: "is not a version such as 10.0.19045"}
		}
		w.Build = int(n)
	}
	return w, nil
}

// ltsc reports whether the edition is of the Long-Term Servicing Channel. Windows writes
// a year behind some of them: "Enterprise LTSC 2021".
func (w *Windows) ltsc() bool { return strings.Contains(w.Edition, "LTSC") }

// n reports whether the edition is an N edition: "Pro N", "Enterprise N LTSC".
func (w *Windows) n() bool {
	return strings.HasSuffix(w.Edition, " N") || strings.Contains(w.Edition, " N ")
}

// server reports whether the product is a Windows Server. Servers have builds of Windows 10 and 11.
func (w *Windows) server() bool { return strings.HasPrefix(w.Product, "Windows Server") }

// known returns the product and release. The build tells them if they are empty.
func (w *Windows) known() (product, release string) {
	if w.Build == 0 || w.server() {
		return w.Product, w.Release
	}
	b := releases[w.Build]
	return cmp.Or(w.Product, b.product), cmp.Or(w.Release, b.release)
}

// validate returns an error if the build is not of the product or release.
func (w *Windows) validate() error {
	if w.Build == 0 {
		return nil
	}
	switch b, ok := releases[w.Build]; {
	case w.Build < 0:
		return negative("Build", int64(w.Build))
	case w.server():
	case ok && w.Product != "" && w.Product != b.product:
		return &rule.InputError{Path: "Product", Value: w.Product, Reason: "is not the product of build " + strconv.Itoa(w.Build) + ", " + b.product}
	case ok && w.Release != "" && w.Release != b.release:
		return &rule.InputError{Path: "Release", Value: w.Release, Reason: "is not the release of build " + strconv.Itoa(w.Build) + ", " + b.release}
	}
	return nil
}

// A release is a version of a product.
type release struct{ product, release string }

// releases are the releases by the number of their build. The documents print no builds. The
// checker compares these numbers up to 22631. The names of the releases and the last two
// numbers are from Microsoft's release information.
var releases = map[int]release{
	7601:        {windows7, "SP1"},
	10586:       {windows10, "1511"},
	14393:       {windows10, "1607"},
	15063:       {windows10, "1703"},
	16299:       {windows10, "1709"},
	17134:       {windows10, "1803"},
	17763:       {windows10, "1809"},
	18362:       {windows10, "1903"},
	18363:       {windows10, "1909"},
	19041:       {windows10, "2004"},
	19042:       {windows10, "20H2"},
	19043:       {windows10, "21H1"},
	19044:       {windows10, "21H2"},
	19045:       {windows10, "22H2"},
	22000:       {windows11, "21H2"},
	22621:       {windows11, "22H2"},
	22631:       {windows11, "23H2"},
	26100:       {windows11, "24H2"},
	newestBuild: {windows11, "25H2"},
}

const newestBuild = 26200

// editionNames are the first words of the English names of Windows editions, from Microsoft's
// lists of them.
var editionNames = []string{"Home", "Pro", "Professional", "Education", "Enterprise", "Business", "IoT", "S", "SE", "Starter", "Team", "Ultimate"}
