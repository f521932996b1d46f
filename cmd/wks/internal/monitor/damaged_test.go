package monitor

import (
	"path/filepath"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/damagetest"
)

// Whatever is gone, of another type, twice or in one another in a pattern, there is an answer or an error.
func TestDamaged(t *testing.T) {
	const pattern = `{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"], "region": ["eu-west-1"], "account": ["111122223333"],
		"detail": {"clientPlatform": ["Windows", {"prefix": "An"}, {"anything-but": ["iOS"]}], "clientIpAddress": [{"cidr": "192.0.2.0/24"}], "directoryId": [{"exists": true}], "actionType": [{"wildcard": "success*"}], "n": [{"numeric": [">", 0, "<=", 5]}], "$or": [{"a": ["b"]}, {"c": ["d"]}]}}`
	damagetest.Case{
		Command: Command, Files: map[string][]byte{"pattern.json": []byte(pattern)},
		Args: func(dir string) []string { return []string{"pattern", filepath.Join(dir, "pattern.json")} },
	}.Check(t)
}
