#!/usr/bin/env bash
# DBOS for Go v1.8.0: the comment of ListWorkflows says that input and output of each workflow are loaded by
# default. A client of NewClient gets neither: its list has Input nil, and no error tells so. With
# WithFilterLoadInput(true) the same call has the input. A program that launches the engine gets both by default.
# Needs Go. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
	_ "github.com/dbos-inc/dbos-transact-golang/dbos/driver/sqlite"
)

func double(_ dbos.Context, n int) (int, error) { return 2 * n, nil }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func main() {
	const url = "sqlite:engine.db"
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	engine := must(dbos.NewContext(context.Background(), dbos.Config{AppName: "numbers", DatabaseURL: url, Logger: quiet}))
	dbos.RegisterWorkflow(engine, double)
	must(0, dbos.Launch(engine))
	handle := must(dbos.RunWorkflow(engine, double, 21))
	fmt.Println("result:", must(handle.GetResult()))
	fmt.Println("the engine's list:", list(engine))
	client := must(dbos.NewClient(context.Background(), dbos.ClientConfig{AppName: "numbers", DatabaseURL: url, Logger: quiet}))
	fmt.Println("a client's list:", list(client))
	fmt.Println("a client's list, asked for inputs:", list(client, dbos.WithFilterLoadInput(true)))
	must(0, dbos.Shutdown(client, time.Second))
	must(0, dbos.Shutdown(engine, 5*time.Second))
}

func list(c dbos.Client, options ...dbos.ListWorkflowsOption) string {
	w := must(dbos.ListWorkflows(c, options...))[0]
	return fmt.Sprintf("input %v, output %v", w.Input, w.Output)
}
GO
cat >go.mod <<'MOD'
module numbers

go 1.26.0

require github.com/dbos-inc/dbos-transact-golang v1.8.0
MOD
go mod tidy >/dev/null 2>&1
got=$(go run .)
echo "$got"
[ "$got" = "result: 42
the engine's list: input 21, output 42
a client's list: input <nil>, output <nil>
a client's list, asked for inputs: input 21, output <nil>" ]
echo 'seen again: a client lists workflows without their inputs and outputs'
