package monitor

import "net/netip"

// mostInterned is how many texts, and how many addresses, a reader keeps.
const mostInterned = 1 << 16

// An intern keeps texts that come again and again, so that each is in memory once.
type intern map[string]string

func (t *intern) of(b []byte) string {
	if s, ok := (*t)[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(s) <= 128 && len(*t) < mostInterned {
		if *t == nil {
			*t = intern{}
		}
		(*t)[s] = s
	}
	return s
}

// addresses keeps addresses that come again and again, so that each is parsed once.
type addresses map[string]netip.Addr

func (t *addresses) of(b []byte) (netip.Addr, error) {
	if a, ok := (*t)[string(b)]; ok {
		return a, nil
	}
	s := string(b)
	a, err := netip.ParseAddr(s)
	if err == nil && len(*t) < mostInterned {
		if *t == nil {
			*t = addresses{}
		}
		(*t)[s] = a
	}
	return a, err
}
