package tfplan

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/wkstest"
)

// fenced returns the first block of a document that is of a language and has a text.
func fenced(t *testing.T, document, language, with string) string {
	for rest := document; ; {
		_, after, ok := strings.Cut(rest, "```"+language+"\n")
		if !ok {
			t.Fatalf("there is no block of %s with %q", language, with)
		}
		block, after, _ := strings.Cut(after, "```")
		if strings.Contains(block, with) {
			return block
		}
		rest = after
	}
}

// The step of GitHub Actions and the recipe with a check block, which docs/adopting.md has, are run as they
// stand there, with bash as the runner calls it. A service in memory answers. It needs Terraform and the
// provider, from the mirror that the environment variable MIRROR names. The actions (uses:) are not run.
func TestRecipes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs Terraform")
	}
	for _, program := range []string{"terraform", "bash", "go"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s", program)
		}
	}
	mirror := os.Getenv("MIRROR")
	if mirror == "" {
		t.Skip("MIRROR names no folder with the provider")
	}
	root, err := filepath.Abs("../../../..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "docs", "adopting.md"))
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for line := range strings.Lines(fenced(t, string(text), "yaml", "setup-terraform")) {
		if script, ok := strings.CutPrefix(strings.TrimSpace(line), "- run: "); ok {
			steps = append(steps, script)
		}
	}
	if len(steps) < 3 {
		t.Fatalf("steps %q", steps)
	}
	check, commands := fenced(t, string(text), "hcl", `check "workspaces"`), fenced(t, string(text), "sh", "wks.json")

	times := map[wkstest.Activity]time.Duration{wkstest.Registering: time.Millisecond}
	server, err := wkstest.New(wkstest.Config{Times: times})
	if err != nil {
		t.Fatal(err)
	}
	endpoint := httptest.NewServer(server)
	defer endpoint.Close()
	folder := t.TempDir()
	if err := os.Symlink(root, filepath.Join(folder, ".wks")); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("terraformrc", "provider_installation {\n  filesystem_mirror { path = \""+mirror+"\" }\n}\n")
	run := func(script string) (out string, status int) {
		write("step.sh", script)
		cmd := exec.CommandContext(t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh")
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(folder, "terraformrc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
			"AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=SECRET", "AWS_EC2_METADATA_DISABLED=true", "AWS_ENDPOINT_URL_WORKSPACES="+endpoint.URL,
			"PATH="+filepath.Join(folder, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
		text, err := cmd.CombinedOutput()
		if _, ok := err.(*exec.ExitError); err != nil && !ok {
			t.Fatal(err)
		}
		t.Logf("%s\n%s", script, text)
		return string(text), cmd.ProcessState.ExitCode()
	}
	config := func(rules string) {
		write("main.tf", `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "`+measured+`"
    }
  }
}
provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}
resource "aws_workspaces_ip_group" "office" {
  name = "office"
`+rules+`}
resource "aws_workspaces_directory" "d" {
  directory_id = "d-9067000009"
  subnet_ids   = ["subnet-0a1b2c3d4e5f60718", "subnet-0b1b2c3d4e5f60718"]
  ip_group_ids = [aws_workspaces_ip_group.office.id]
}
`+check)
	}
	const office = "  rules {\n    source = \"203.0.113.0/24\"\n  }\n"

	// The job ends with 1 for a directory that lets nobody in, and with 0 for one that lets somebody in.
	config("")
	for i, script := range steps {
		if out, status := run(script); status != 0 && i < len(steps)-1 || i == len(steps)-1 && (status != exitBroken || !strings.Contains(out, "::error") || !strings.Contains(out, "network.ip-group-lock-out")) {
			t.Fatalf("%s: status %d\n%s", script, status, out)
		}
	}
	config(office)
	for _, script := range steps[len(steps)-2:] {
		if out, status := run(script); status != 0 {
			t.Errorf("%s: status %d\n%s", script, status, out)
		}
	}
	// The check warns of what there is, and no longer once it is mended.
	const warning = "Check block assertion failed"
	for _, tt := range []struct {
		rules string
		warns bool
	}{{"", true}, {office, false}} {
		config(tt.rules)
		if out, status := run("terraform apply -input=false -no-color -auto-approve"); status != 0 {
			t.Fatalf("status %d\n%s", status, out)
		}
		if out, status := run(commands); status != 0 || strings.Contains(out, warning) != tt.warns || tt.warns && !strings.Contains(out, "1 must") {
			t.Errorf("with %q: status %d\n%s", tt.rules, status, out)
		}
	}
}
