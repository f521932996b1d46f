// A library to preload into a server, whose clock of the day is then ahead of the true one by
// the seconds that stand in the file which the environment's CLOCK_AHEAD names: eight bytes,
// mapped, so that the clock jumps when the file changes. The monotonic clock stays true.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile long *ahead;

__attribute__((constructor)) static void map(void) {
	const char *name = getenv("CLOCK_AHEAD");
	int file = name ? open(name, O_RDONLY) : -1;
	if (file < 0) return;
	void *at = mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
	if (at != MAP_FAILED) ahead = at;
	close(file);
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone) {
	int result = syscall(SYS_gettimeofday, tv, zone);
	if (result == 0 && ahead) tv->tv_sec += *ahead;
	return result;
}

int clock_gettime(clockid_t id, struct timespec *ts) {
	int result = syscall(SYS_clock_gettime, id, ts);
	if (result == 0 && ahead && id == CLOCK_REALTIME) ts->tv_sec += *ahead;
	return result;
}

time_t time(time_t *to) {
	struct timeval tv;
	gettimeofday(&tv, 0);
	if (to) *to = tv.tv_sec;
	return tv.tv_sec;
}
