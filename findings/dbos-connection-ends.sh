#!/usr/bin/env bash
# DBOS for Go v1.8.0 on PostgreSQL: the engine tries again when a connection to its database is refused or reset,
# and not when the connection ends. pgx v5.10.0 calls that io.ErrUnexpectedEOF, and the engine looks for io.EOF. A workflow whose
# connection ends while it reads is recorded as failed ("unexpected EOF"), for good, though the database answers again
# at once. So a restart of the database can end a workflow that is meant to outlive it.
# Needs Go and PostgreSQL's initdb. Fails if that changes.
set -euo pipefail
initdb=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1) || initdb=$(command -v initdb)
bin=$(dirname "$initdb")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
cat >main.go <<'GO'
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"sync/atomic"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
)

// The proxy passes everything on. When told, it closes a connection at the request after the begin of a transaction, as a
// server does that ends.
var closing atomic.Bool

func proxy(l net.Listener, server string) {
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer client.Close()
			to, err := net.Dial("tcp", server)
			if err != nil {
				return
			}
			defer to.Close()
			go io.Copy(client, to)
			b := make([]byte, 1<<16)
			for begun := false; ; {
				n, err := client.Read(b)
				if err != nil || begun {
					return
				}
				begun = bytes.Contains(b[:n], []byte("begin")) && closing.CompareAndSwap(true, false)
				if _, err := to.Write(b[:n]); err != nil {
					return
				}
			}
		}()
	}
}

func three(ctx dbos.Context, _ int) (int, error) {
	sum := 0
	for i := range 3 {
		n, err := dbos.RunAsStep(ctx, func(context.Context) (int, error) { return i, nil })
		if err != nil {
			return 0, err
		}
		if sum += n; i == 1 {
			closing.Store(true)
		}
	}
	return sum, nil
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go proxy(l, os.Args[1])
	engine, err := dbos.NewContext(context.Background(), dbos.Config{AppName: "three", DatabaseURL: "postgres://wks@" + l.Addr().String() + "/postgres?sslmode=disable",
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		panic(err)
	}
	dbos.RegisterWorkflow(engine, three)
	if err := dbos.Launch(engine); err != nil {
		panic(err)
	}
	handle, err := dbos.RunWorkflow(engine, three, 0)
	if err != nil {
		panic(err)
	}
	_, err = handle.GetResult()
	time.Sleep(time.Second)
	status, err2 := handle.GetStatus()
	fmt.Println("error is io.ErrUnexpectedEOF:", errors.Is(err, io.ErrUnexpectedEOF), "status:", status.Status, err2)
	_ = dbos.Shutdown(engine, 5*time.Second)
}
GO
cat >go.mod <<'MOD'
module three

go 1.26.0

require (
	github.com/dbos-inc/dbos-transact-golang v1.8.0
	github.com/jackc/pgx/v5 v5.10.0
)
MOD
go mod tidy >/dev/null 2>&1
go build -o three .
as() { if [ "$(id -u)" = 0 ]; then chown -R nobody "$work"; su -s /bin/sh nobody -c "$*"; else sh -c "$*"; fi; }
port=$((20000 + RANDOM % 20000))
as "$bin/initdb -D $work/data -U wks --auth=trust --no-sync >/dev/null"
as "$bin/pg_ctl -D $work/data -o '-p $port -h 127.0.0.1 -k $work' -l $work/log -w start >/dev/null"
got=$(./three "127.0.0.1:$port") || true
as "$bin/pg_ctl -D $work/data -m fast -w stop >/dev/null"
echo "$got"
[ "$got" = "error is io.ErrUnexpectedEOF: true status: ERROR <nil>" ]
echo 'seen again: a workflow fails for good when a connection to the database ends'
