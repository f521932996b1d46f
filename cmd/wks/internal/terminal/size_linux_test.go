package terminal

import (
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// The width of a terminal is its own, between 40 and 160; one that says 0 has what COLUMNS says.
func TestWidthOfATerminal(t *testing.T) {
	pty, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals:", err)
	}
	defer pty.Close()
	t.Setenv("COLUMNS", "77")
	for columns, want := range map[uint16]int{0: 77, 1: 40, 39: 40, 41: 41, 100: 100, 159: 159, 160: 160, 161: 160, 400: 160} {
		size := struct{ rows, columns, x, y uint16 }{24, columns, 0, 0}
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, pty.Fd(), syscall.TIOCSWINSZ, uintptr(unsafe.Pointer(&size))); errno != 0 {
			t.Fatal(errno)
		}
		if got := Width(pty); got != want {
			t.Errorf("%d columns: %d, want %d", columns, got, want)
		}
	}
}
