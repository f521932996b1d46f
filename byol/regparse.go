package byol

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wksgo/wks/rule"
)

// A RegistryEntry is a value of a .reg file, or the removal of a value or of a key.
type RegistryEntry struct {
	Line int // from 1
	Key  string
	Name string // "" is the default value
	// Type is REG_DWORD, REG_SZ, or "hex" or "hex(7)" for values that are written so. It is
	// "key" if a whole key is removed, and "" if a value is.
	Type    string
	Value   uint32 // of a REG_DWORD
	Text    string // of others: the string, or the bytes as they are written
	Removed bool
}

// MaxRegistry is the size of the largest .reg file that ParseRegistry reads, in bytes.
const MaxRegistry = 16 << 20

// ParseRegistry reads a .reg file as the Registry Editor exports it: UTF-16LE with a byte
// order mark, or UTF-8 with or without one; version 5.00, or REGEDIT4; at most MaxRegistry
// bytes. It returns the entries of every key, in the order of the file. Comments and blank
// lines are skipped; names and keys keep their case. The Registry
// Editor writes a string with a line break as it is; that is an error here: export only the
// keys of the upgrade. The error names the line.
func ParseRegistry(data []byte) ([]RegistryEntry, error) {
	if len(data) > MaxRegistry {
		return nil, fmt.Errorf("byol: .reg file: has %d bytes, want at most %d", len(data), MaxRegistry)
	}
	text, err := decodeReg(data)
	if err != nil {
		return nil, fmt.Errorf("byol: .reg file: %w", err)
	}
	p := regParser{lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
	if err := p.parse(); err != nil {
		return nil, fmt.Errorf("byol: .reg file, line %d: %w", p.line, err)
	}
	return p.entries, nil
}

func decodeReg(data []byte) (string, error) {
	switch {
	case len(data) >= 2 && data[0] == 0xfe && data[1] == 0xff:
		return "", errors.New("is in big-endian UTF-16, which the Registry Editor does not write")
	case len(data) >= 2 && data[0] == 0xff && data[1] == 0xfe:
		if len(data)%2 != 0 {
			return "", errors.New("is UTF-16 with an odd number of bytes")
		}
		units := make([]uint16, len(data)/2-1)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(data[2*i+2:])
		}
		runes := utf16.Decode(units)
		if !slices.Equal(utf16.Encode(runes), units) {
			return "", errors.New("is not valid UTF-16")
		}
		return string(runes), nil
	}
	text := strings.TrimPrefix(string(data), bom)
	if !utf8.ValidString(text) {
		return "", errors.New("is neither UTF-8 nor UTF-16LE with a byte order mark")
	}
	return text, nil
}

const removedKey = "key"

type regParser struct {
	lines   []string
	line    int // the one that was read last
	key     string
	skip    bool // the key is removed
	entries []RegistryEntry
}

// next returns the next line, joined with the lines that continue it after a backslash.
func (p *regParser) next() (string, bool) {
	if p.line == len(p.lines) {
		return "", false
	}
	s := p.lines[p.line]
	p.line++
	if strings.HasPrefix(strings.TrimSpace(s), ";") || !strings.Contains(s, "=hex") {
		return s, true // what follows is a line of its own
	}
	var joined strings.Builder
	for p.line < len(p.lines) {
		head, goesOn := strings.CutSuffix(strings.TrimRight(s, " \t"), `\`)
		if !goesOn {
			break
		}
		joined.WriteString(head)
		s = strings.TrimSpace(p.lines[p.line])
		p.line++
	}
	joined.WriteString(s)
	return joined.String(), true
}

func (p *regParser) parse() error {
	header, _ := p.next()
	if h := strings.TrimRight(header, " \t"); h != regHeader && h != regHeader4 {
		return fmt.Errorf("is %q, want %q or %q", rule.Shorten(header), regHeader, regHeader4)
	}
	for {
		s, ok := p.next()
		if !ok {
			return nil
		}
		start := p.line
		s = strings.TrimSpace(s)
		var err error
		switch {
		case s == "" || s[0] == ';':
		case s[0] == '[':
			err = p.section(s)
		case p.key == "":
			err = errors.New("is a value before the first key")
		default:
			err = p.value(s, start)
		}
		if err != nil {
			return err
		}
	}
}

func (p *regParser) section(s string) error {
	if !strings.HasSuffix(s, "]") || len(s) < 3 {
		return fmt.Errorf("%q is not a key in brackets", rule.Shorten(s))
	}
	key, removed := strings.CutPrefix(s[1:len(s)-1], "-")
	if root, _, _ := strings.Cut(key, `\`); !strings.HasPrefix(strings.ToUpper(root), "HKEY_") {
		return fmt.Errorf("%q does not start with HKEY_", rule.Shorten(key))
	}
	p.key, p.skip = key, removed
	if removed {
		p.entries = append(p.entries, RegistryEntry{Line: p.line, Key: key, Type: removedKey, Removed: true})
	}
	return nil
}

func (p *regParser) value(s string, line int) error {
	e := RegistryEntry{Line: line, Key: p.key}
	rest, isDefault := strings.CutPrefix(s, "@")
	if !isDefault {
		var err error
		if e.Name, rest, err = unquoteReg(s); err != nil {
			return err
		}
	}
	data, ok := strings.CutPrefix(strings.TrimLeft(rest, " \t"), "=")
	if !ok {
		return fmt.Errorf("%q has no =", rule.Shorten(s))
	}
	if p.skip {
		return fmt.Errorf("%q is a value of a key that is removed", rule.Shorten(s))
	}
	if err := e.parseData(strings.TrimLeft(data, " \t")); err != nil {
		return err
	}
	p.entries = append(p.entries, e)
	return nil
}

func (e *RegistryEntry) parseData(data string) error {
	kind, rest, typed := strings.Cut(data, ":")
	switch {
	case data == "-":
		e.Removed = true
	case strings.HasPrefix(data, `"`):
		text, rest, err := unquoteReg(data)
		if err == nil && rest != "" {
			err = fmt.Errorf("%q follows a string", rule.Shorten(rest))
		}
		e.Type, e.Text = "REG_SZ", text
		return err
	case typed && kind == "dword":
		n, err := strconv.ParseUint(rest, 16, 32)
		if err != nil || len(rest) > 8 || rest[0] == '+' {
			return fmt.Errorf("%q is not a dword of up to eight hexadecimal digits", rule.Shorten(data))
		}
		e.Type, e.Value = "REG_DWORD", uint32(n)
	case typed && (kind == "hex" || strings.HasPrefix(kind, "hex(") && strings.HasSuffix(kind, ")")):
		for b := range strings.SplitSeq(strings.TrimSuffix(rest, ","), ",") {
			if b = strings.TrimSpace(b); b == "" && rest == "" {
				continue
			}
			if len(b) != 2 || strings.Trim(strings.ToLower(b), "0123456789abcdef") != "" {
				return fmt.Errorf("%q is not a byte of two hexadecimal digits", rule.Shorten(b))
			}
		}
		e.Type, e.Text = kind, rest
	default:
		return fmt.Errorf("%q is of no type that a .reg file has", rule.Shorten(data))
	}
	return nil
}

// unquoteReg reads a string in quotes, and returns what follows it. In the string, a backslash
// stands before a quote and before another backslash.
func unquoteReg(s string) (text, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", fmt.Errorf("%q does not start with a quote", rule.Shorten(s))
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return b.String(), s[i+1:], nil
		case c == '\\' && i+1 < len(s) && (s[i+1] == '\\' || s[i+1] == '"'):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", fmt.Errorf("%q has no closing quote", rule.Shorten(s))
}
