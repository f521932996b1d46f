package tables

import (
	"slices"
	"sync"

	"github.com/wksgo/wks/rule"
)

// Newest returns the newest edition of the module. Every package answers for every day from
// its own first edition to this one.
func Newest() rule.Edition { return newestEdition }

var newestEdition = rule.MustParseEdition(newest)

// Snapshots are the compiled editions of a book: S is what a package keeps of its tables for
// one date. A snapshot is compiled when it is first asked for, and shared by all dates between
// two changes.
type Snapshots[S any] struct {
	editions func() []rule.Edition
	compiled func() []func() *S // one for each edition
}

// Compile returns the snapshots of a book. compile makes one from what is in force on a date;
// it may keep the Active.
func Compile[S any](b *Book, compile func(on *Active) *S) *Snapshots[S] {
	editions := sync.OnceValue(b.Editions)
	return &Snapshots[S]{
		editions: editions,
		compiled: sync.OnceValue(func() (list []func() *S) {
			for _, e := range editions() {
				list = append(list, sync.OnceValue(func() *S { return compile(b.on(e)) }))
			}
			return list
		}),
	}
}

// Editions returns the dates on which a fact appeared or went, in ascending order, as a copy.
func (s *Snapshots[S]) Editions() []rule.Edition { return slices.Clone(s.editions()) }

// At returns the snapshot for e, or a *rule.InputError if e is before the first edition of
// the book or after the newest of the module.
func (s *Snapshots[S]) At(e rule.Edition) (*S, error) {
	editions := s.editions()
	if err := e.Within(editions[0], Newest()); err != nil {
		return nil, err
	}
	return s.on(e), nil
}

// Newest returns the snapshot for the newest edition of the module.
func (s *Snapshots[S]) Newest() *S { return s.on(Newest()) }

// on returns the snapshot for a date from the first edition on. Rows that end ahead of the newest
// edition make editions that no date reaches yet.
func (s *Snapshots[S]) on(e rule.Edition) *S {
	i, found := slices.BinarySearchFunc(s.editions(), e, rule.Edition.Compare)
	if !found {
		i--
	}
	return s.compiled()[i]()
}

// Unknown returns the error of the methods of zero Rules, which hold no edition.
func (s *Snapshots[S]) Unknown() error {
	_, err := s.At(rule.Edition{})
	return err
}
