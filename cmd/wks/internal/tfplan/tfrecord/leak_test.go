package main

import (
	"testing"

	"github.com/wksgo/wks/internal/leaktest"
)

func TestMain(m *testing.M) { leaktest.Main(m) }
