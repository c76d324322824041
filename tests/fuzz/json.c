/*
 * json - whatever bytes come, json_read() takes or refuses them and says where.
 *
 * What it takes must be readable again after jansson has written it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct json_trouble trouble;
	json_t *value = json_read((const char *)bytes, n, &trouble);
	json_t *again;
	char *dump;

	if (!value) {
		if (!trouble.text[0] || trouble.position > n
			|| strlen(trouble.member) >= sizeof(trouble.member))
			abort();
		return 0;
	}
	dump = json_dumps(value,
		JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(17));
	again = dump ? json_read(dump, strlen(dump), &trouble) : NULL;
	if (!again || !json_equal(value, again))
		abort();
	json_decref(again);
	json_decref(value);
	free(dump);
	return 0;
}
