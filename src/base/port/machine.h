#pragma once
/*
 * machine - the kernel's word for the machine we were built for, that a filter of system
 * calls has to name.  0: one we know no word for, and then there is no filter.
 */
#include <linux/audit.h>

#if defined __x86_64__
enum { MACHINE = AUDIT_ARCH_X86_64 & 0x7fffffff };
#elif defined __aarch64__
enum { MACHINE = AUDIT_ARCH_AARCH64 & 0x7fffffff };
#else
enum { MACHINE = 0 };
#endif
