//go:build unix

package redistest

import (
	"syscall"
	"testing"
)

// Freeze stops the server, which keeps its connections, until Thaw.
func (s *Server) Freeze(t testing.TB) { s.signal(t, syscall.SIGSTOP) }

// Thaw lets a frozen server go on.
func (s *Server) Thaw(t testing.TB) { s.signal(t, syscall.SIGCONT) }
