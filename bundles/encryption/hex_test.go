package encryption

import (
	"strings"
	"testing"
)

// A key ID is a UUID, or mrk- and 32 hexadecimal digits: a byte that is another at any place makes it none.
// AWS KMS Developer Guide, Key identifiers.
func TestKeyIDByteByByte(t *testing.T) {
	for _, id := range []string{"1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234abcd12ab34cd56ef1234567890ab"} {
		if !isKeyID(id) {
			t.Errorf("%s is no key ID", id)
		}
		for i := range id {
			for _, by := range []string{"g", "G", "/", "-", "0", ""} {
				other := id[:i] + by + id[i+1:]
				same := by == "-" && id[i] == '-' || by == "0" && strings.IndexByte("mrk-", id[i]) < 0
				if isKeyID(other) != same {
					t.Errorf("%s: %t", other, !same)
				}
			}
		}
		if isKeyID(id + "0") {
			t.Errorf("%s0 is a key ID", id)
		}
	}
}
