package wkstest

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// A reply is what goes back to the client.
type reply struct {
	call   *Call
	status int
	body   []byte
	output any  // in the place of the body
	half   bool // the connection breaks in the middle of the body
	retry  time.Duration
}

// buffers are for bodies, which a request and an answer have for a moment only.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const mostKept = 1 << 20 // bytes of a buffer that is worth keeping

// giveBack lets the memory of a body be used again.
func giveBack(body []byte) {
	if cap(body) > 0 && cap(body) <= mostKept {
		body = body[:0]
		buffers.Put(&body)
	}
}

// readAll reads n bytes into memory that giveBack may have.
func readAll(r io.Reader, n int64) ([]byte, error) {
	body := slices.Grow(*buffers.Get().(*[]byte), int(n))[:n]
	_, err := io.ReadFull(r, body)
	return body, err
}

// response is a reply as package net/http has it.
func (r *reply) response(to *http.Request) *http.Response {
	response := &http.Response{
		Status: strconv.Itoa(r.status) + " " + http.StatusText(r.status), StatusCode: r.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: to,
		Header:        r.header(),
		Body:          &answerBody{whole: r.body, left: r.body},
		ContentLength: int64(len(r.body)),
	}
	if r.half {
		response.Body = io.NopCloser(io.MultiReader(bytes.NewReader(r.body[:len(r.body)/2]), broken{}))
	}
	return response
}

// An answerBody is the body of an answer. Its memory is used again when it is closed.
type answerBody struct {
	mu          sync.Mutex
	whole, left []byte
}

func (b *answerBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.left) == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	n := copy(p, b.left)
	b.left = b.left[n:]
	return n, nil
}

func (b *answerBody) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	giveBack(b.whole)
	b.whole, b.left = nil, nil
	return nil
}

// broken is the rest of a body that never comes.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (r *reply) header() http.Header {
	h := http.Header{
		"Content-Type":     {contentType},
		"Date":             {time.Now().UTC().Format(http.TimeFormat)}, // not the server's: clients set their clocks by it
		"X-Amzn-Requestid": {r.call.RequestID},
	}
	if len(r.call.Rules) > 0 {
		h[header] = []string{textOf(r.call.Rules)}
	}
	if r.retry > 0 {
		h["Retry-After"] = []string{strconv.Itoa(int((r.retry + time.Second - 1) / time.Second))}
	}
	return h
}
