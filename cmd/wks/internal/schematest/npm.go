package schematest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// NPM installs packages of npm in a new folder, and returns it. It skips the test where that cannot be.
func NPM(t testing.TB, packages ...string) (dir string) {
	t.Helper()
	if testing.Short() {
		t.Skip("with -short nothing is installed")
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skipf("%v: install Node.js and npm", err)
	}
	dir = t.TempDir()
	cmd := exec.Command(npm, append([]string{"install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", dir}, packages...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("npm cannot install %v: %v: %s", packages, err, out)
	}
	return dir
}

// HTML fails the test if html-validate, which NPM has installed in a folder, finds a fault in a page.
func HTML(t testing.TB, dir, page string) {
	t.Helper()
	config := filepath.Join(dir, "config.json")
	if err := os.WriteFile(config, []byte(`{"root": true, "extends": ["html-validate:recommended"]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join(dir, "node_modules", "html-validate", "bin", "html-validate.mjs"), "--config", config, page)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
