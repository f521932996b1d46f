package monitor_test

import (
	"bytes"
	"encoding/json"
	"io"
	"testing"
	"time"

	"github.com/wksgo/wks/monitor"
)

// A decoded is an access event as one would write it for encoding/json.
type decoded struct {
	ID         string    `json:"id"`
	DetailType string    `json:"detail-type"`
	Source     string    `json:"source"`
	Account    string    `json:"account"`
	Time       time.Time `json:"time"`
	Region     string    `json:"region"`
	Detail     struct {
		ClientIPAddress string    `json:"clientIpAddress"`
		ActionType      string    `json:"actionType"`
		Product         string    `json:"workspacesClientProductName"`
		LoginTime       time.Time `json:"loginTime"`
		Platform        string    `json:"clientPlatform"`
		DirectoryID     string    `json:"directoryId"`
		Version         string    `json:"clientVersion"`
		WorkspaceID     string    `json:"workspaceId"`
	} `json:"detail"`
}

// manyEvents returns n events on lines of their own, of 500 WorkSpaces.
func manyEvents(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		b.Write(event(i % 500))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

const benchEvents = 20_000

// BenchmarkReadLogins reads and counts. Its peer is BenchmarkDecode, which does not even count.
func BenchmarkReadLogins(b *testing.B) {
	data := manyEvents(benchEvents)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range monitor.Newest().ReadLogins(bytes.NewReader(data), monitor.Lenient).All() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != benchEvents {
			b.Fatal(n)
		}
	}
}

// BenchmarkUsage reads, tries a setting on each login, and counts the use of each WorkSpace.
func BenchmarkUsage(b *testing.B) {
	data := manyEvents(benchEvents)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	r := monitor.Newest()
	trial := monitor.Trial{Devices: map[monitor.DeviceType]monitor.DeviceAccess{monitor.OSX: monitor.DenyDevices}, Minimum: r.SAMLClients()}
	for b.Loop() {
		var u monitor.Usage
		for l, err := range r.ReadLogins(bytes.NewReader(data), monitor.Lenient).All() {
			if err != nil {
				b.Fatal(err)
			}
			u.Add(&l)
			if a, err := r.CheckLogin(&l, trial); err != nil || a.Err() != nil {
				b.Fatal(a, err)
			}
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	data := manyEvents(benchEvents)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		d := json.NewDecoder(bytes.NewReader(data))
		for n := 0; ; n++ {
			var e decoded
			if err := d.Decode(&e); err == io.EOF && n == benchEvents {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
