package tfplan

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/jsonstream"
)

// parsePlans reads the plans in an input: one, or as many as stand between lines of other programs,
// such as those of the wrapper of setup-terraform, behind a prefix, or one a line. The input may be
// compressed by gzip.
func parsePlans(name string, data []byte) ([]*plan, error) {
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err == nil {
			data, err = cli.ReadAll(z, maxPlan, "a plan")
		}
		if err != nil {
			return nil, &inputError{file: name, msg: plain("is not gzip that can be read: " + err.Error())}
		}
	}
	p, whole := parsePlan(name, data)
	if whole == nil {
		return []*plan{p}, nil
	}
	documents, others := findDocuments(data)
	if len(documents) == 0 || len(documents) == 1 && others == 0 {
		return nil, whole
	}
	var list []*plan
	for i, d := range documents {
		title := name
		if len(documents) > 1 {
			title = fmt.Sprintf("%s, plan %d", name, i+1)
		}
		p, err := parsePlan(title, d)
		if err != nil {
			return nil, err
		}
		if i == 0 && others > 0 {
			p.skipped = say("lines of the input that are no part of a plan, and were passed over: %s", count(others))
		}
		list = append(list, p)
	}
	return list, nil
}

// findDocuments finds the objects in a text that have a format_version, and counts the lines, or
// parts of lines, beside them.
func findDocuments(data []byte) (documents [][]byte, others int) {
	budget := 4*len(data) + 1<<20 // bytes that are looked at, so that many braces cost no more
	start := 0                    // of what is not in a document
	for i := 0; i < len(data) && budget > 0; {
		open := bytes.IndexByte(data[i:], '{')
		if open < 0 {
			break
		}
		i += open
		if rest := bytes.TrimLeft(data[i+1:min(len(data), i+64)], " \t\r\n"); len(rest) == 0 || rest[0] != '"' {
			i++
			continue
		}
		r := jsonstream.NewReader(bytes.NewReader(data[i:]))
		isPlan := false
		err := r.Object(func(name []byte) error {
			isPlan = isPlan || string(name) == "format_version"
			return r.Skip()
		})
		n := int(r.Offset())
		budget -= max(n, 1<<10)
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF), err != nil && isPlan: // it is cut off or malformed, and what is in it is no plan
			return nil, 0
		case err != nil:
			i++
			continue
		case isPlan:
			others += lines(data[start:i])
			documents = append(documents, data[i:i+n])
			start = i + n
		}
		i += n
	}
	return documents, others + lines(data[start:])
}

// lines counts the lines that are not blank.
func lines(data []byte) (n int) {
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) > 0 {
			n++
		}
	}
	return n
}
