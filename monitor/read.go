package monitor

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/wksgo/wks/internal/bounded"
	"github.com/wksgo/wks/internal/jsonstream"
)

// deepestText is how many texts may hold one another, each JSON.
const deepestText = 3

// An Events reads the access events of a source once, from the front to the end, in memory that
// does not depend on its length.
type Events struct {
	s         *snapshot
	how       Reading
	source    io.Reader
	others    int
	in        [deepestText]*jsonstream.Reader // of texts in the source, and of texts in them
	texts     [deepestText]bytes.Reader
	known     intern
	addresses addresses
	yield     func(Login, error) bool
	stopped   bool
}

// ReadLogins returns a reader of the access events in a source, which may be
//   - one event, several behind one another or on a line each (NDJSON), or an array;
//   - what the commands of CloudWatch Logs print (events, results or logEvents with each event in a
//     message), a file of an export of a log group, with a time before each line, and what
//     a subscription or CloudTrail Lake delivers;
//   - a table in CSV, as the console of CloudWatch Logs saves it, whose first line has a column for
//     messages;
//   - any other JSON that holds events as values or as texts, such as the messages of a queue;
//   - each of these compressed with gzip.
//
// A text, a number or a row of a table of more than 16 MiB is an error.
// Whatever else the source holds is passed over, and events of other kinds are counted. Events come
// in the order of the source. It returns nil for zero Rules, whose All returns an error.
func (r Rules) ReadLogins(source io.Reader, how Reading) *Events {
	if r.s == nil {
		return nil
	}
	return &Events{s: r.s, how: how, source: source}
}

// ParseLogin reads one access event. The error is a *FaultError, beside the login, for Strict and
// an event with faults; an error of the JSON; or one that says that there is no access event, or more
// than one.
func (r Rules) ParseLogin(event []byte, how Reading) (Login, error) {
	var first Login
	var faults error
	n := 0
	for l, err := range r.ReadLogins(bytes.NewReader(event), how).All() {
		var f *FaultError
		switch {
		case errors.As(err, &f):
			faults = err
		case err != nil:
			return Login{}, err
		}
		if n++; n == 1 {
			first = l
		}
	}
	if n != 1 {
		return Login{}, fmt.Errorf("monitor: %s, want one", plural(n, "access event", "access events"))
	}
	return first, faults
}

// Others returns how many events of other kinds were passed over until now.
func (e *Events) Others() int {
	if e == nil {
		return 0
	}
	return e.others
}

var errStop = errors.New("stop")

// All returns the logins, each with a nil error or, for Strict, a *FaultError. A fault of the JSON
// comes with a zero Login; reading goes on with the next line that begins a value. A line that is cut off
// right behind the name detail takes the next line with it: by the rules of JSON that line is its value. Any other
// error is of the source, and the last. A source is read once: All returns nothing the second time.
func (e *Events) All() iter.Seq2[Login, error] {
	return func(yield func(Login, error) bool) {
		if e == nil || e.s == nil {
			yield(Login{}, snapshots.Unknown())
			return
		}
		if e.source == nil || e.stopped {
			return
		}
		e.stopped = true
		e.yield = yield
		if err := e.read(); err != nil && err != errStop {
			yield(Login{}, err)
		}
	}
}

func (e *Events) read() error {
	source, err := unzip(e.source)
	if err != nil {
		return err
	}
	if isTable(source) {
		return e.table(source)
	}
	in := jsonstream.NewReader(source)
	recovered := false
	for {
		more, err := in.More()
		if !more || err != nil {
			return err
		}
		begin := in.Offset()
		if err = e.next(in, recovered); err == nil {
			continue
		}
		var syntax *jsonstream.SyntaxError
		if !errors.As(err, &syntax) {
			return err
		}
		if !e.yield(Login{}, err) {
			return errStop
		}
		if more, err := in.Recover(begin); !more || err != nil {
			return err
		}
		recovered = true
	}
}

// next reads a value of the source. The lines of an export begin with a time. Behind a fault there
// may be what is left of an array.
func (e *Events) next(in *jsonstream.Reader, recovered bool) error {
	c, err := in.Peek()
	if err != nil {
		return err
	}
	switch {
	case c >= '0' && c <= '9':
		_, err := in.Word()
		return err
	case recovered && (c == ',' || c == ']' || c == '}'):
		_, err := in.Byte()
		return err
	case c == '"':
		begins, err := in.Text()
		if err != nil {
			return err
		}
		if !looksLikeJSON(begins) {
			return in.Fail("behind a text that holds no JSON")
		}
		return e.text(begins, 0)
	}
	return e.value(in, 0)
}

// isTable reports whether a source is a table in CSV, as the console of CloudWatch Logs saves it: its
// first line names a column for messages.
func isTable(source *bufio.Reader) bool {
	head, _ := source.Peek(512)
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.Contains(line, []byte("message")) && !bytes.Contains(line, []byte("{"))
}

// mostRow is how many bytes of a row of a table are read. Tests set it.
var mostRow int64 = 16 << 20

// table looks for events in the fields of a table.
func (e *Events) table(source io.Reader) error {
	limited := &bounded.Reader{R: source}
	in := csv.NewReader(limited)
	in.FieldsPerRecord, in.ReuseRecord = -1, true
	for {
		begin := in.InputOffset()
		limited.Left = mostRow
		record, err := in.Read()
		var malformed *csv.ParseError
		switch {
		case errors.Is(err, bounded.ErrBound) || in.InputOffset()-begin > mostRow:
			return fmt.Errorf("monitor: a row of more than %d bytes, which is the most that is read of one", mostRow)
		case err == io.EOF:
			return nil
		case errors.As(err, &malformed):
			err = e.tell(err)
		case err == nil:
			for _, field := range record {
				if err = e.text([]byte(field), 0); err != nil {
					break
				}
			}
		}
		if err != nil {
			return err
		}
	}
}

func unzip(source io.Reader) (*bufio.Reader, error) {
	b := bufio.NewReader(source)
	if magic, _ := b.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return b, nil
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return bufio.NewReader(zipped{z}), nil
}

// zipped tells the end of a compressed file that is cut off from the end of its text.
type zipped struct{ *gzip.Reader }

func (z zipped) Read(p []byte) (int, error) {
	n, err := z.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("gzip: %s", err)
	}
	return n, err
}

// value reads any value, and looks for events in it.
func (e *Events) value(in *jsonstream.Reader, texts int) error {
	c, err := in.Peek()
	if err != nil {
		return err
	}
	switch c {
	case '{':
		return e.object(in, texts)
	case '[':
		return in.Array(func(int) error { return e.value(in, texts) })
	case '"':
		text, err := in.Text()
		if err != nil {
			return err
		}
		return e.text(text, texts)
	}
	return in.Skip()
}

// text looks for events in a text, which may be JSON. A text that only looks like JSON is a text.
func (e *Events) text(text []byte, texts int) error {
	if texts == deepestText || !looksLikeJSON(text) {
		return nil
	}
	e.texts[texts].Reset(text)
	if e.in[texts] == nil {
		e.in[texts] = jsonstream.NewReader(&e.texts[texts])
	} else {
		e.in[texts].Reset(&e.texts[texts])
	}
	in := e.in[texts]
	for {
		more, err := in.More()
		if more {
			err = e.value(in, texts+1)
		}
		var syntax *jsonstream.SyntaxError
		switch {
		case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF):
			if !bytes.Contains(text, []byte(DetailType)) {
				return nil
			}
			return e.tell(fmt.Errorf("a text that should hold an event: %w", err))
		case err != nil || !more:
			return err
		}
	}
}

func looksLikeJSON(text []byte) bool {
	text = bytes.TrimSpace(text)
	return (bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("["))) && bytes.Contains(text, []byte(`"`))
}

// tell hands out an error, and goes on.
func (e *Events) tell(err error) error {
	if !e.yield(Login{}, err) {
		return errStop
	}
	return nil
}

// plural writes a number with a noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
