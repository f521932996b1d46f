package throttle

// Waiting tells the tests of this directory how many tokens are waited for.
func (l *Limiter) Waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.queued
}
