package wks_test

import (
	"testing"
	"time"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
)

// The threshold of the recommended alarm on latency is where package network calls a session degraded.
func TestLatencyAlarms(t *testing.T) {
	r := wks.Newest()
	for protocol, of := range map[monitor.Protocol]network.Protocol{monitor.PCoIP: network.ProtocolPCoIP, monitor.DCV: network.ProtocolDCV} {
		alarms, err := r.Monitor.RecommendedAlarms(monitor.Watched{Directory: "d-906732b9ab", Protocol: protocol})
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, a := range alarms {
			if a.Alarm.MetricName != "InSessionLatency" {
				continue
			}
			found++
			threshold := time.Duration(a.Threshold) * time.Millisecond
			below, _ := r.Network.RoundTripQuality(of, threshold-time.Millisecond)
			above, _ := r.Network.RoundTripQuality(of, threshold+time.Millisecond)
			if below == network.QualityDegraded || above != network.QualityDegraded {
				t.Errorf("%s at %s: %s below and %s above", protocol, threshold, below, above)
			}
		}
		if found != 1 {
			t.Errorf("%s: %d alarms on latency", protocol, found)
		}
	}
}
