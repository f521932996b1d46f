package network

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/netip"
	"strconv"
	"time"

	"github.com/wksgo/wks/rule"
)

// An AWSRange is one entry of AWS's ip-ranges.json.
type AWSRange struct {
	Prefix  netip.Prefix
	Region  string // "GLOBAL" for services without Regions
	Service string // such as AMAZON, EC2, WORKSPACES_GATEWAYS
	// NetworkBorderGroup is empty in files from before April 2020.
	NetworkBorderGroup string
}

// GatewaysService is the service under which ip-ranges.json lists the streaming gateways
// of WorkSpaces, those of PCoIP and of DCV together, since 2019-08-06.
const GatewaysService = "WORKSPACES_GATEWAYS"

// IPRanges reads an ip-ranges.json as a stream, IPv4 and IPv6, entry by entry. It keeps none of
// them. It takes the form with network_border_group and the one without. It passes over members
// that it does not know, as AWS adds some now and then, and holds one of them at a time. A file of more than
// 64 MiB is an error: AWS's has some megabytes.
type IPRanges struct {
	// SyncToken and Created are set as soon as they have been read, and in AWS's files
	// that is before the first entry.
	SyncToken time.Time // to the second
	Created   time.Time // in UTC

	r io.Reader
}

// NewIPRanges returns a reader of the file in r. It reads only in All.
func NewIPRanges(r io.Reader) *IPRanges { return &IPRanges{r: r} }

// All yields the entries in the order of the file. An error ends the sequence and comes
// with the zero AWSRange; it names the entry. All may be called once.
func (x *IPRanges) All() iter.Seq2[AWSRange, error] {
	return func(yield func(AWSRange, error) bool) {
		if err := x.read(func(a AWSRange) bool { return yield(a, nil) }); err != nil && err != errStop {
			yield(AWSRange{}, fmt.Errorf("network: ip-ranges: %w", err))
		}
	}
}

// mostIPRanges is how many bytes of a file are read. Tests set it.
var mostIPRanges int64 = 64 << 20

var errStop = errors.New("stopped")

// read reads no more than mostIPRanges.
func (x *IPRanges) read(yield func(AWSRange) bool) error {
	if x.r == nil {
		return errors.New("there is nothing to read")
	}
	limited := &io.LimitedReader{R: x.r, N: mostIPRanges + 1}
	err := readRanges(x, json.NewDecoder(limited), yield)
	if limited.N == 0 && err != errStop {
		return fmt.Errorf("more than %d bytes, which is the most that is read", mostIPRanges)
	}
	return err
}

func readRanges(x *IPRanges, dec *json.Decoder, yield func(AWSRange) bool) error {
	if err := expect(dec, json.Delim('{')); err != nil {
		return err
	}
	words := interner{}
	lists := 0
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		switch key {
		case "syncToken":
			var s string
			if err := dec.Decode(&s); err != nil {
				return fmt.Errorf("syncToken: %w", err)
			}
			seconds, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return fmt.Errorf("syncToken: %w", err)
			}
			x.SyncToken = time.Unix(seconds, 0).UTC()
		case "createDate":
			var s string
			if err := dec.Decode(&s); err != nil {
				return fmt.Errorf("createDate: %w", err)
			}
			if x.Created, err = time.Parse("2006-01-02-15-04-05", s); err != nil {
				return fmt.Errorf("createDate: %w", err)
			}
		case "prefixes", "ipv6_prefixes":
			lists++
			if err := words.list(dec, key.(string), yield); err != nil {
				return err
			}
		default:
			if err := dec.Decode(new(json.RawMessage)); err != nil {
				return fmt.Errorf("%q: %w", rule.Shorten(fmt.Sprint(key)), err)
			}
		}
	}
	if err := expect(dec, json.Delim('}')); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return fmt.Errorf("goes on at byte %d, after its end", dec.InputOffset())
	}
	if lists == 0 {
		return fmt.Errorf("has neither prefixes nor ipv6_prefixes")
	}
	return nil
}

func expect(dec *json.Decoder, want json.Delim) error {
	tok, err := dec.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err == nil && tok != want {
		err = fmt.Errorf("got %s, want %v at byte %d", rule.Printable(rule.Shorten(fmt.Sprint(tok))), want, dec.InputOffset())
	}
	return err
}

// An interner keeps one copy of each word of a file, which has few different ones.
type interner map[string]string

// A word is a JSON string that is looked up before it is copied.
type word struct {
	in   interner
	text string
}

// UnmarshalText makes the decoder hand over the string's bytes.
func (w *word) UnmarshalText(text []byte) error {
	s, ok := w.in[string(text)]
	if !ok {
		s = string(text)
		w.in[s] = s
	}
	w.text = s
	return nil
}

// list yields the entries of one list. An entry is decoded into the same variable as
// the one before.
func (in interner) list(dec *json.Decoder, key string, yield func(AWSRange) bool) error {
	if err := expect(dec, json.Delim('[')); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	var entry struct {
		V4      netip.Prefix `json:"ip_prefix"`
		V6      netip.Prefix `json:"ipv6_prefix"`
		Region  word         `json:"region"`
		Service word         `json:"service"`
		Group   word         `json:"network_border_group"`
	}
	for i := 0; dec.More(); i++ {
		entry.V4, entry.V6 = netip.Prefix{}, netip.Prefix{}
		entry.Region, entry.Service, entry.Group = word{in: in}, word{in: in}, word{in: in}
		if err := dec.Decode(&entry); err != nil {
			return fmt.Errorf("%s[%d]: %w", key, i, err)
		}
		p, ok := entry.V4, entry.V4.Addr().Is4()
		if key == "ipv6_prefixes" {
			p, ok = entry.V6, entry.V6.Addr().Is6()
		}
		if !ok || !p.IsValid() || entry.Region.text == "" || entry.Service.text == "" {
			return fmt.Errorf("%s[%d]: lacks its prefix, region or service", key, i)
		}
		if !yield(AWSRange{p, entry.Region.text, entry.Service.text, entry.Group.text}) {
			return errStop
		}
	}
	return expect(dec, json.Delim(']'))
}
