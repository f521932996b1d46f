package wkstest

import "reflect"

// overlay returns a copy of a struct with the members of another in their place where it has
// them. Either may be nil; the result is not.
func overlay[T any](under, over *T) *T {
	out := new(T)
	if under != nil {
		*out = *under
	}
	if over == nil {
		return out
	}
	to, from := reflect.ValueOf(out).Elem(), reflect.ValueOf(over).Elem()
	for i := range to.NumField() {
		if f := from.Field(i); to.Field(i).CanSet() && !absent(f) {
			to.Field(i).Set(f)
		}
	}
	return out
}
