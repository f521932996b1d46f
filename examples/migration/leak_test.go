package main

import (
	"os"
	"testing"

	"github.com/wksgo/wks/internal/leaktest"
)

// asProgram is a variable of the environment with which the program of the tests is the example.
const asProgram = "WKS_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		os.Exit(0)
	}
	leaktest.Main(m)
}
