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
)

const (
	regHeader  = "Windows Registry Editor Version 5.00"
	regHeader4 = "REGEDIT4"
	bom        = "\xef\xbb\xbf"
)

// Reg renders the settings as a file that the Registry Editor imports: UTF-16LE with a
// byte order mark and CRLF at the ends of lines, as it writes itself. Importing it sets
// exactly the values of the plan. It is nil for a plan without settings.
func (p UpgradePlan) Reg() []byte {
	if len(p.Settings) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(regHeader + "\r\n")
	for _, key := range p.keys() {
		fmt.Fprintf(&b, "\r\n[%s]\r\n", key)
		for _, s := range p.Settings {
			if s.Key == key {
				fmt.Fprintf(&b, "\"%s\"=dword:%08x\r\n", escapeReg(s.Name), s.Value)
			}
		}
	}
	b.WriteString("\r\n")
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(b.String())) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// PowerShell renders the settings as a script for Windows PowerShell 3.0 or later: ASCII
// with CRLF at the ends of lines. It stops at the first error, and in a 32-bit process,
// which would write elsewhere; it adds a key only if it is missing, so that other values
// in it stay, and sets exactly the values of the plan. It is nil for a plan without settings.
func (p UpgradePlan) PowerShell() []byte {
	if len(p.Settings) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("#Requires -Version 3.0\r\n#Requires -RunAsAdministrator\r\n$ErrorActionPreference = 'Stop'\r\n" +
		"if (-not [Environment]::Is64BitProcess) { throw 'A 32-bit PowerShell would write to Wow6432Node; run this in a 64-bit one.' }\r\n")
	for _, key := range p.keys() {
		path := quotePowerShell(strings.Replace(key, "HKEY_LOCAL_MACHINE", "HKLM:", 1))
		fmt.Fprintf(&b, "if (-not (Test-Path -LiteralPath %s)) { New-Item -Path %s -Force | Out-Null }\r\n", path, path)
		for _, s := range p.Settings {
			if s.Key == key {
				fmt.Fprintf(&b, "New-ItemProperty -LiteralPath %s -Name %s -PropertyType DWord -Value %d -Force | Out-Null\r\n", path, quotePowerShell(s.Name), s.Value)
			}
		}
	}
	return []byte(b.String())
}

// keys are the keys of the settings, in the order of their first setting.
func (p UpgradePlan) keys() (keys []string) {
	seen := map[string]bool{}
	for _, s := range p.Settings {
		if !seen[s.Key] {
			seen[s.Key] = true
			keys = append(keys, s.Key)
		}
	}
	return keys
}

func escapeReg(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) }

// quotePowerShell makes a literal in which nothing is expanded.
func quotePowerShell(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// A RegistryEntry is a value of a .reg file, or the removal of one or of a key.
type RegistryEntry struct {
	Line int // from 1
	Key  string
	Name string // "" is the default value
	// Type is REG_DWORD, REG_SZ, or "hex" or "hex(7)" for what is written so. It is "key"
	// for the removal of a whole key, and "" for that of a value.
	Type    string
	Value   uint32 // of a REG_DWORD
	Text    string // of others: the string, or the bytes as they are written
	Removed bool
}

// ParseRegistry reads a .reg file as the Registry Editor exports it: UTF-16LE with a byte
// order mark, or UTF-8 with or without one; version 5.00, or REGEDIT4. It returns the
// entries of every key, in the order of the file. Comments and blank lines are skipped;
// names and keys keep their case. A string with a line break in it, which the Registry
// Editor writes as it is, is an error: export the keys of the upgrade alone. The error
// names the line.
func ParseRegistry(data []byte) ([]RegistryEntry, error) {
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

// next returns the next line, joined with those that a backslash at its end continues.
func (p *regParser) next() (string, bool) {
	if p.line == len(p.lines) {
		return "", false
	}
	s := p.lines[p.line]
	p.line++
	if strings.HasPrefix(strings.TrimSpace(s), ";") {
		return s, true // what follows a comment is a line of its own
	}
	for trimmed := strings.TrimRight(s, " \t"); strings.HasSuffix(trimmed, `\`) && strings.Contains(s, "=hex") && p.line < len(p.lines); trimmed = strings.TrimRight(s, " \t") {
		s = strings.TrimSuffix(trimmed, `\`) + strings.TrimSpace(p.lines[p.line])
		p.line++
	}
	return s, true
}

func (p *regParser) parse() error {
	header, _ := p.next()
	if h := strings.TrimRight(header, " \t"); h != regHeader && h != regHeader4 {
		return fmt.Errorf("is %q, want %q or %q", header, regHeader, regHeader4)
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
		return fmt.Errorf("%q is not a key in brackets", s)
	}
	key, removed := strings.CutPrefix(s[1:len(s)-1], "-")
	if root, _, _ := strings.Cut(key, `\`); !strings.HasPrefix(strings.ToUpper(root), "HKEY_") {
		return fmt.Errorf("%q does not start with HKEY_", key)
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
		return fmt.Errorf("%q has no =", s)
	}
	if p.skip {
		return fmt.Errorf("%q is a value of a key that is removed", s)
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
			err = fmt.Errorf("%q follows a string", rest)
		}
		e.Type, e.Text = "REG_SZ", text
		return err
	case typed && kind == "dword":
		n, err := strconv.ParseUint(rest, 16, 32)
		if err != nil || len(rest) > 8 || rest[0] == '+' {
			return fmt.Errorf("%q is not a dword of up to eight hexadecimal digits", data)
		}
		e.Type, e.Value = "REG_DWORD", uint32(n)
	case typed && (kind == "hex" || strings.HasPrefix(kind, "hex(") && strings.HasSuffix(kind, ")")):
		for b := range strings.SplitSeq(strings.TrimSuffix(rest, ","), ",") {
			if b = strings.TrimSpace(b); b == "" && rest == "" {
				continue
			}
			if len(b) != 2 || strings.Trim(strings.ToLower(b), "0123456789abcdef") != "" {
				return fmt.Errorf("%q is not a byte of two hexadecimal digits", b)
			}
		}
		e.Type, e.Text = kind, rest
	default:
		return fmt.Errorf("%q is of no type that a .reg file has", data)
	}
	return nil
}

// unquoteReg reads a string in quotes, in which a backslash stands before a quote and
// another backslash, and returns what follows it.
func unquoteReg(s string) (text, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", fmt.Errorf("%q does not start with a quote", s)
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
	return "", "", fmt.Errorf("%q has no closing quote", s)
}
