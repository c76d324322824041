#pragma once
/*
 * sanitizer - tells AddressSanitizer which bytes of an arena are in use.
 *
 * Does nothing in other builds.  MEMORY_GAP bytes lie between two pieces, so
 * that writing past one of them is seen.
 */
#ifdef __has_feature
#define HAS_ADDRESS_SANITIZER __has_feature(address_sanitizer)
#elif defined __SANITIZE_ADDRESS__
#define HAS_ADDRESS_SANITIZER 1
#else
#define HAS_ADDRESS_SANITIZER 0
#endif

#if HAS_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#include <stddef.h>

enum { MEMORY_GAP = 16 };

/* A function of its own, or gcc takes this for a reading of fresh memory. */
static __attribute__((noinline)) void
memory_hide(void *at, size_t n)
{
	__asan_poison_memory_region(at, n);
}

static inline void
memory_show(void *at, size_t n)
{
	__asan_unpoison_memory_region(at, n);
}
#else
#include <stddef.h>

enum { MEMORY_GAP = 0 };

static inline void
memory_hide(void *at, size_t n)
{
	(void)at;
	(void)n;
}

static inline void
memory_show(void *at, size_t n)
{
	(void)at;
	(void)n;
}
#endif
