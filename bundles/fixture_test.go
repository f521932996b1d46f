package bundles_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

var now = time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)

// desktop is a WorkSpace of which everything is known, launched two months ago.
func desktop(compute types.Compute, root, user int32) bundles.Workspace {
	return bundles.Workspace{
		ComputeType:     compute,
		Volumes:         bundles.Volumes{Root: root, User: user},
		OperatingSystem: types.OperatingSystemNameWindowsServer2022,
		Protocol:        types.ProtocolPcoip,
		RunningMode:     types.RunningModeAutoStop,
		State:           types.WorkspaceStateAvailable,
		Snapshots:       &bundles.Snapshots{Rebuild: make([]types.Snapshot, 1), Restore: make([]types.Snapshot, 2)},
		History:         bundles.History{Launched: now.AddDate(0, -2, 0)},
	}
}

func TestFixtures(t *testing.T) {
	ruletest.Fixtures(t, "testdata/fixtures.txt", bundles.RuleRows(), bundles.Editions(), func(e rule.Edition, _ rule.Code, input string) (rule.Violations, error) {
		rules, err := bundles.At(e)
		if err != nil {
			return nil, err
		}
		verb, rest, _ := strings.Cut(input, " ")
		check, ok := checks[verb]
		if !ok {
			return nil, fmt.Errorf("no check %q", verb)
		}
		a, err := check(rules, strings.Fields(rest))
		return a.Violations, err
	})
}

// checks are the verbs of the fixtures. Words with an = change the desktop, others are the
// check's own, in order.
var checks = map[string]func(bundles.Rules, []string) (bundles.Answer, error){
	"volumes": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		v, err := sizes(words[1])
		if err != nil {
			return bundles.Answer{}, err
		}
		return r.CheckVolumes(types.Compute(words[0]), v.Root, v.User)
	},
	"resize": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		w, words, err := parseDesktop(words)
		if err != nil {
			return bundles.Answer{}, err
		}
		to, err := sizes(words[0])
		if err != nil {
			return bundles.Answer{}, err
		}
		return r.CheckResize(w, to, now)
	},
	"switch": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		w, words, err := parseDesktop(words)
		if err != nil {
			return bundles.Answer{}, err
		}
		return r.CheckSwitch(w, types.Compute(words[0]), now)
	},
	"mode": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		n, err := strconv.Atoi(words[1])
		if err != nil {
			return bundles.Answer{}, err
		}
		return r.CheckRunningMode(types.RunningMode(words[0]), new(int32(n)))
	},
	"modify": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		w, words, err := parseDesktop(words)
		if err != nil {
			return bundles.Answer{}, err
		}
		var p types.WorkspaceProperties
		for _, word := range words {
			switch name, value, _ := strings.Cut(word, ":"); name {
			case "compute":
				p.ComputeTypeName = types.Compute(value)
			case "protocol":
				p.Protocols = append(p.Protocols, types.Protocol(value))
			case "volumes":
				v, err := sizes(value)
				if err != nil {
					return bundles.Answer{}, err
				}
				if v.Root > 0 {
					p.RootVolumeSizeGib = &v.Root
				}
				if v.User > 0 {
					p.UserVolumeSizeGib = &v.User
				}
			default:
				return bundles.Answer{}, fmt.Errorf("no property %q", word)
			}
		}
		return r.CheckModify(w, p, now)
	},
	"self": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		w, words, err := parseDesktop(words)
		if err != nil {
			return bundles.Answer{}, err
		}
		var p *types.WorkspaceProperties
		last := words[len(words)-1]
		if v, err := sizes(last); err == nil {
			p = &types.WorkspaceProperties{}
			if v.Root > 0 {
				p.RootVolumeSizeGib = &v.Root
			}
			if v.User > 0 {
				p.UserVolumeSizeGib = &v.User
			}
		} else if mode := types.RunningMode(last); slices.Contains(mode.Values(), mode) {
			p = &types.WorkspaceProperties{RunningMode: mode}
		}
		if p != nil {
			words = words[:len(words)-1]
		}
		return r.CheckSelfService(bundles.Operation(strings.Join(words, " ")), w, p, now)
	},
	"offer": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		return r.CheckOffer(types.OperatingSystemName(words[0]), types.Compute(words[1]), types.Protocol(words[2]))
	},
	"request": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		q, l := request(words)
		return r.CheckRequest(q, l)
	},
	"batch": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		n, err := strconv.Atoi(words[0])
		if err != nil {
			return bundles.Answer{}, err
		}
		batch := make([]types.WorkspaceRequest, n)
		for i := range batch {
			batch[i], _ = request([]string{fmt.Sprint("UserName=user", i)})
			if i < len(words)-1 {
				batch[i].UserName = &words[i+1]
			}
		}
		return r.CheckRequests(batch, nil)
	},
	"tags": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		var tags []types.Tag
		for _, word := range words {
			if n, err := strconv.Atoi(word); err == nil {
				for i := range n {
					tags = append(tags, types.Tag{Key: new(fmt.Sprint("k", i))})
				}
				continue
			}
			key, value, _ := strings.Cut(word, "|")
			key, value = unfold(key), unfold(value)
			tags = append(tags, types.Tag{Key: &key, Value: &value})
		}
		return r.CheckTags(tags)
	},
	"name": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		return r.CheckName(bundles.Name(words[0]), unfold(words[1]))
	},
	"id": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		return r.CheckID(bundles.ID(words[0]), words[1])
	},
	"user": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		return r.CheckUserName(types.OperatingSystemType(words[0]), unfold(words[1]))
	},
	"bundle": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		return r.CheckBundle(bundle(words))
	},
	"organization": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		return r.CheckOrganizationName(words[0])
	},
	"password": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		return r.CheckPassword(bundles.Tutorial(strings.ReplaceAll(words[0], "_", " ")), unfold(words[1]))
	},
	"radius": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		s := bundles.RADIUS{Servers: []netip.Addr{netip.MustParseAddr("10.0.0.7")}, Port: bundles.RADIUSPort, SharedSecret: "tell nobody", Retries: 3}
		var err error
		if s.Timeout, err = time.ParseDuration(words[0]); err != nil {
			return bundles.Answer{}, err
		}
		if s.Retries, err = strconv.Atoi(words[1]); err != nil {
			return bundles.Answer{}, err
		}
		for _, word := range words[2:] {
			switch word {
			case "no-server":
				s.Servers = nil
			case "invalid-server":
				s.Servers = append(s.Servers, netip.Addr{})
			case "no-port":
				s.Port = 0
			case "no-secret":
				s.SharedSecret = ""
			}
		}
		return r.CheckRADIUS(s)
	},
	"quota": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		n, err := strconv.Atoi(words[0])
		if err != nil {
			return bundles.Answer{}, err
		}
		return r.CheckQuota(strings.Join(words[1:], " "), n)
	},
	"image": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		n, err := strconv.ParseInt(words[1], 10, 64)
		if err != nil {
			return bundles.Answer{}, err
		}
		s := bundles.ImageSource{Workspace: desktop("STANDARD", 80, 10), Encrypted: new(false), FreeBytes: new(int64(20 << 30)), ProfileBytes: new(int64(1 << 20)), RootUsedPercents: new(50)}
		s.Workspace.OperatingSystem = types.OperatingSystemName(words[0])
		switch words[2] {
		case "free":
			s.FreeBytes = &n
		case "profile":
			s.ProfileBytes = &n
		case "used":
			s.RootUsedPercents = new(int(n))
		case "encrypted":
			s.Encrypted = new(n > 0)
		}
		return r.CheckImageSource(s)
	},
	"operation": func(r bundles.Rules, words []string) (bundles.Answer, error) {
		w, words, err := parseDesktop(words)
		if err != nil {
			return bundles.Answer{}, err
		}
		return r.CheckOperation(bundles.Operation(strings.Join(words, " ")), w)
	},
}

// request is a sound one, changed by words MEMBER=VALUE; a value of - removes the member.
func request(words []string) (types.WorkspaceRequest, bundles.Launch) {
	q := types.WorkspaceRequest{
		BundleId:    new("wsb-0123456789"),
		DirectoryId: new("d-0123456789"),
		UserName:    new("grace"),
		Tags:        []types.Tag{{Key: new("project"), Value: new("desktops")}},
	}
	l := bundles.Launch{System: types.OperatingSystemTypeWindows, ComputeType: "STANDARD", Volumes: bundles.Volumes{Root: 80, User: 50}}
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		p := &value
		if value = unfold(value); value == "-" {
			p = nil
		}
		switch name {
		case "BundleId":
			q.BundleId = p
		case "DirectoryId":
			q.DirectoryId = p
		case "UserName":
			q.UserName = p
		case "WorkspaceName":
			q.WorkspaceName = p
		case "compute":
			l.ComputeType = types.Compute(value)
		case "taken":
			l.UserTaken = true
		case "sizes":
			v, _ := sizes(value)
			q.WorkspaceProperties = &types.WorkspaceProperties{RootVolumeSizeGib: &v.Root, UserVolumeSizeGib: &v.User}
		default:
			panic("no member " + name)
		}
	}
	return q, l
}

// bundle is a sound one, changed by words FIELD=VALUE.
func bundle(words []string) bundles.Bundle {
	b := bundles.Bundle{
		BundleName: "Desktops_2026", BundleDescription: "for everybody", ImageID: "wsi-0123456789", ComputeType: "STANDARD",
		RootStorage: &types.RootStorage{Capacity: new("80")}, UserStorage: &types.UserStorage{Capacity: new("50")},
		Image: bundles.Volumes{Root: 80, User: 10},
	}
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "name":
			b.BundleName = unfold(value)
		case "image":
			b.Image, _ = sizes(value)
		case "compute":
			b.ComputeType = types.Compute(value)
		case "root":
			b.RootStorage.Capacity = &value
		case "user":
			b.UserStorage.Capacity = &value
		case "no-user":
			b.UserStorage = nil
		default:
			panic("no field " + name)
		}
	}
	return b
}

// unfold makes a text of a word: ~ is a space, and x*20 is x twenty times.
func unfold(word string) string {
	out := ""
	for part := range strings.SplitSeq(strings.ReplaceAll(word, "~", " "), ",,") {
		text, times, is := strings.Cut(part, "*")
		if n, err := strconv.Atoi(times); is && err == nil {
			part = strings.Repeat(text, n)
		}
		out += part
	}
	return out
}

// parseDesktop takes the words NAME=VALUE as changes to the desktop, and returns the others.
func parseDesktop(words []string) (w bundles.Workspace, rest []string, err error) {
	w = desktop("STANDARD", 80, 10)
	for _, word := range words {
		name, value, is := strings.Cut(word, "=")
		if !is {
			rest = append(rest, word)
			continue
		}
		switch name {
		case "compute":
			w.ComputeType = types.Compute(value)
		case "volumes":
			w.Volumes, err = sizes(value)
		case "os":
			w.OperatingSystem = types.OperatingSystemName(value)
		case "protocol":
			w.Protocol = types.Protocol(value)
		case "mode":
			w.RunningMode = types.RunningMode(value)
		case "state":
			w.State = types.WorkspaceState(value)
		case "modifying":
			resource, state, _ := strings.Cut(value, ":")
			w.Modifications = append(w.Modifications, types.ModificationState{Resource: types.ModificationResourceEnum(resource), State: types.ModificationStateEnum(state)})
		case "standby":
			w.Standby = true
		case "snapshots":
			w.Snapshots = &bundles.Snapshots{}
		case "launched":
			w.History.Launched, err = before(value)
		case "root":
			w.History.RootVolume, err = before(value)
		case "user":
			w.History.UserVolume, err = before(value)
		case "larger":
			w.History.Larger, err = before(value)
		case "smaller":
			w.History.Smaller, err = before(value)
		default:
			err = fmt.Errorf("no field %q", name)
		}
		if err != nil {
			return w, nil, err
		}
	}
	return w, rest, nil
}

// before is now less a duration such as 5h59m or 30d; "?" is not known.
func before(s string) (time.Time, error) {
	if s == "?" {
		return time.Time{}, nil
	}
	if days, is := strings.CutSuffix(s, "d"); is {
		n, err := strconv.Atoi(days)
		return now.AddDate(0, 0, -n), err
	}
	d, err := time.ParseDuration(s)
	return now.Add(-d), err
}

func sizes(s string) (v bundles.Volumes, err error) {
	_, err = fmt.Sscanf(s, "%d/%d", &v.Root, &v.User)
	return v, err
}
