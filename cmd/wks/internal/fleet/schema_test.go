package fleet

import (
	"reflect"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/schematest"
)

// The published schema of targets.json describes what is read, and accepts the sample's.
func TestTargetsBySchema(t *testing.T) {
	schematest.Describes(t, "targets.json", reflect.TypeFor[targetFile]())
	schema := schematest.Load(t, "targets.json", false)
	schematest.Valid(t, schema, sampleFiles()[targetsName])
	schematest.Valid(t, schema, []byte(`{"targets": [{"where": {"license": "byol"}, "to": "wsb-000000001"}]}`))
	if schematest.Check(schema, []byte(`{"target": []}`)) == nil {
		t.Error("a file without targets is valid")
	}
}
