package wks_test

import (
	"testing"

	wks "github.com/wksgo/wks"
)

// An error of the Region is that of a whole batch: it is told once.
func TestUnansweredOnce(t *testing.T) {
	in := batch(1000)
	for i := range in.Workspaces {
		in.Workspaces[i].VolumeEncryptionKey = new("alias/k")
		in.Workspaces[i].RootVolumeEncryptionEnabled = new(true)
	}
	if err := wks.Unanswered(in, "no Region"); err == nil || len(err.Error()) > 300 {
		t.Errorf("%.300v", err)
	}
}
