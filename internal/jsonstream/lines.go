package jsonstream

import "bytes"

// A spot is a place in the document, as a line and where that begins.
type spot struct {
	lines int   // that end before the place
	start int64 // offset of the line's first byte
}

// lines counts lines as far as somebody asks for them.
type lines struct {
	front   spot // of the first byte of the buffer
	counted int  // index in the buffer
	at      spot // of that byte
}

// Position returns line and column of the next byte, both from 1, the column in bytes. After Peek, that is
// where the next value begins.
func (r *Reader) Position() (line, column int) { return r.lines.position(r, r.pos) }

// Start returns line and column at which the name, text or number begins that was read last.
func (r *Reader) Start() (line, column int) { return r.lines.position(r, r.token) }

func (l *lines) position(r *Reader, i int) (line, column int) {
	if i < l.counted {
		l.counted, l.at = 0, l.front
	}
	seen := r.buf[l.counted:i]
	if last := bytes.LastIndexByte(seen, '\n'); last >= 0 {
		l.at.lines += bytes.Count(seen, []byte{'\n'})
		l.at.start = r.before + int64(l.counted+last+1)
	}
	l.counted = i
	return l.at.lines + 1, int(r.before+int64(i)-l.at.start) + 1
}

// drop counts the lines of the bytes that leave the buffer.
func (l *lines) drop(r *Reader, n int) {
	l.position(r, n)
	l.front, l.counted = l.at, 0
}

// Last returns line and column of the last byte that the reader has got, both 1 if there is none.
func (r *Reader) Last() (line, column int) {
	if r.end > 0 {
		return r.lines.position(r, r.end-1)
	}
	line, column = r.lines.position(r, 0)
	return line, max(1, column-1)
}
