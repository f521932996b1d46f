package monitor

import (
	"os"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
)

func TestBook(t *testing.T) { ruletest.Book(t, &book, os.DirFS(".")) }

func TestZeroRules(t *testing.T) { ruletest.Zero(t, Rules{}) }
