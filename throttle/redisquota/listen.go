package redisquota

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// listen begins to hear of the holds that other processes meet, if it has not yet. A server that
// forbids the channel, or has no such command, is not asked again.
func (l *Limiter) listen() {
	l.listening.Do(func() {
		go func() {
			for l.closing.Err() == nil {
				if err := l.hear(); forbidden(err) {
					return
				}
				if c, ok := l.client.(*redis.ClusterClient); ok {
					c.ReloadState(l.closing) // no refused subscription makes the client do so
				}
				select {
				case <-time.After(retryEvery):
				case <-l.closing.Done():
				}
			}
		}()
	})
}

// forbidden reports whether the server will answer the same tomorrow. A cluster also refuses a
// channel whose slot has moved.
func forbidden(err error) bool {
	var refused redis.Error
	return errors.As(err, &refused) && (strings.HasPrefix(refused.Error(), "NOPERM") || strings.HasPrefix(refused.Error(), "ERR unknown command"))
}

var errMoved = errors.New("the channel has moved to another server")

// silence is how long nothing need come before the connection is tried.
const silence = 30 * time.Second

// hear receives messages until the connection fails.
func (l *Limiter) hear() error {
	messages := l.client.SSubscribe(l.closing, l.key)
	defer messages.Close()
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		select {
		case <-l.closing.Done():
			messages.Close() // ends Receive, which does not look at its context meanwhile
		case <-stop:
		}
	}()
	for asked := false; ; {
		got, err := messages.ReceiveTimeout(l.closing, silence)
		var timeout net.Error
		switch {
		case err != nil && errors.As(err, &timeout) && timeout.Timeout() && !asked:
			if err := messages.Ping(l.closing); err != nil {
				return err
			}
			asked = true
			continue
		case err != nil:
			return err
		}
		asked = false
		if s, ok := got.(*redis.Subscription); ok && s.Kind == "sunsubscribe" {
			return errMoved
		}
		if m, ok := got.(*redis.Message); ok {
			var epoch, left, want int64
			if n, _ := fmt.Sscan(m.Payload, &epoch, &left, &want); n == 3 && epoch > 0 && left >= 0 {
				l.extend(micros(want), micros(left), epoch)
			}
		}
	}
}
