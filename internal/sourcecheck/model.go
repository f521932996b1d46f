package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/sources"
)

// apiHeadings are the headings of the pages of the API Reference above the members of a request and of a
// data type.
var apiHeadings = []string{"Request Parameters", "Contents"}

var tags = regexp.MustCompile(`<[^>]+>`)

// inModel holds a statement against a model: the file in the versions of h.
func (c *checker) inModel(s *statement, t *token, h *history, file string) error {
	c.count(t)
	i, ok := h.on(s.cite.Date.String())
	if !ok {
		c.fail(s, "there is no version of the model of the day")
		return nil
	}
	faults, err := c.inModelVersion(s, t, h, file, i)
	if err != nil {
		return err
	}
	for _, why := range faults {
		c.fail(s, why)
	}
	if t != nil {
		err = c.earlier(s, t, h, i, func(at int) (bool, error) {
			m, err := c.version(h, file, at)
			return err == nil && t.member(m) != "", err
		})
	}
	if err != nil {
		return err
	}
	return c.endedInModel(s, t, h, file)
}

// endedInModel checks that a statement which ends with a version is no longer in that version, unless
// another one takes its place then.
func (c *checker) endedInModel(s *statement, t *token, h *history, file string) error {
	i, ok := h.on(s.span.Until.String())
	if t == nil || !ok || c.isFollowed(s) {
		return nil
	}
	m, err := c.version(h, file, i)
	if err != nil || t.member(m) == "" {
		return err
	}
	c.fail(s, "it ends on "+s.span.Until.String()+", and the version of the model of that day says it: "+t.where)
	return nil
}

func (c *checker) inModelVersion(s *statement, t *token, h *history, file string, i int) (faults []string, err error) {
	m, err := c.version(h, file, i)
	if err != nil {
		return nil, err
	}
	if !named(m, s.cite.Section) && !(sources.IsAPI(s.cite.Document) && slices.Contains(apiHeadings, s.cite.Section)) {
		faults = append(faults, "the model has no shape, operation or member of that name")
	}
	starts := s.cite.Date == s.span.Since
	if t == nil {
		faults = append(faults, "no token shows that the version that is cited is the first")
		return faults, nil
	}
	if says := t.member(m); says == "" {
		faults = append(faults, "the model does not say it: "+t.where)
	} else {
		s.shown = shown(h.versions[i].commit[:9]+" "+file, []string{t.path}, says)
	}
	if i > 0 && !(starts && c.continues(s)) {
		before, err := c.version(h, file, i-1)
		if err != nil {
			return nil, err
		}
		if t.member(before) != "" {
			faults = append(faults, "the version before says it, too: "+t.where)
		}
	}
	return faults, nil
}

func (c *checker) version(h *history, file string, i int) (map[string]any, error) {
	name := h.versions[i].commit + ":" + file
	if c.decoded[name] == nil {
		text, err := h.text(i, file)
		if err != nil {
			return nil, err
		}
		var m map[string]any
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c.decoded[name] = m
	}
	return c.decoded[name], nil
}

// named reports whether the model has a shape, an operation or a member of a name.
func named(m map[string]any, name string) bool {
	shapes, _ := m["shapes"].(map[string]any)
	operations, _ := m["operations"].(map[string]any)
	if shapes[name] != nil || operations[name] != nil {
		return true
	}
	return slices.ContainsFunc(slices.Collect(maps.Values(shapes)), func(shape any) bool {
		fields, _ := shape.(map[string]any)
		members, _ := fields["members"].(map[string]any)
		return members[name] != nil
	})
}

// member returns the member of the model at the path of a token, as text without tags, or as JSON if it
// is no text, and "" if it has not the token's form. Of a long one it returns what has the form.
func (t *token) member(m map[string]any) string {
	var at any = m
	for _, k := range strings.Split(t.path, ".") {
		fields, _ := at.(map[string]any)
		if at = fields[k]; at == nil {
			return ""
		}
	}
	text, ok := at.(string)
	if !ok {
		b, err := json.Marshal(at)
		if err != nil {
			return ""
		}
		text = string(b)
	}
	text = tags.ReplaceAllString(text, "")
	const long = 500
	if found := t.form.FindString(text); found == "" || len(text) > long {
		return found
	}
	return text
}
