package wkstest

import (
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/wksgo/wks/rule"
)

// A call is a request that is being answered. Server.state is held.
type call struct {
	*Call
	s       *Server
	region  *region
	now     time.Time
	befalls FaultKind
	rules   []rule.Code // that refused a part
	likes   []*likeness // of the WorkSpaces that were made

	lastDirectory *Directory
	lastBundle    *Bundle

	looked map[*Migration]bool // the pairs that were looked at
	ticked bool                // every WorkSpace of the Region is as it is now
}

// judge says what becomes of questions that no document answers: nil lets the request be done.
func (k *call) judge(open []string) *refusal {
	if len(open) == 0 {
		return nil
	}
	switch k.s.config.Undocumented {
	case RefuseUndocumented:
		return refuse(undocumented, "", "no document tells: %s", strings.Join(open, "; "))
	case FailUndocumented:
		k.s.config.Fail("wkstest: %s: no document tells: %s", k.Operation, strings.Join(open, "; "))
	}
	return nil
}

// refused returns the first broken rule, and judges what is open.
func (k *call) refused(v verdict) *refusal {
	if r := v.first(); r != nil {
		return r
	}
	return k.judge(v.open)
}

// note keeps the rule that refused a part of the request.
func (k *call) note(r *refusal) { k.rules = append(k.rules, r.rule) }

func (k *call) takes(a Activity, id string) time.Duration { return k.s.takes(a, id) }

// missing is the refusal of an identifier that nothing has.
func missing(path rule.Path, id *string) *refusal {
	return refuse(unknownResource, path, "there is no %q", aws.ToString(id))
}

// tickAll brings every WorkSpace of the Region up to date, once in a call: what has ended holds no address, grant or
// place in a quota, though nobody has looked at it since.
func (k *call) tickAll() {
	if !k.ticked {
		k.ticked = true
		k.region.workspaces.each(func(_ string, w *desktop) bool { k.region.tick(w, k.now); return true })
	}
}

// afresh asks, and if the answer is a refusal, again when every WorkSpace of the Region is up to date.
func (k *call) afresh(ask func() *refusal) *refusal {
	f := ask()
	if f != nil {
		k.tickAll()
		f = ask()
	}
	return f
}

const pageSize = 25 // of the operations whose limit the model gives

// page collects the resources that keep wants, from the place of a token on, up to a limit, 0 for
// that of the model.
func page[T any](k *call, t *table[T], token *string, limit *int32, keep func(id string, v *T) bool) (list []*T, next *string, err error) {
	most := pageSize
	if limit != nil {
		most = int(*limit)
	}
	var after, last uint64
	if token != nil {
		var ok bool
		if after, ok = placeOf(k.Operation, *token); !ok {
			return nil, nil, refuse(tokenInvalid, "NextToken", "%q is no token of %s", *token, k.Operation)
		}
	}
	t.from(after, func(seq uint64, id string, v *T) bool {
		if !keep(id, v) {
			return true
		}
		if len(list) == most {
			next = aws.String(tokenOf(k.Operation, last))
			return false
		}
		list, last = append(list, v), seq
		return true
	})
	return list, next, nil
}

// pageOf is page for a slice, whose elements are made anew for each call.
func pageOf[T any](k *call, list []T, token *string, limit *int32, most int) (part []T, next *string, err error) {
	if limit != nil {
		most = int(*limit)
	}
	var after uint64
	if token != nil {
		var ok bool
		if after, ok = placeOf(k.Operation, *token); !ok {
			return nil, nil, refuse(tokenInvalid, "NextToken", "%q is no token of %s", *token, k.Operation)
		}
	}
	start := min(int(after), len(list))
	end := min(start+most, len(list))
	if end < len(list) {
		next = aws.String(tokenOf(k.Operation, uint64(end)))
	}
	return append([]T{}, list[start:end]...), next, nil
}

// oneFilter refuses a request that uses more of its filters than may be combined.
func oneFilter(given map[string]bool) *refusal {
	var names []string
	for name, there := range given {
		if there {
			names = append(names, name)
		}
	}
	if len(names) > 1 {
		return refuse(filtersExclude, "", "filters that cannot be combined: %s", strings.Join(sorted(names), ", "))
	}
	return nil
}

// wanted returns a test for being among identifiers, which is always true without any.
func wanted(ids []string) func(string) bool {
	if ids == nil {
		return func(string) bool { return true }
	}
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return func(id string) bool { return set[id] }
}
