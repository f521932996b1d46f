//go:build unix

package durable_test

import (
	"testing"
	"time"

	"github.com/wksgo/wks/migrate/durable"
)

// A fleet whose worker was killed on this machine waits for another one, and says so.
func TestStatusOfTheDead(t *testing.T) {
	stores(t, func(t *testing.T, url string) {
		s := open(t, url)
		w := newWorld(2, healthy(60)...)
		_, service := serve(t, w)
		if err := s.Start(w.order("fleet")); err != nil {
			t.Fatal(err)
		}
		p := spawn(t, self(t), job{url, service, 100 * time.Millisecond})
		begun(t, s, "fleet", 2)
		if st, err := s.Status("fleet"); err != nil || st.Phase != durable.Running {
			t.Errorf("while it runs: %+v, %v", st, err)
		}
		p.kill()
		if st, err := s.Status("fleet"); err != nil || st.Phase != durable.Waiting || st.Begun < 2 {
			t.Errorf("when it was killed: %+v, %v", st, err)
		}
	})
}
