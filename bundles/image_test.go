package bundles_test

import (
	"math"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
)

// The sizes between a number of GB and the same number of GiB, and what is not known.
func TestCheckImageOrigin(t *testing.T) {
	const gib = 1 << 30
	for _, tt := range []struct {
		edition string
		system  types.OperatingSystemName
		change  func(s *bundles.ImageOrigin)
		want    []string
	}{
		{"2026-09-10", "WINDOWS_10", func(s *bundles.ImageOrigin) {}, nil},
		{"2026-09-10", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(2*gib - 1)) }, []string{"? FreeBytes"}},
		{"2026-09-10", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(2_000_000_000)) }, []string{"? FreeBytes"}},
		{"2026-09-10", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(2 * gib)) }, []string{"? FreeBytes"}},
		{"2026-09-10", "WINDOWS_SERVER_2022", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(12*gib + 1)) }, nil},
		{"2022-09-02", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(2 * gib)) }, nil},
		{"2022-09-02", "WINDOWS_SERVER_2022", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(2 * gib)) }, nil},
		{"2022-09-02", "WINDOWS_11", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(20 * gib)) }, []string{"? FreeBytes"}},
		{"2019-09-24", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(3 * gib)) }, nil},
		{"2019-09-24", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.ProfileBytes = nil }, []string{"? ProfileBytes"}},
		{"2019-09-24", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(3*gib - 1)) }, []string{"? FreeBytes"}},
		{"2019-09-24", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(math.MinInt64)) }, []string{"bundles.image-free-space FreeBytes"}},
		{"2020-05-07", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.ProfileBytes = new(int64(10 * gib)) }, []string{"bundles.image-profile-size ProfileBytes"}},
		{"2026-09-10", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.ProfileBytes = new(int64(10 * gib)) }, []string{"? ProfileBytes"}},
		{"2017-12-31", "WINDOWS_10", func(s *bundles.ImageOrigin) {}, []string{"? State", "? FreeBytes"}},
		{"2026-09-10", "WINDOWS_SERVER_2025", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(12 * gib)) }, []string{"? FreeBytes"}},
		{"2026-09-10", "WINDOWS_11", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(12*gib + 1)) }, nil},
		{"2020-04-29", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(12 * gib)) }, nil},
		{"2020-04-29", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.FreeBytes = new(int64(12*gib - 1)) }, []string{"? FreeBytes"}},
		{"2020-04-29", "WINDOWS_7", func(s *bundles.ImageOrigin) { s.ProfileBytes = new(int64(9_999_999_999)) }, nil},
		{"2020-04-29", "WINDOWS_7", func(s *bundles.ImageOrigin) { s.ProfileBytes = new(int64(10_000_000_000)) }, []string{"? ProfileBytes"}},
		{"2026-09-10", "WINDOWS_7", func(s *bundles.ImageOrigin) { s.ProfileBytes = new(int64(10_000_000_000)) }, nil},
		{"2026-09-10", "WINDOWS_7", func(s *bundles.ImageOrigin) { s.FreeBytes, s.ProfileBytes = nil, nil }, []string{"? FreeBytes", "? ProfileBytes"}},
		{"2026-09-10", "ROCKY_8", func(s *bundles.ImageOrigin) { s.FreeBytes, s.ProfileBytes, s.Encrypted = nil, nil, nil }, []string{"? RootVolumeEncryptionEnabled"}},
		{"2026-09-10", "ROCKY_8", func(s *bundles.ImageOrigin) { s.RootUsedPercents = nil }, []string{"? RootUsedPercents"}},
		{"2026-09-10", "ROCKY_8", func(s *bundles.ImageOrigin) { s.RootUsedPercents = new(96) }, nil},
		{"2026-09-10", "ROCKY_8", func(s *bundles.ImageOrigin) { s.RootUsedPercents = new(97) }, []string{"bundles.image-root-full RootUsedPercents"}},
		{"2026-09-10", "", func(s *bundles.ImageOrigin) {}, []string{"? OperatingSystemName"}},
		{"2026-09-10", "UNKNOWN", func(s *bundles.ImageOrigin) {}, []string{"? OperatingSystemName"}},
		{"2026-09-10", "WINDOWS_10", func(s *bundles.ImageOrigin) { s.Workspace.State = "STOPPED" }, []string{"bundles.state-refuses State"}},
	} {
		s := bundles.ImageOrigin{Workspace: desktop("STANDARD", 80, 10), Encrypted: new(false), FreeBytes: new(int64(20 * gib)), ProfileBytes: new(int64(gib)), RootUsedPercents: new(50)}
		s.Workspace.OperatingSystem = tt.system
		tt.change(&s)
		a, err := at(t, tt.edition).CheckImageOrigin(s)
		if got := findings(a); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s %s %+v: %q, %v, want %q", tt.edition, tt.system, s, got, err, tt.want)
		}
	}
}
