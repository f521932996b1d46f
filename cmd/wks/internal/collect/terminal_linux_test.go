package collect

import (
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/wksgo/wks/cmd/wks/internal/awstest"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/throttle"
)

// On a terminal it shows how far it is, and leaves the line empty at the end.
func TestProgressOnTerminal(t *testing.T) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals:", err)
	}
	defer master.Close()
	var number, locked uint32
	for request, value := range map[uintptr]*uint32{syscall.TIOCGPTN: &number, syscall.TIOCSPTLCK: &locked} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(unsafe.Pointer(value))); errno != 0 {
			t.Fatal(errno)
		}
	}
	terminal, err := os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals:", err)
	}
	shown := make(chan string)
	go func() {
		text, _ := io.ReadAll(master) // which ends with an error when the other side is closed
		shown <- string(text)
	}()
	a := awstest.New(t)
	a.Serve(t)
	status := cli.Run(command(throttle.Quota{Rate: 1000, Burst: 1000}), []string{"--region", "us-west-2", "--out", t.TempDir()}, nil, io.Discard, terminal)
	if err := terminal.Close(); err != nil {
		t.Fatal(err)
	}
	text := <-shown
	_, last, _ := strings.Cut(text, "18 of 18 files")
	if status != cli.Clean || !strings.Contains(text, "\r[") || !strings.Contains(last, "\r\x1b[K") || !strings.Contains(last, "account 111122223333") {
		t.Errorf("status %d, %q", status, text)
	}
	if OnTerminal(io.Discard) != nil {
		t.Error("a writer is a terminal")
	}
}
