package throttle

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"

	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
)

// Items are what one call of an operation is about.
type Items struct {
	Member rule.Path // the list of the request that holds them; "" if the call names one thing
	Max    int       // in one call, at least 1; 0 for a list for which no bound is documented
}

// MaxItems returns how many items an operation, such as "RebootWorkspaces", takes in one call,
// by the service model; the SDK does not check it. Fewer calls gain more than any pace: 1000
// WorkSpaces take 497.5 s one by one, and by 25s 17.5 s.
//
// Where a request has several lists, these are the ones that the call is about: WorkspaceIds, not
// filters or tags. The applications of ImportWorkspaceImage are 5 by the model and 1 by its
// text. An operation that the model does not have is a *rule.InputError.
func MaxItems(operation string) (Items, error) {
	if _, ok := wire.Lookup(operation); !ok {
		return Items{}, &rule.InputError{Path: "operation", Value: operation, Reason: "is not an operation of Amazon WorkSpaces"}
	}
	if member, ok := unbounded[operation]; ok {
		return Items{member, 0}, nil
	}
	if member, n, ok := wire.ListMax(operation); ok {
		return Items{rule.Path(member), n}, nil
	}
	return Items{"", 1}, nil
}

// Calls returns the least number of calls of an operation for n items: one for all of them
// if no bound is documented. With [Quota.Makespan] it gives the least time of a job. An
// unknown operation and a negative n are a *rule.InputError.
func Calls(operation string, n int) (int, error) {
	items, err := MaxItems(operation)
	if err != nil {
		return 0, err
	}
	if n < 0 {
		return 0, &rule.InputError{Path: "n", Value: strconv.Itoa(n), Reason: "is negative"}
	}
	if items.Max == 0 {
		return min(n, 1), nil
	}
	return n/items.Max + min(n%items.Max, 1), nil
}

// Batches returns the items in order, in as few batches as the operation's calls need. The
// batches are parts of items. An unknown operation is a *rule.InputError.
func Batches[T any](operation string, items []T) (iter.Seq[[]T], error) {
	max, err := MaxItems(operation)
	if err != nil {
		return nil, err
	}
	if max.Max == 0 {
		max.Max = len(items) + 1
	}
	return slices.Chunk(items, max.Max), nil
}

// A Failure is an item that a call did not do.
type Failure[T any] struct {
	Item          T
	Code, Message string // of the response's FailedRequests
	Err           error  // of the call as a whole; [ErrNotSent] for an item that came after
}

// ErrNotSent is the error of an item of which no call was made any more.
var ErrNotSent = errors.New("throttle: not sent, because a call before failed")

// SendBatches sends items in as few calls as the operation permits, and those that a call
// reports as failed again, after the policy's delay and up to its Attempts, gathered into as
// few calls as they need. Operations such as RebootWorkspaces succeed even if every item
// failed: the response's FailedRequests tell.
//
// send makes one call and returns the items that failed, each with its code. Whether an
// item's error may pass, no document says; again decides it. An item is done unless
// it is among the failures that SendBatches returns, which are in the order of the last
// calls. An error of send, which then reports no items, or of ctx between two rounds, ends the
// work and is returned too: the items that it stopped have it as their Err, and those of calls
// after it [ErrNotSent]. An unknown operation, an invalid policy, and no send or
// again are a *rule.InputError.
func SendBatches[T any](ctx context.Context, p Policy, operation string, items []T, send func(context.Context, []T) ([]Failure[T], error), again func(Failure[T]) bool) ([]Failure[T], error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if send == nil {
		return nil, &rule.InputError{Path: "send", Reason: "is needed"}
	}
	if again == nil {
		return nil, &rule.InputError{Path: "again", Reason: "is needed"}
	}
	var final []Failure[T]
	for round := 1; ; round++ {
		batches, err := Batches(operation, items)
		if err != nil {
			return nil, err
		}
		var failed []Failure[T]
		for batch := range batches {
			if err != nil {
				final = appendAll(final, batch, ErrNotSent)
				continue
			}
			var some []Failure[T]
			if some, err = send(ctx, batch); err != nil {
				final = appendAll(final, batch, err)
			}
			failed = append(failed, some...)
		}
		items = nil
		for _, f := range failed {
			if err == nil && round < p.Attempts && again(f) {
				items = append(items, f.Item)
			} else {
				final = append(final, f)
			}
		}
		if err != nil || len(items) == 0 {
			return final, err
		}
		if err := p.pause(ctx, p.delay(round)); err != nil {
			return appendAll(final, items, err), err
		}
	}
}

func appendAll[T any](failures []Failure[T], items []T, err error) []Failure[T] {
	for _, item := range items {
		failures = append(failures, Failure[T]{Item: item, Err: err})
	}
	return failures
}
