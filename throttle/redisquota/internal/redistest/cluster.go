package redistest

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// A Cluster is a cluster of servers without replicas, each of which has an equal part of the slots.
type Cluster []*Server

const slots = 16384

// StartCluster starts a cluster of n servers, which know one another when it returns.
func StartCluster(t testing.TB, n int) Cluster {
	t.Helper()
	var c Cluster
	var bus []string
	for range n {
		_, port, err := net.SplitHostPort(free(t).String())
		if err != nil {
			t.Fatal(err)
		}
		bus = append(bus, port)
		c = append(c, Start(t, "--cluster-enabled", "yes", "--cluster-port", port))
	}
	for i, s := range c {
		first, last := i*slots/n, (i+1)*slots/n-1
		s.command(t, "CLUSTER", "ADDSLOTSRANGE", first, last)
		host, port, _ := net.SplitHostPort(s.Addr) // of a listener
		c[0].command(t, "CLUSTER", "MEET", host, port, bus[i])
	}
	for start := time.Now(); !c.complete(t); time.Sleep(50 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			t.Fatal(c[0].command(t, "CLUSTER", "INFO"))
		}
	}
	return c
}

// complete reports whether every server knows of all slots and servers.
func (c Cluster) complete(t testing.TB) bool {
	return !slices.ContainsFunc(c, func(s *Server) bool {
		info := fmt.Sprint(s.command(t, "CLUSTER", "INFO"))
		return !strings.Contains(info, "cluster_state:ok") || !strings.Contains(info, fmt.Sprint("cluster_known_nodes:", len(c), "\r"))
	})
}

// Client returns a client of the cluster.
func (c Cluster) Client() *redis.ClusterClient {
	return redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{c[0].Addr}})
}

// Move moves the slot of a key to the next server, and calls during when the key has moved and
// the slot has not: the old server then answers ASK, and later MOVED.
func (c Cluster) Move(t testing.TB, key string, during func()) {
	t.Helper()
	slot, ok := c[0].command(t, "CLUSTER", "KEYSLOT", key).(int64)
	if !ok {
		t.Fatal("no slot")
	}
	var ids []any
	for _, s := range c {
		ids = append(ids, s.command(t, "CLUSTER", "MYID"))
	}
	from := slices.IndexFunc(c, func(s *Server) bool {
		return fmt.Sprint(s.command(t, "CLUSTER", "COUNTKEYSINSLOT", slot)) != "0"
	})
	if from < 0 {
		t.Fatalf("no server has %q", key)
	}
	to := (from + 1) % len(c)
	host, port, _ := net.SplitHostPort(c[to].Addr) // of a listener
	c[to].command(t, "CLUSTER", "SETSLOT", slot, "IMPORTING", ids[from])
	c[from].command(t, "CLUSTER", "SETSLOT", slot, "MIGRATING", ids[to])
	c[from].command(t, "MIGRATE", host, port, key, 0, 5000)
	during()
	for i := range c {
		c[(to+i)%len(c)].command(t, "CLUSTER", "SETSLOT", slot, "NODE", ids[to])
	}
}

// Listeners returns how many clients listen on a shard channel.
func (c Cluster) Listeners(t testing.TB, channel string) (n int) {
	t.Helper()
	for _, s := range c {
		client := s.Client()
		count, err := client.PubSubShardNumSub(context.Background(), channel).Result()
		client.Close()
		if err != nil {
			t.Fatal(err)
		}
		n += int(count[channel])
	}
	return n
}

// command sends a command to one server alone.
func (s *Server) command(t testing.TB, args ...any) any {
	t.Helper()
	client := s.Client()
	defer client.Close()
	answer, err := client.Do(context.Background(), args...).Result()
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return answer
}

// free returns an address on the loopback interface that nobody uses yet.
func free(t testing.TB) *net.TCPAddr {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr)
}
