/*
 * bcrypt - by libcrypt, which every Debian has.
 */
#include "base/bcrypt.h"

#include <crypt.h>
#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"

enum { LENGTH = 60, COST_AT = 4, SALT_AT = 7, COST_LEAST = 4 };

static bool
in_alphabet(const char *text)
{
	for (; *text; text++)
		if (!isalnum((unsigned char)*text) && *text != '.' && *text != '/')
			return false;
	return true;
}

bool
bcrypt_is(const char *hash)
{
	int cost;

	if (strlen(hash) != LENGTH || strncmp(hash, "$2", 2) != 0 || !strchr("aby", hash[2])
		|| hash[3] != '$' || !isdigit((unsigned char)hash[COST_AT])
		|| !isdigit((unsigned char)hash[COST_AT + 1]) || hash[SALT_AT - 1] != '$')
		return false;
	cost = 10 * (hash[COST_AT] - '0') + hash[COST_AT + 1] - '0';
	return cost >= COST_LEAST && cost <= BCRYPT_COST_MOST && in_alphabet(hash + SALT_AT);
}

bool
bcrypt_verify(const char *hash, const char *password)
{
	struct crypt_data *data;
	const char *made;
	bool same;

	if (!bcrypt_is(hash))
		return false;
	data = calloc(1, sizeof(*data));
	if (!data)
		abort();
	/* Not crypt_r(), which the sanitizers take over and then do not find. */
	made = crypt_rn(password, hash, data, (int)sizeof(*data));
	same = made && same_text(made, hash);
	sodium_memzero(data, sizeof(*data));
	free(data);
	return same;
}
