/*
 * shape - syntax only: nothing here asks a network.
 */
#include "engine/shape.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static bool
one_of(const char *text, const char *chars)
{
	return *text && strchr(chars, *text);
}

static bool
label_valid(const char *label, size_t n)
{
	if (n == 0 || n > 63 || label[0] == '-' || label[n - 1] == '-')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)label[i]) && label[i] != '-'
			&& !((unsigned char)label[i] & 0x80))
			return false;
	return true;
}

/* Labels of a host name; how many there are, 0 when one is bad. */
static int
labels(const char *domain)
{
	int n = 0;

	for (const char *at = domain;; n++) {
		const char *dot = strchrnul(at, '.');

		if (!label_valid(at, (size_t)(dot - at)))
			return 0;
		if (!*dot)
			return n + 1;
		at = dot + 1;
	}
}

static bool
special_use(const char *domain)
{
	static const char *const names[] = { "test", "local", "localhost", "invalid", "arpa",
		"onion" };
	const char *last = strrchr(domain, '.');

	last = last ? last + 1 : domain;
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_same(last, names[i]))
			return true;
	return false;
}

static bool
local_valid(const char *local, size_t n)
{
	if (n == 0 || n > 64 || local[0] == '.' || local[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)local[i];

		if (c & 0x80 || isalnum(c) || one_of(&local[i], "!#$%&'*+-/=?^_`{|}~"))
			continue;
		if (c != '.' || local[i + 1] == '.')
			return false;
	}
	return true;
}

const char *
shape_email(struct arena *arena, const char *text, const char **why)
{
	const char *at = strrchr(text, '@');

	*why = "value is not a valid email address: An email address must have an @-sign.";
	if (!at || strchr(text, '@') != at)
		return NULL;
	*why = "value is not a valid email address: The part before the @-sign is not valid.";
	if (!local_valid(text, (size_t)(at - text)))
		return NULL;
	*why = "value is not a valid email address: The part after the @-sign is not valid.";
	if (strlen(at + 1) > 253 || labels(at + 1) < 2 || isdigit((unsigned char)strrchr(at, '.')[1]))
		return NULL;
	*why = "value is not a valid email address: The part after the @-sign is a "
	       "special-use or reserved name that cannot be used with email.";
	if (special_use(at + 1))
		return NULL;
	return arena_printf(arena, "%.*s@%s", (int)(at - text), text,
		text_lower(arena, at + 1));
}

const char *
shape_email_simple(struct arena *arena, const char *text, const char **why)
{
	const char *low = text_lower(arena, text_trim(arena, text));
	const char *at = strchr(low, '@');
	const char *dot = at ? strrchr(at, '.') : NULL;

	*why = "Invalid email format";
	if (!*low)
		return low;
	if (!at || at == low || strchr(at + 1, '@') || strpbrk(low, " \t\r\n") || !dot
		|| dot == at + 1 || strlen(dot + 1) < 2)
		return NULL;
	return low;
}

static bool
phone_like(const char *digits)
{
	return strlen(digits) >= 10 && strlen(digits) <= 15;
}

const char *
shape_phone(struct arena *arena, const char *text, const char **why)
{
	const char *trimmed = text_trim(arena, text);

	*why = "Phone number must be between 10-15 digits";
	return !*trimmed || phone_like(text_digits(arena, trimmed)) ? trimmed : NULL;
}

const char *
shape_phone_digits(struct arena *arena, const char *text, const char **why)
{
	const char *digits = text_digits(arena, text);

	*why = "Phone number must be between 10-15 digits";
	if (strlen(digits) == 11 && digits[0] == '1')
		return digits + 1;
	return phone_like(digits) ? digits : NULL;
}

static bool
ipv4(const char *host)
{
	int parts = 0;

	for (const char *at = host; parts < 5; parts++) {
		size_t n = strspn(at, "0123456789");

		if (n == 0 || n > 3)
			return false;
		if (!at[n])
			return parts == 3;
		if (at[n] != '.')
			return false;
		at += n + 1;
	}
	return false;
}

static bool
web_host(const char *host)
{
	const char *dot = strrchr(host, '.');

	if (text_same(host, "localhost") || ipv4(host))
		return true;
	if (!dot || labels(host) < 2 || strlen(dot + 1) < 2 || strlen(dot + 1) > 6)
		return false;
	for (const char *c = dot + 1; *c; c++)
		if (!isalpha((unsigned char)*c))
			return false;
	return true;
}

const char *
shape_website(struct arena *arena, const char *text, const char **why)
{
	const char *trimmed = text_trim(arena, text);
	const char *host = strstr(trimmed, "://");
	size_t n;

	*why = "Please enter a valid website URL";
	if (host && !text_starts(trimmed, "http://") && !text_starts(trimmed, "https://"))
		return NULL;
	if (!host)
		trimmed = arena_printf(arena, "https://%s", trimmed);
	host = strstr(trimmed, "://") + 3;
	n = strcspn(host, ":/?#");
	if (!web_host(arena_copy(arena, host, n)) || strpbrk(host, " \t\r\n\"<>"))
		return NULL;
	if (host[n] == ':') {
		size_t digits = strspn(host + n + 1, "0123456789");

		if (digits == 0 || digits > 5 || (host[n + 1 + digits] && host[n + 1 + digits] != '/'))
			return NULL;
	}
	return trimmed;
}

const char *
shape_zip(struct arena *arena, const char *text, const char **why)
{
	const char *trimmed = text_trim(arena, text);
	size_t n = strspn(trimmed, "0123456789");

	*why = "ZIP code must be in format 12345 or 12345-6789";
	if (n != 5)
		return NULL;
	if (!trimmed[5])
		return trimmed;
	return trimmed[5] == '-' && strspn(trimmed + 6, "0123456789") == 4 && !trimmed[10]
		? trimmed
		: NULL;
}

const char *
shape_username(struct arena *arena, const char *text, const char **why)
{
	const char *low = text_lower(arena, text_trim(arena, text));
	bool letters = false;

	*why = "Username can only contain letters, numbers, underscores, and hyphens";
	for (const unsigned char *c = (const unsigned char *)low; *c; c++) {
		if (*c == '_' || *c == '-')
			continue;
		if (*c < 0x80 && !isalnum(*c))
			return NULL;
		letters = true;
	}
	return letters && text_word(low) ? low : NULL;
}
