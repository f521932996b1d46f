//go:build !unix

package redistest

import "testing"

// Freeze skips the test: the system has no signal that stops a process.
func (s *Server) Freeze(t testing.TB) { t.Skip("there is no signal that stops a process") }

// Thaw lets a frozen server go on.
func (s *Server) Thaw(testing.TB) {}
