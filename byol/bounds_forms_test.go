package byol_test

import (
	"strings"
	"testing"

	"github.com/wksgo/wks/byol"
)

// The lengths and the parts at which a pattern of the API begins and ends to match: each form agrees with it there.
func TestFormsAtTheirBounds(t *testing.T) {
	texts := map[string][]string{
		"region": {"", "-", strings.Repeat("a", 31), strings.Repeat("a", 32), "A", "a_b"},
		"image":  {"wsi-" + strings.Repeat("0", 8), "wsi-" + strings.Repeat("0", 9), "wsi-" + strings.Repeat("z", 63), "wsi-" + strings.Repeat("z", 64), "wsi-00000000A"},
	}
	for _, n := range []int{7, 8, 9, 16, 17, 18} {
		texts["ami"] = append(texts["ami"], "ami-"+strings.Repeat("f", n), "ami-"+strings.Repeat("g", n))
		texts["import task"] = append(texts["import task"], "import-ami-"+strings.Repeat("Z", n), "import-ami-"+strings.Repeat("-", n))
	}
	for _, partition := range []string{"aws", "aws-cn", "aw", "aws:"} {
		for _, account := range []string{"123456789012", "12345678901", "aws", "aws-", "aws-cn", "aws-iso-b", "aws-1", "aws-A", "awscn", "cn", ""} {
			for _, region := range []string{"us-east-1", ""} {
				head := "arn:" + partition + ":imagebuilder:" + region + ":" + account + ":"
				for _, version := range []string{"1.0.0", "x.x.x", "1.0", "1.0.0/1", "1.0.0/x", "x.0.0/1", "1.0.0/", "1.0.0/1/1", ""} {
					texts["build version"] = append(texts["build version"], head+"image/name-1_a/"+version, head+"image//"+version, head+"image/Name/"+version)
				}
				for _, name := range []string{"name-1_a", "", "Name", "a/b"} {
					texts["infrastructure"] = append(texts["infrastructure"], head+"infrastructure-configuration/"+name, head+"infrastructure/"+name)
				}
			}
		}
	}
	for name, list := range texts {
		matched := 0
		for _, s := range list {
			want := patterns[name].MatchString(s)
			if byol.Forms[name](s) != want {
				t.Errorf("%s: %q: %t by the pattern", name, s, want)
			}
			if want {
				matched++
			}
		}
		if matched == 0 || matched == len(list) {
			t.Errorf("%s: %d of %d match", name, matched, len(list))
		}
	}
}
