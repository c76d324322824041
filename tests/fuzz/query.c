/*
 * query - whatever a query string holds, what is taken of it is clean UTF-8.
 */
#include <stdlib.h>
#include <string.h>

#include "http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(64 * 1024 * 1024);
	struct pair *pairs;
	size_t n_pairs;

	if (n <= MAX_BODY && request_pairs(arena, (const char *)bytes, n, &pairs, &n_pairs)) {
		if (n_pairs > MAX_PAIRS)
			abort();
		for (size_t i = 0; i < n_pairs; i++)
			if (!utf8_valid(pairs[i].name, strlen(pairs[i].name))
				|| !utf8_valid(pairs[i].value, strlen(pairs[i].value)))
				abort();
	}
	arena_close(&arena);
	return 0;
}
