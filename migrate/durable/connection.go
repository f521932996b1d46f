package durable

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The engine's own values for a pool that it opens.
const (
	maxConnections = 20
	connectTimeout = 10 * time.Second
	// A worker that is frozen in a transaction holds its locks for so long.
	idleTransaction = time.Minute
)

// openPool opens connections to the PostgreSQL of a store; for a store in a file it is nil. The engine closes
// the pool.
//
// The engine (v1.8.0) tries again when a connection is refused or reset, and not when it ends within an answer:
// pgx calls that io.ErrUnexpectedEOF, which the engine does not know, and a workflow fails for good. So the end of a
// connection is an error of the network here, as a reset is.
func openPool(ctx context.Context, store string) (*pgxpool.Pool, error) {
	if strings.HasPrefix(store, "sqlite:") {
		return nil, nil
	}
	c, err := pgxpool.ParseConfig(store)
	if err != nil {
		return nil, fmt.Errorf("durable: %w", err)
	}
	if u, err := url.Parse(store); err == nil && !u.Query().Has("pool_max_conns") {
		c.MaxConns = maxConnections
	}
	if c.ConnConfig.ConnectTimeout == 0 {
		c.ConnConfig.ConnectTimeout = connectTimeout
	}
	const setting = "idle_in_transaction_session_timeout"
	if _, ok := c.ConnConfig.RuntimeParams[setting]; !ok {
		c.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
			_, err := conn.Exec(ctx, fmt.Sprintf("SET %s = %d", setting, idleTransaction.Milliseconds()))
			return err
		}
	}
	dial := c.ConnConfig.DialFunc
	c.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return connection{conn}, nil
	}
	p, err := pgxpool.NewWithConfig(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("durable: %w", err)
	}
	return p, nil
}

func closePool(p *pgxpool.Pool) {
	if p != nil {
		p.Close()
	}
}

// A connection whose end is an error of the network.
type connection struct{ net.Conn }

func (c connection) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if err == io.EOF {
		err = &net.OpError{Op: "read", Net: c.RemoteAddr().Network(), Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: err}
	}
	return n, err
}
