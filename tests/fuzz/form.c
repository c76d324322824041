/*
 * form - both codings of a form; the first byte picks one.
 */
#include <stdlib.h>
#include <string.h>

#include "http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct pair types[] = {
		{ "content-type", "application/x-www-form-urlencoded" },
		{ "content-type", "multipart/form-data; boundary=b" },
	};
	struct arena *arena;
	struct call call = { 0 };

	if (n < 1 || n > MAX_BODY)
		return 0;
	arena = arena_open(64 * 1024 * 1024);
	call.work.arena = arena;
	call.headers = &types[bytes[0] & 1];
	call.n_headers = 1;
	call.body = arena_copy(arena, (const char *)bytes + 1, n - 1);
	call.n_body = n - 1;
	if (request_form(&call) == OK)
		for (size_t i = 0; i < call.n_form; i++)
			if (!utf8_valid(call.form[i].name, strlen(call.form[i].name))
				|| !utf8_valid(call.form[i].value, strlen(call.form[i].value)))
				abort();
	arena_close(&arena);
	return 0;
}
