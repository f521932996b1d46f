package main

import (
	"os"
	"testing"

	"github.com/wksgo/wks/internal/leaktest"
)

// asCommand is a variable of the environment with which the program of the tests is the command.
const asCommand = "WKS_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
	}
	leaktest.Main(m)
}
