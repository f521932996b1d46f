package encryption_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// arnOf returns the ARN of a key by its id, in the partition of the Region.
func arnOf(region, id string) string {
	partition := "aws"
	switch {
	case strings.HasPrefix(region, "cn-"):
		partition = "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		partition = "aws-us-gov"
	}
	return "arn:" + partition + ":kms:" + region + ":111122223333:key/" + id
}

// fleet reads WorkSpaces from words: REGION*N, and REGION*N=ID or REGION*N=name:NAME for
// those that have a key. REGION*N=- are not encrypted.
func fleet(t testing.TB, s string) (list []encryption.Workspace) {
	t.Helper()
	for _, word := range strings.Fields(s) {
		place, ref, _ := strings.Cut(word, "=")
		region, number, _ := strings.Cut(place, "*")
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		w := encryption.Workspace{Region: region}
		if name, ok := strings.CutPrefix(ref, "name:"); ok {
			w.Key = name
		} else if ref == "-" {
			w.Unencrypted = true
		} else if ref != "" {
			w.Key = arnOf(region, ref)
		}
		list = append(list, slices.Repeat([]encryption.Workspace{w}, n)...)
	}
	return list
}

// shardKeys reads keys from words: REGION=ID,limit=N,others=N,name=NAME,closed,aws.
// Without an ID the key has only its name.
func shardKeys(t testing.TB, s string) (list []encryption.ShardKey) {
	t.Helper()
	for _, word := range strings.Fields(s) {
		parts := strings.Split(word, ",")
		region, id, _ := strings.Cut(parts[0], "=")
		k := encryption.ShardKey{Region: region}
		if id != "" {
			k.ARN = arnOf(region, id)
		}
		for _, p := range parts[1:] {
			name, value, _ := strings.Cut(p, "=")
			n, _ := strconv.Atoi(value)
			switch name {
			case "limit":
				k.Limit = n
			case "others":
				k.Others = n
			case "name":
				k.Name = value
			case "closed":
				k.Closed = true
			case "aws":
				k.AWSManaged = true
			default:
				t.Fatalf("no word %q", p)
			}
		}
		list = append(list, k)
	}
	return list
}

// loads writes the keys of a plan: + for new and ? for found, the name or id, and the load.
func loads(p encryption.ShardPlan) string {
	var words []string
	for _, k := range p.Keys {
		_, id, _ := strings.Cut(k.Ref(), ":key/")
		if id == "" {
			id = k.Name
		}
		switch {
		case k.New:
			id = "+" + id
		case k.Found:
			id = "?" + id
		}
		words = append(words, fmt.Sprintf("%s:%d>%d", id, k.Before, k.After))
	}
	return strings.Join(words, " ")
}

func TestShard(t *testing.T) {
	const newest = "2026-09-10"
	for _, tt := range []struct {
		name, date, fleet, keys string
		o                       encryption.ShardOptions
		loads, codes            string
	}{
		{"the guide's example", "2020-04-29", "eu-west-1*850", "", encryption.ShardOptions{},
			"+workspaces-eu-west-1-1:0>500 +workspaces-eu-west-1-2:0>350", ""},
		{"the guide's example balanced", "2020-04-29", "eu-west-1*850", "", encryption.ShardOptions{Fill: encryption.Balance},
			"+workspaces-eu-west-1-1:0>425 +workspaces-eu-west-1-2:0>425", ""},
		{"one is left over", newest, "eu-west-1*501", "", encryption.ShardOptions{},
			"+workspaces-eu-west-1-1:0>500 +workspaces-eu-west-1-2:0>1", ""},
		{"just enough", newest, "eu-west-1*500", "", encryption.ShardOptions{}, "+workspaces-eu-west-1-1:0>500", ""},
		{"nothing", newest, "", "", encryption.ShardOptions{}, "", ""},
		{"not encrypted", newest, "eu-west-1*3=- eu-west-1*2", "", encryption.ShardOptions{}, "+workspaces-eu-west-1-1:0>2", ""},
		{"room on keys first, in their order", newest, "eu-west-1*8=a eu-west-1*6=b eu-west-1*7", "eu-west-1=b eu-west-1=a", encryption.ShardOptions{Limit: 10},
			"b:6>10 a:8>10 +workspaces-eu-west-1-1:0>1", ""},
		{"balance over what is there", newest, "eu-west-1*8=a eu-west-1*2=b eu-west-1*7", "eu-west-1=a eu-west-1=b", encryption.ShardOptions{Limit: 10, Fill: encryption.Balance},
			"a:8>8 b:2>9", ""},
		{"balance fills up", newest, "eu-west-1*8=a eu-west-1*2=b eu-west-1*11", "eu-west-1=a eu-west-1=b", encryption.ShardOptions{Limit: 10, Fill: encryption.Balance},
			"a:8>8 b:2>6 +workspaces-eu-west-1-1:0>7", ""},
		{"balance with a small key", newest, "eu-west-1*9", "eu-west-1=a,limit=2 eu-west-1=b eu-west-1=c,others=1", encryption.ShardOptions{Limit: 10, Fill: encryption.Balance},
			"a:0>2 b:0>4 c:1>4", ""},
		{"large limits do not overflow", newest, "eu-west-1*1", "eu-west-1=a,limit=1073741824,aws eu-west-1=b,limit=1073741824,aws eu-west-1=c,limit=1073741824,aws", encryption.ShardOptions{Limit: 1 << 30},
			"a:0>1 b:0>0 c:0>0", ""},
		{"head-room", newest, "eu-west-1*8=a eu-west-1*9", "eu-west-1=a", encryption.ShardOptions{Limit: 10, HeadRoom: 2},
			"a:8>8 +workspaces-eu-west-1-1:0>8 +workspaces-eu-west-1-2:0>1", ""},
		{"into the head-room nobody goes, and nobody leaves", newest, "eu-west-1*9=a eu-west-1*1", "eu-west-1=a", encryption.ShardOptions{Limit: 10, HeadRoom: 2},
			"a:9>9 +workspaces-eu-west-1-1:0>1", ""},
		{"closed", newest, "eu-west-1*1=a eu-west-1*1", "eu-west-1=a,closed", encryption.ShardOptions{}, "a:1>1 +workspaces-eu-west-1-1:0>1", ""},
		{"limit of its own, others", newest, "eu-west-1*1=a eu-west-1*9", "eu-west-1=a,limit=10,others=7", encryption.ShardOptions{}, "a:8>10 +workspaces-eu-west-1-1:0>7", ""},
		{"a larger limit of its own", newest, "eu-west-1*900", "eu-west-1=a,limit=1000", encryption.ShardOptions{}, "a:0>900", ""},
		{"Regions never mix", newest, "us-east-1*3 eu-west-1*1=a eu-west-1*3", "eu-west-1=a", encryption.ShardOptions{Limit: 2},
			"a:1>2 +workspaces-eu-west-1-1:0>2 +workspaces-us-east-1-1:0>2 +workspaces-us-east-1-2:0>1", ""},
		{"found keys take none", newest, "eu-west-1*1=x us-east-1*1=x eu-west-1*1", "", encryption.ShardOptions{},
			"?x:1>1 ?x:1>1 +workspaces-eu-west-1-1:0>1", ""},
		{"names that are taken", newest, "eu-west-1*5", "eu-west-1=a,name=w-eu-west-1-2,closed eu-west-1,name=w-eu-west-1-1,limit=1", encryption.ShardOptions{Limit: 2, Prefix: "w"},
			"a:0>0 w-eu-west-1-1:0>1 +w-eu-west-1-3:0>2 +w-eu-west-1-4:0>2", ""},
		{"by name", newest, "eu-west-1*2=name:first eu-west-1*1=a eu-west-1*1", "eu-west-1=a,name=first", encryption.ShardOptions{}, "a:3>4", ""},
		{"a planned key by name", newest, "eu-west-1*2=name:first eu-west-1*1", "eu-west-1,name=first", encryption.ShardOptions{}, "first:2>3", ""},

		{"over the limit told", newest, "eu-west-1*11=a eu-west-1*1", "eu-west-1=a", encryption.ShardOptions{Limit: 10},
			"a:11>11 +workspaces-eu-west-1-1:0>1", "key-over-shard-limit@Keys[0]"},
		{"over 500 today", newest, "eu-west-1*501=a", "", encryption.ShardOptions{}, "?a:501>501", "key-over-shard-limit@Keys[0]"},
		{"over 500 then", "2020-04-29", "eu-west-1*501=a", "", encryption.ShardOptions{}, "?a:501>501", "workspaces-over-limit@Keys[0]"},
		{"over 500 of KMS alone", "2021-04-06", "eu-west-1*501=a", "", encryption.ShardOptions{}, "?a:501>501", "workspaces-over-limit@Keys[0]"},
		{"told more than the document lets", "2020-04-29", "eu-west-1*501", "", encryption.ShardOptions{Limit: 1000}, "+workspaces-eu-west-1-1:0>501", "workspaces-over-limit@Keys[0]"},
		{"before the FAQ", "2017-12-30", "eu-west-1*31", "", encryption.ShardOptions{}, "+workspaces-eu-west-1-1:0>31", ""},
		{"on the day of the FAQ", "2017-12-31", "eu-west-1*31", "", encryption.ShardOptions{}, "+workspaces-eu-west-1-1:0>31", "workspaces-limit-disputed@Keys[0]"},
		{"over 30 and within 500", "2018-01-01", "eu-west-1*31", "", encryption.ShardOptions{}, "+workspaces-eu-west-1-1:0>31", "workspaces-limit-disputed@Keys[0]"},
		{"over 30 and 500", "2018-01-01", "eu-west-1*501", "", encryption.ShardOptions{Limit: 1000}, "+workspaces-eu-west-1-1:0>501", "workspaces-over-limit@Keys[0]"},
		{"more than 50,000 grants for sure", newest, "eu-west-1*25001", "", encryption.ShardOptions{Limit: 30_000}, "+workspaces-eu-west-1-1:0>25001", "grants-over-limit@Keys[0]"},
		{"perhaps more than 50,000 grants", newest, "eu-west-1*25000", "", encryption.ShardOptions{Limit: 30_000}, "+workspaces-eu-west-1-1:0>25000", ""},
		{"AWS managed", newest, "eu-west-1*25001", "eu-west-1=a,aws", encryption.ShardOptions{Limit: 30_000}, "a:0>25001", ""},
		{"key in another Region", newest, "us-east-1*1=name:first eu-west-1*1", "eu-west-1=a,name=first", encryption.ShardOptions{}, "a:1>2", "key-in-other-region@Workspaces[0].VolumeEncryptionKey"},
		{"WorkSpaces before keys", newest, "eu-west-1*3=a us-east-1*1=name:first", "eu-west-1=a,name=first", encryption.ShardOptions{Limit: 2}, "a:4>4",
			"key-in-other-region@Workspaces[3].VolumeEncryptionKey key-over-shard-limit@Keys[0]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plan, err := at(t, tt.date).Shard(fleet(t, tt.fleet), shardKeys(t, tt.keys), tt.o)
			if err != nil || loads(plan) != tt.loads || codes(plan.Violations) != tt.codes {
				t.Errorf("got %s, %q, %v, want %s, %q", loads(plan), codes(plan.Violations), err, tt.loads, tt.codes)
			}
			var created []encryption.KeyLoad
			for _, k := range plan.Keys {
				if k.New {
					created = append(created, k)
				}
			}
			if !slices.Equal(plan.NewKeys(), created) {
				t.Errorf("NewKeys = %v, want %v", plan.NewKeys(), created)
			}
		})
	}
}

func TestShardErrors(t *testing.T) {
	for _, tt := range []struct {
		name, fleet, keys string
		o                 encryption.ShardOptions
		path              string
	}{
		{"negative limit", "", "", encryption.ShardOptions{Limit: -1}, "Limit"},
		{"negative head-room", "", "", encryption.ShardOptions{HeadRoom: -1}, "HeadRoom"},
		{"limit beyond reason", "", "", encryption.ShardOptions{Limit: 1<<30 + 1}, "Limit"},
		{"no room", "", "", encryption.ShardOptions{Limit: 5, HeadRoom: 5}, "HeadRoom"},
		{"unknown fill", "", "", encryption.ShardOptions{Fill: 2}, "Fill"},
		{"WorkSpace without Region", "*1", "", encryption.ShardOptions{}, "Workspaces[0].Region"},
		{"malformed Region", "eu-west-1*2 EU*1", "", encryption.ShardOptions{}, "Workspaces[2].Region"},
		{"unknown name", "eu-west-1*1 eu-west-1*1=name:first", "", encryption.ShardOptions{}, "Workspaces[1].VolumeEncryptionKey"},
		{"alias", "eu-west-1*1=name:alias/aws/workspaces", "", encryption.ShardOptions{}, "Workspaces[0].VolumeEncryptionKey"},
		{"key without anything", "", "eu-west-1", encryption.ShardOptions{}, "Keys[0]"},
		{"key without Region", "", ",name=first", encryption.ShardOptions{}, "Keys[0].Region"},
		{"key twice by ARN", "", "eu-west-1=a eu-west-1=b eu-west-1=a", encryption.ShardOptions{}, "Keys[2]"},
		{"key twice by name", "", "eu-west-1,name=x us-east-1=b,name=x", encryption.ShardOptions{}, "Keys[1]"},
		{"negative limit of a key", "", "eu-west-1=a,limit=-1", encryption.ShardOptions{}, "Keys[0].Limit"},
		{"negative others", "", "eu-west-1=a,others=-1", encryption.ShardOptions{}, "Keys[0].Others"},
	} {
		plan, err := encryption.Newest().Shard(fleet(t, tt.fleet), shardKeys(t, tt.keys), tt.o)
		if inputError(t, err) != tt.path || plan.Keys != nil {
			t.Errorf("%s: %+v, %v, want an error at %s", tt.name, plan, err, tt.path)
		}
	}
	for path, k := range map[string]encryption.ShardKey{
		"Keys[0].ARN":    {ARN: "alias/mine"},
		"Keys[0].Region": {ARN: keyA, Region: "us-east-1"},
	} {
		if _, err := encryption.Newest().Shard(nil, []encryption.ShardKey{k}, encryption.ShardOptions{}); inputError(t, err) != path {
			t.Errorf("%+v: %v, want an error at %s", k, err, path)
		}
	}
}

// A new key is in the partition of the keys in its Region, and without any in that of the
// Region's form.
func TestShardPartition(t *testing.T) {
	keys := []encryption.ShardKey{{ARN: "arn:aws-iso:kms:us-iso-east-1:111122223333:key/a", Closed: true}, {Name: "planned", Region: "us-iso-east-1", Closed: true}}
	plan, err := encryption.Newest().Shard(fleet(t, "cn-north-1*1 eu-isoe-west-1*1 eu-west-1*1 us-gov-west-1*1 us-iso-east-1*1"), keys, encryption.ShardOptions{})
	var got []string
	for _, k := range plan.NewKeys() {
		got = append(got, k.Region+" "+k.Partition)
	}
	want := []string{"cn-north-1 aws-cn", "eu-isoe-west-1 ", "eu-west-1 aws", "us-gov-west-1 aws-us-gov", "us-iso-east-1 aws-iso"}
	if err != nil || !slices.Equal(got, want) || plan.Keys[1].Partition != "aws-iso" {
		t.Errorf("got %q, %+v, %v, want %q", got, plan.Keys[1], err, want)
	}
}

func TestPlanKey(t *testing.T) {
	plan, err := encryption.Newest().Shard(fleet(t, "eu-west-1*1=- eu-west-1*1=a eu-west-1*1"), nil, encryption.ShardOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", arnOf("eu-west-1", "a"), "workspaces-eu-west-1-1"} {
		k, ok := plan.Key(i)
		if k.Ref() != want || ok != (want != "") {
			t.Errorf("WorkSpace %d has %q, want %q", i, k.Ref(), want)
		}
	}
	for _, i := range []int{-1, 3} {
		if k, ok := plan.Key(i); ok || k != (encryption.KeyLoad{}) {
			t.Errorf("there is no WorkSpace %d, and it has %+v", i, k)
		}
	}
	plan.NewKeys()[0].Name = "changed"
	if k, _ := plan.Key(2); k.Name == "changed" {
		t.Error("NewKeys is not a copy")
	}
}

// The violation cites the limit that decides.
func TestShardCites(t *testing.T) {
	for date, document := range map[string]string{"2020-04-29": "admin-guide-encrypt", "2021-04-06": "kms-guide-resource-quotas", "2026-09-10": "kms-guide-resource-quotas"} {
		plan, err := at(t, date).Shard(fleet(t, "eu-west-1*501=a"), nil, encryption.ShardOptions{})
		if err != nil || len(plan.Violations) != 1 || plan.Violations[0].Cite.Document != document || plan.Violations[0].Level == rule.Must != (date < "2021-04-07") {
			t.Errorf("%s: %v, %v", date, plan.Violations, err)
		}
	}
}

// A key as DescribeKey describes it takes new WorkSpaces if it is enabled and symmetric, or if that is not known.
// One that does not keeps those that it has, and a violation names it.
func TestShardOfDescribedKeys(t *testing.T) {
	arn := arnOf("eu-west-1", "a")
	for _, tt := range []struct {
		spec, state string
		takes       bool
		code        rule.Code
	}{
		{"SYMMETRIC_DEFAULT", "Enabled", true, ""},
		{"", "", true, ""},
		{"SYMMETRIC_DEFAULT", "Disabled", false, encryption.KeyNotEnabled},
		{"SYMMETRIC_DEFAULT", "PendingDeletion", false, encryption.KeyNotEnabled},
		{"SYMMETRIC_DEFAULT", "PendingImport", false, encryption.KeyNotEnabled},
		{"RSA_2048", "Enabled", false, encryption.KeyAsymmetric},
	} {
		key := encryption.KeyFrom(encryption.Key{ARN: arn, Spec: tt.spec, State: tt.state, Manager: "CUSTOMER"})
		p, err := encryption.Newest().Shard(fleet(t, "eu-west-1*223 eu-west-1*2=a"), []encryption.ShardKey{key}, encryption.ShardOptions{})
		if err != nil {
			t.Fatal(err)
		}
		after, found := 2, len(p.Violations) == 1 && p.Violations[0].Code == tt.code
		if tt.takes {
			after, found = 225, len(p.Violations) == 0
		}
		if p.Keys[0].After != after || len(p.NewKeys()) > 0 == tt.takes || !found {
			t.Errorf("%+v: %d WorkSpaces, %d new keys, %v", tt, p.Keys[0].After, len(p.NewKeys()), p.Violations)
		}
	}
}
