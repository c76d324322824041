/*
 * sandbox - limits of the kernel, then a filter of system calls by a list of what is
 * allowed: memory, reading, writing, the end.
 *
 * Opening a file is refused with an error, since libraries ask for what they can do
 * without; any other call ends the process.  Executable memory is never given.
 */
#include "files/sandbox.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/port/machine.h"

enum { MEMORY = 512 << 20, SECONDS = 8 };

/* Of the first number alone: what a sanitizer has set aside by now is not ours. */
static rlim_t
memory_now(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	char line[128] = "";
	unsigned long long pages = 0;

	if (file && fgets(line, sizeof(line), file))
		pages = strtoull(line, NULL, 10);
	if (file)
		fclose(file);
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool
limit(int what, rlim_t most)
{
	const struct rlimit both = { most, most };

	return setrlimit((__rlimit_resource_t)what, &both) == 0;
}

/* What is asked for: the number of the call, or the protection of new memory. */
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, what)
#define ALLOW(number)                                                                  \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), RETURN(SECCOMP_RET_ALLOW)
#define REFUSE(number)                                                                 \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), RETURN(SECCOMP_RET_ERRNO | EACCES)

static bool
filter(void)
{
	struct sock_filter rules[] = {
		LOAD(arch),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)MACHINE | 0x80000000u, 1, 0),
		RETURN(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		ALLOW(SYS_read), ALLOW(SYS_write), ALLOW(SYS_exit_group), ALLOW(SYS_exit),
		ALLOW(SYS_munmap), ALLOW(SYS_mremap), ALLOW(SYS_brk), ALLOW(SYS_madvise),
		ALLOW(SYS_futex), ALLOW(SYS_rt_sigreturn), ALLOW(SYS_sched_yield),
		ALLOW(SYS_rt_sigprocmask),
		REFUSE(SYS_openat), REFUSE(SYS_newfstatat), REFUSE(SYS_readlinkat),
		/* Memory, but none that can be run. */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 1, 0),
		RETURN(SECCOMP_RET_KILL_PROCESS),
		LOAD(args[2]),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
		RETURN(SECCOMP_RET_KILL_PROCESS),
		RETURN(SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { COUNT(rules), rules };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

enum result
sandbox_enter(void)
{
	bool held = prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
		&& limit(RLIMIT_AS, memory_now() + MEMORY) && limit(RLIMIT_CPU, SECONDS)
		&& limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0);

	return held && (MACHINE == 0 || filter()) ? OK : FAULT;
}
