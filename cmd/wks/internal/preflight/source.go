package preflight

import (
	"bytes"
	"errors"
	"io"
	"io/fs"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// maxSmall is the most that is read of a file that does not grow with the account: the description of one
// key, and the list of a firewall. All others are read as streams, of whatever size. The package
// jsonstream bounds what is in them: a string or a number has at most 16 MiB, and nothing lies more than
// 10,000 levels deep.
const maxSmall = 64 << 20

// openFile opens a regular file. The error leaves out its name.
func openFile(fsys fs.FS, name string) (fs.File, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, reason(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("is not a regular file")
	}
	f, err := fsys.Open(name)
	return f, reason(err)
}

// readFile reads a regular file of at most maxSmall bytes.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := openFile(fsys, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return cli.ReadAll(f, maxSmall, "such a file")
}

// reason leaves out the name that an error of the file system repeats.
func reason(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// exported is a file that the AWS CLI has written, without the mark of UTF-8 that Windows puts in front.
type exported struct {
	io.Reader
	io.Closer
}

// openExported opens a file that should hold JSON. The error is a *fileError; it tells what the file is if it
// is something else that the AWS CLI prints.
func openExported(fsys fs.FS, name string) (*exported, error) {
	at := inFile(name)
	f, err := openFile(fsys, name)
	if err != nil {
		return nil, newFileError(at, err.Error())
	}
	front := make([]byte, 4096)
	n, err := io.ReadFull(f, front)
	if whole := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF); err != nil && !whole {
		err = newFileError(at, reason(err).Error())
	} else {
		front = bytes.TrimPrefix(front[:n], []byte("\xef\xbb\xbf"))
		err = nil
		if msg := otherwise(name, front, whole); msg != "" {
			err = newFileError(at, msg)
		}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &exported{io.MultiReader(bytes.NewReader(front), f), f}, nil
}

// isUTF16 reports whether a text begins with the mark of UTF-16.
func isUTF16(front []byte) bool {
	return bytes.HasPrefix(front, []byte("\xff\xfe")) || bytes.HasPrefix(front, []byte("\xfe\xff"))
}
