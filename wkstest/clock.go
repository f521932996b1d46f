package wkstest

import (
	"strconv"
	"time"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// An Activity is something that takes the service time.
type Activity string

// The activities. Where the documents give the longest time, an activity takes half of it up to
// all of it, by the identifier of the resource and Config.Seed.
const (
	Appear          Activity = "appear"           // until a new WorkSpace is described: 2 s. The API reference admits that it takes time, and gives none
	Launch          Activity = "launch"           // up to 20 minutes (guide of April 2020, "Launch a WorkSpace")
	EncryptedLaunch Activity = "encrypted-launch" // up to 40 minutes, and up to an hour with an encrypted root volume
	Migrating       Activity = "migrating"        // up to an hour (guide, "Migrate a WorkSpace")
	AppearMigrated  Activity = "appear-migrated"  // until the target of a migration is described: 20 s, which no document gives
	VolumeChange    Activity = "volume-change"    // what the edition says, else an hour
	ComputeChange   Activity = "compute-change"   // what the edition says
	ProtocolChange  Activity = "protocol-change"  // what the edition says, else 40 minutes
	Starting        Activity = "starting"         // 2 minutes (FAQ of 2017: under 90 s), which later documents do not give
	Stopping        Activity = "stopping"         // 1 minute, which no document gives
	Rebooting       Activity = "rebooting"        // 5 minutes, which no document gives
	Rebuilding      Activity = "rebuilding"       // 20 minutes, which no document gives
	Restoring       Activity = "restoring"        // 20 minutes, which no document gives
	Terminating     Activity = "terminating"      // what the edition says, else 5 minutes
	Registering     Activity = "registering"      // of a directory, and back: 1 minute, which no document gives
	Imaging         Activity = "imaging"          // of an image: what the edition says
	Importing       Activity = "importing"        // of a BYOL image: 90 minutes, 3 hours with Office (guide, since 2022)
	AccountChange   Activity = "account-change"   // of BYOL: 4 hours; "several hours" by the BYOL page of 2019
	AliasChange     Activity = "alias-change"     // of a connection alias: 10 s, which no document gives
	PoolChange      Activity = "pool-change"      // of a pool: 10 minutes, which no document gives
)

// fixed are the times that do not depend on the edition, or that count where it gives none.
var fixed = map[Activity]span{
	Appear:          {time: 2 * time.Second},
	Launch:          {time: 20 * time.Minute, spread: true},
	EncryptedLaunch: {time: 40 * time.Minute, spread: true},
	Migrating:       {time: time.Hour, spread: true},
	AppearMigrated:  {time: 20 * time.Second},
	VolumeChange:    {time: time.Hour, spread: true},
	ComputeChange:   {spread: true}, // each edition gives it
	ProtocolChange:  {time: 40 * time.Minute, spread: true},
	Starting:        {time: 2 * time.Minute},
	Stopping:        {time: time.Minute},
	Rebooting:       {time: 5 * time.Minute},
	Rebuilding:      {time: 20 * time.Minute},
	Restoring:       {time: 20 * time.Minute},
	Terminating:     {time: 5 * time.Minute},
	Registering:     {time: time.Minute},
	Imaging:         {spread: true}, // each edition gives it
	Importing:       {time: 90 * time.Minute, spread: true},
	AccountChange:   {time: 4 * time.Hour},
	AliasChange:     {time: 10 * time.Second},
	PoolChange:      {time: 10 * time.Minute},
}

// waits are the activities whose time an edition gives.
var waits = map[Activity]bundles.Wait{
	VolumeChange:   bundles.VolumeChange,
	ComputeChange:  bundles.ComputeTypeChange,
	ProtocolChange: bundles.ProtocolChange,
	Terminating:    bundles.Termination,
	Imaging:        bundles.ImageCreation,
}

const (
	snapshotEvery   = 12 * time.Hour   // guide, "Rebuild a WorkSpace"
	autoStopDefault = 60               // minutes; guide, "Manage the WorkSpace Running Mode"
	slowMigration   = 90 * time.Minute // of the fault
)

// A span is how long an activity takes.
type span struct {
	time   time.Duration
	spread bool   // time is the longest, and half of it the shortest
	salt   string // of the activity, for the hash that chooses
}

// spans returns how long activities take: what Config.Times says, which is exact, or the edition, or the table.
func (c *Config) spans(r *rulebook) map[Activity]span {
	all := make(map[Activity]span, len(fixed))
	for a, f := range fixed {
		if w, ok := waits[a]; ok {
			if long, _ := r.bundles.Wait(w); long > 0 {
				f.time = long
			}
		}
		if d, ok := c.Times[a]; ok {
			f = span{time: d}
		}
		f.salt = string(a) + strconv.FormatUint(c.Seed, 10)
		all[a] = f
	}
	return all
}

// takes returns how long an activity takes for a resource.
func (s *Server) takes(a Activity, id string) time.Duration {
	f := s.spans[a]
	if !f.spread {
		return f.time
	}
	h := fnv64a(fnv64a(14695981039346656037, id), f.salt)
	return f.time/2 + time.Duration(h%uint64(f.time/2/time.Second+1))*time.Second
}

// fnv64a goes on with the hash of package hash/fnv, for which that allocates.
func fnv64a(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

func checkTimes(times map[Activity]time.Duration) error {
	for a, d := range times {
		if _, ok := fixed[a]; !ok {
			return &rule.InputError{Path: "Times", Value: string(a), Reason: "is no activity"}
		}
		if d < 0 {
			return &rule.InputError{Path: rule.Path("Times").Join(rule.Path(a)), Value: d.String(), Reason: "is negative"}
		}
	}
	return nil
}

// Now returns the server's time: that of Config.Now, and with Config.Speed one that runs faster
// since the server was made. It is the zero time of the zero Server.
func (s *Server) Now() time.Time {
	if s.config.Now == nil {
		return time.Time{}
	}
	now := s.config.Now()
	if s.config.Speed == 1 {
		return now
	}
	return s.start.Add(time.Duration(float64(now.Sub(s.start)) * s.config.Speed))
}
