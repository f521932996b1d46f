package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFresh fails when constraints.json or the generator changed and go generate did not run.
func TestFresh(t *testing.T) {
	files, err := generate("..")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run go generate ./internal/wire", name)
		}
	}
}

func TestRunWrites(t *testing.T) {
	dir := t.TempDir()
	text, err := os.ReadFile("../constraints.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "constraints.json"), text, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "request"), 0o777); err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	if status := run(dir, &stderr); status != 0 || stderr.Len() > 0 {
		t.Fatalf("status %d: %s", status, &stderr)
	}
	want, err := generate("..")
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(got, want[name]) {
			t.Errorf("%s: %v, or not what generate returns", name, err)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	const used = `"operations": {"Op": {"required": [], "members": {"M": "S"}}}`
	for name, text := range map[string]string{
		"":              `{`,
		"unknown field": `{"shapes": {}, "operations": {}, "more": 1}`,
		"no shape":      `{"shapes": {}, ` + used + `}`,
		"not used":      `{"shapes": {"S": {"type": "string", "min": 1}}, "operations": {}}`,
		"unknown type":  `{"shapes": {"S": {"type": "map", "min": 1}}, ` + used + `}`,
		"not a string":  `{"shapes": {"S": {"type": "list", "enum": ["A"]}}, ` + used + `}`,
		"without a min": `{"shapes": {"S": {"type": "integer", "max": 1}}, ` + used + `}`,
		"no constraint": `{"shapes": {"S": {"type": "string"}}, ` + used + `}`,
		"minimum 2":     `{"shapes": {"S": {"type": "string", "min": 2, "max": 1}}, ` + used + `}`,
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "constraints.json"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		var stderr strings.Builder
		if status := run(dir, &stderr); status != 1 || !strings.Contains(stderr.String(), name) {
			t.Errorf("%s: status %d, %q", text, status, &stderr)
		}
		if files, _ := filepath.Glob(filepath.Join(dir, "*.go")); len(files) > 0 {
			t.Errorf("%s: wrote %q", text, files)
		}
	}
	if status := run(t.TempDir(), &strings.Builder{}); status != 1 {
		t.Errorf("no constraints.json: status %d", status)
	}
}
