/*
 * passwords - length and the list of common ones, nothing else.
 */
#include "personal/passwords.h"

#include <string.h>

#include "base/crypto.h"
#include "base/text.h"
#include "engine/call.h"

enum { LEAST_EVER = 8, MOST = 128 };

const char *
passwords_fault(struct work *w, const char *subject, const char *password)
{
	size_t least = settings.password_min > LEAST_EVER ? (size_t)settings.password_min : LEAST_EVER;
	size_t n = utf8_length(password, strlen(password));

	if (n < least)
		return arena_printf(w->arena, "%s must be at least %zu characters long", subject,
			least);
	if (n > MOST)
		return arena_printf(w->arena, "%s must be less than %d characters", subject, MOST);
	if (password_common(password))
		return arena_printf(w->arena, "%s is too common; please choose another one",
			subject);
	return NULL;
}
