package schematest

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// void are the elements of the pages of wks that have no end tag.
var void = regexp.MustCompile(`<(?:br|meta)\b[^>]*`)

// Tokens reads a page of wks, and fails the test if a tag is not closed, or closed elsewhere than where it was opened.
func Tokens(t testing.TB, page string) (list []xml.Token) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(void.ReplaceAllString(page, "$0/")))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatalf("the page is not well-formed: %v", err)
		}
		list = append(list, xml.CopyToken(token))
	}
}
