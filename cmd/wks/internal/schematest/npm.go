package schematest

import (
	"os/exec"
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
