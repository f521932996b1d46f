package bundles

import (
	"net/url"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A ClientURI opens the WorkSpaces client application; an empty field is left for the user
// to type. The zero value opens the client and no more, which the Linux client of April
// 2020 did not support.
type ClientURI struct {
	UserName         string
	RegistrationCode string // needed with any other field
	MFACode          string
}

const scheme = "workspaces://"

// String returns the URI, with all characters percent-encoded that the guide or the
// generic syntax of URIs reserves: workspaces://user@code?MFACode=123456. It does not check
// that there is a registration code; ParseClientURI does.
func (u ClientURI) String() string {
	if u == (ClientURI{}) {
		return scheme
	}
	s := scheme + escape(u.UserName) + "@" + strings.ReplaceAll(escape(u.RegistrationCode), "%2B", "+")
	if u.MFACode != "" {
		s += "?MFACode=" + escape(u.MFACode)
	}
	return s
}

// escape percent-encodes all but letters, digits and - . _ ~, which no part of a URI reserves.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// ParseClientURI reads the five forms that the guide lists. A + stands for itself. It is a
// *rule.InputError if the text is none of the forms: another scheme, a part without a
// registration code, a parameter other than MFACode, a reserved character (one of
// @ : / ? & =) that is not encoded, or a malformed encoding.
func ParseClientURI(s string) (ClientURI, error) {
	bad := func(reason string) (ClientURI, error) {
		return ClientURI{}, &rule.InputError{Path: "URI", Value: s, Reason: reason}
	}
	rest, is := strings.CutPrefix(s, scheme)
	if !is {
		return bad("does not start with " + scheme)
	}
	if rest == "" {
		return ClientURI{}, nil
	}
	rest, query, hasQuery := strings.Cut(rest, "?")
	user, code, hasCode := strings.Cut(rest, "@")
	if !hasCode || code == "" {
		return bad("has no registration code after an @")
	}
	mfa, isMFA := strings.CutPrefix(query, "MFACode=")
	if hasQuery && !isMFA {
		return bad("has a parameter other than MFACode")
	}
	var u ClientURI
	for _, part := range []struct {
		text string
		dst  *string
	}{{user, &u.UserName}, {code, &u.RegistrationCode}, {mfa, &u.MFACode}} {
		if strings.ContainsAny(part.text, "@:/?&=") {
			return bad("has a reserved character that is not percent-encoded")
		}
		plain, err := url.PathUnescape(part.text)
		if err != nil {
			return bad("is not percent-encoded: " + err.Error())
		}
		*part.dst = plain
	}
	return u, nil
}
