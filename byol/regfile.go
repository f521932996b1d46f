package byol

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

const (
	regHeader  = "Windows Registry Editor Version 5.00"
	regHeader4 = "REGEDIT4"
	bom        = "\xef\xbb\xbf"
)

// Reg returns the settings as a file for the Registry Editor: UTF-16LE with a byte order mark
// and CRLF at the ends of lines, as the Registry Editor itself writes files. Importing it sets
// exactly the values of the plan. It returns nil for a plan without settings.
func (p UpgradePlan) Reg() []byte {
	if len(p.Settings) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(regHeader + "\r\n")
	for _, settings := range p.byKey() {
		fmt.Fprintf(&b, "\r\n[%s]\r\n", settings[0].Key)
		for _, s := range settings {
			fmt.Fprintf(&b, "\"%s\"=dword:%08x\r\n", escapeReg(s.Name), s.Value)
		}
	}
	b.WriteString("\r\n")
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(b.String())) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// PowerShell returns the settings as a script for Windows PowerShell 3.0 or later: ASCII with
// CRLF at the ends of lines. The script stops at the first error. It stops in a 32-bit process,
// which would write to another place. It adds a key only if it is missing, so other values of
// the key stay, and sets exactly the values of the plan. It returns nil for a plan without
// settings.
func (p UpgradePlan) PowerShell() []byte {
	if len(p.Settings) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("#Requires -Version 3.0\r\n#Requires -RunAsAdministrator\r\n$ErrorActionPreference = 'Stop'\r\n" +
		"if (-not [Environment]::Is64BitProcess) { throw 'A 32-bit PowerShell would write to Wow6432Node; run this in a 64-bit one.' }\r\n")
	for _, settings := range p.byKey() {
		path := quotePowerShell(strings.Replace(settings[0].Key, "HKEY_LOCAL_MACHINE", "HKLM:", 1))
		fmt.Fprintf(&b, "if (-not (Test-Path -LiteralPath %s)) { New-Item -Path %s -Force | Out-Null }\r\n", path, path)
		for _, s := range settings {
			fmt.Fprintf(&b, "New-ItemProperty -LiteralPath %s -Name %s -PropertyType DWord -Value %d -Force | Out-Null\r\n", path, quotePowerShell(s.Name), s.Value)
		}
	}
	return []byte(b.String())
}

// byKey returns the settings of each key, in the order of their first setting.
func (p UpgradePlan) byKey() (groups [][]RegistrySetting) {
	group := map[string]int{}
	for _, s := range p.Settings {
		i, ok := group[s.Key]
		if !ok {
			i = len(groups)
			group[s.Key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], s)
	}
	return groups
}

func escapeReg(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) }

// quotePowerShell makes a literal in which nothing is expanded.
func quotePowerShell(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
