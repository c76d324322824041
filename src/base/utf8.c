/*
 * utf8 - what is done to text that people typed.
 *
 * Nearly all of it is ASCII: every function has a short way for that, and asks
 * libutf8proc only about the rest.  Bytes that are not UTF-8 pass unchanged.
 */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"

enum { SIGMA = 0x3A3, FINAL_SIGMA = 0x3C2, DOTTED_I = 0x130 };

typedef utf8proc_int32_t mapping(utf8proc_int32_t c);

static size_t
ascii_run(const char *bytes, size_t n)
{
	size_t i = 0;

	for (; n - i >= 8; i += 8) {
		uint64_t word;

		memcpy(&word, bytes + i, 8);
		if (word & 0x8080808080808080U)
			break;
	}
	while (i < n && (unsigned char)bytes[i] < 0x80)
		i++;
	return i;
}

/* Length of the character at at, which is not ASCII; 0 when it is none
 * (Unicode 15, table 3-7: no overlong forms, surrogates, or beyond 10FFFF). */
static size_t
measure(const unsigned char *at, size_t n)
{
	unsigned char low = 0x80;
	unsigned char high = 0xBF;
	size_t size;

	if (at[0] < 0xC2 || at[0] > 0xF4)
		return 0;
	size = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
	if (n < size)
		return 0;
	if (at[0] == 0xE0)
		low = 0xA0;
	else if (at[0] == 0xED)
		high = 0x9F;
	else if (at[0] == 0xF0)
		low = 0x90;
	else if (at[0] == 0xF4)
		high = 0x8F;
	if (at[1] < low || at[1] > high)
		return 0;
	for (size_t i = 2; i < size; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return 0;
	}
	return size;
}

bool
utf8_valid(const char *bytes, size_t n)
{
	size_t at = 0;

	if (n == 0)
		return true;
	if (memchr(bytes, '\0', n))
		return false;
	while ((at += ascii_run(bytes + at, n - at)) < n) {
		size_t size = measure((const unsigned char *)bytes + at, n - at);

		if (size == 0)
			return false;
		at += size;
	}
	return true;
}

size_t
utf8_length(const char *bytes, size_t n)
{
	size_t length = n;

	for (size_t i = n ? ascii_run(bytes, n) : 0; i < n; i++)
		length -= ((unsigned char)bytes[i] & 0xC0) == 0x80;
	return length;
}

/* Reads the character at *at and steps over it; -1 for a byte that is none. */
static utf8proc_int32_t
next(const char **at, const char *end)
{
	utf8proc_int32_t c = -1;
	utf8proc_ssize_t n;

	n = utf8proc_iterate((const utf8proc_uint8_t *)*at, end - *at, &c);
	if (n <= 0) {
		(*at)++;
		return -1;
	}
	*at += n;
	return c;
}

static bool
is_space(utf8proc_int32_t c)
{
	return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680
	       || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029
	       || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* The start of the character that ends before end. */
static const char *
step_back(const char *start, const char *end)
{
	const char *at = end - 1;

	while (at > start && end - at < 4 && ((unsigned char)*at & 0xC0) == 0x80)
		at--;
	return at;
}

const char *
text_trim(struct arena *arena, const char *string)
{
	const char *end;

	if (!string)
		return NULL;
	end = string + strlen(string);
	while (string < end) {
		const char *at = string;

		if (!is_space(next(&at, end)))
			break;
		string = at;
	}
	while (end > string) {
		const char *start = step_back(string, end);
		const char *at = start;

		if (!is_space(next(&at, end)) || at != end)
			break;
		end = start;
	}
	return arena_copy(arena, string, (size_t)(end - string));
}

static char
ascii_lower(char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c | 0x20);
	return c;
}

static char
ascii_upper(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c & ~0x20);
	return c;
}

static bool
is_ascii(const char *string)
{
	size_t n = strlen(string);

	return ascii_run(string, n) == n;
}

static const char *
map_ascii(struct arena *arena, const char *string, char map(char))
{
	char *copy = arena_text(arena, string);

	for (char *at = copy; *at; at++)
		*at = map(*at);
	return copy;
}

struct special {
	utf8proc_int32_t small;
	const char *capital;
};

/* The capitals that are more than one letter (Unicode SpecialCasing.txt,
 * unconditional; without the Greek iota below, which has a capital of its
 * own in libutf8proc). */
static const char *
special_upper(utf8proc_int32_t c)
{
	static const struct special specials[] = {
		{ 0x00DF, "SS" },
		{ 0x0149, "\u02BCN" },
		{ 0x01F0, "J\u030C" },
		{ 0x0390, "\u0399\u0308\u0301" },
		{ 0x03B0, "\u03A5\u0308\u0301" },
		{ 0x0587, "\u0535\u0552" },
		{ 0x1E96, "H\u0331" },
		{ 0x1E97, "T\u0308" },
		{ 0x1E98, "W\u030A" },
		{ 0x1E99, "Y\u030A" },
		{ 0x1E9A, "A\u02BE" },
		{ 0xFB00, "FF" },
		{ 0xFB01, "FI" },
		{ 0xFB02, "FL" },
		{ 0xFB03, "FFI" },
		{ 0xFB04, "FFL" },
		{ 0xFB05, "ST" },
		{ 0xFB06, "ST" },
	};

	for (size_t i = 0; i < COUNT(specials); i++) {
		if (specials[i].small == c)
			return specials[i].capital;
	}
	return NULL;
}

static bool
is_mark(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC
	       || category == UTF8PROC_CATEGORY_ME;
}

static bool
is_upper(utf8proc_int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
}

static bool
is_lower(utf8proc_int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

static bool
is_letter(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool
letter_follows(const char *at, const char *end)
{
	utf8proc_int32_t c = -1;

	while (at < end) {
		c = next(&at, end);
		if (c < 0 || !is_mark(c))
			break;
	}
	return c >= 0 && is_letter(c);
}

/* No mapping of one character takes more than three times its bytes. */
static char *
mapping_room(struct arena *arena, const char *string, size_t n)
{
	size_t ascii = 0;

	for (size_t i = 0; i < n; i++)
		ascii += (unsigned char)string[i] < 0x80;
	return arena_new(arena, n + 2 * (n - ascii) + 1);
}

struct output {
	char *at;
};

static void
add(struct output *out, utf8proc_int32_t c)
{
	out->at += utf8proc_encode_char(c, (utf8proc_uint8_t *)out->at);
}

static void
add_bytes(struct output *out, const char *bytes, size_t n)
{
	memcpy(out->at, bytes, n);
	out->at += n;
}

static void
add_lower(struct output *out, utf8proc_int32_t c, bool in_word, bool word_goes_on)
{
	if (c == DOTTED_I)
		add_bytes(out, "i\u0307", 3);
	else if (c == SIGMA && in_word && !word_goes_on)
		add(out, FINAL_SIGMA);
	else
		add(out, utf8proc_tolower(c));
}

const char *
text_lower(struct arena *arena, const char *string)
{
	const char *end;
	struct output out;
	bool in_word = false;
	char *start;

	if (!string)
		return NULL;
	if (is_ascii(string))
		return map_ascii(arena, string, ascii_lower);
	end = string + strlen(string);
	start = mapping_room(arena, string, (size_t)(end - string));
	out.at = start;
	while (string < end) {
		const char *at = string;
		utf8proc_int32_t c = next(&at, end);

		if (c < 0)
			add_bytes(&out, string, 1);
		else
			add_lower(&out, c, in_word,
				c == SIGMA && letter_follows(at, end));
		if (c < 0 || !is_mark(c))
			in_word = c >= 0 && is_letter(c);
		string = at;
	}
	return start;
}

const char *
text_upper(struct arena *arena, const char *string)
{
	const char *end;
	struct output out;
	char *start;

	if (!string)
		return NULL;
	if (is_ascii(string))
		return map_ascii(arena, string, ascii_upper);
	end = string + strlen(string);
	start = mapping_room(arena, string, (size_t)(end - string));
	out.at = start;
	while (string < end) {
		const char *at = string;
		utf8proc_int32_t c = next(&at, end);
		const char *special = special_upper(c);

		if (c < 0)
			add_bytes(&out, string, 1);
		else if (special)
			add_bytes(&out, special, strlen(special));
		else
			add(&out, utf8proc_toupper(c));
		string = at;
	}
	return start;
}

/* Whether all letters that have a case have the same. */
static bool
one_case(const char *string, const char *end)
{
	bool small = false;
	bool capital = false;

	while (string < end) {
		utf8proc_int32_t c = next(&string, end);

		if (c < 0)
			continue;
		small = small || is_lower(c);
		capital = capital || is_upper(c);
	}
	return small != capital;
}

static bool
is_apostrophe(utf8proc_int32_t c)
{
	return c == '\'' || c == 0x2019;
}

/* O'Brien and D'Angelo go on with a capital; the s of Joe's does not. */
static bool
name_follows(const char *at, const char *end)
{
	utf8proc_int32_t first = at < end ? next(&at, end) : -1;

	return first >= 0 && is_letter(first) && letter_follows(at, end);
}

const char *
text_title(struct arena *arena, const char *string)
{
	const char *end;
	struct output out;
	bool in_word = false;
	char *start;

	if (!string)
		return NULL;
	end = string + strlen(string);
	if (!one_case(string, end))
		return arena_text(arena, string);
	start = mapping_room(arena, string, (size_t)(end - string));
	out.at = start;
	while (string < end) {
		const char *at = string;
		utf8proc_int32_t c = next(&at, end);

		if (c < 0)
			add_bytes(&out, string, 1);
		else if (in_word)
			add_lower(&out, c, true, c == SIGMA && letter_follows(at, end));
		else
			add(&out, utf8proc_totitle(c));
		if (is_apostrophe(c))
			in_word = in_word && !name_follows(at, end);
		else if (c < 0 || !is_mark(c))
			in_word = c >= 0
				  && (is_letter(c)
					  || utf8proc_category(c)
						     == UTF8PROC_CATEGORY_ND);
		string = at;
	}
	return start;
}

const char *
text_fold(struct arena *arena, const char *string)
{
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t n;
	const char *copy;

	if (!string)
		return NULL;
	if (is_ascii(string))
		return map_ascii(arena, string, ascii_lower);
	n = utf8proc_map((const utf8proc_uint8_t *)string,
		(utf8proc_ssize_t)strlen(string), &folded,
		UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE
			| UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
	if (n < 0)
		return map_ascii(arena, string, ascii_lower);
	copy = arena_copy(arena, (const char *)folded, (size_t)n);
	free(folded);
	return copy;
}

const char *
text_digits(struct arena *arena, const char *string)
{
	char *digits;
	size_t n = 0;

	if (!string)
		return NULL;
	digits = arena_new(arena, strlen(string) + 1);
	for (; *string; string++) {
		if (*string >= '0' && *string <= '9')
			digits[n++] = *string;
	}
	return digits;
}

bool
text_word(const char *string)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)string;
	utf8proc_ssize_t left = (utf8proc_ssize_t)strlen(string);

	while (left > 0) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate(at, left, &c);
		utf8proc_category_t category;

		if (n <= 0)
			return false;
		category = utf8proc_category(c);
		if (!(category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
			&& category != UTF8PROC_CATEGORY_ND && category != UTF8PROC_CATEGORY_NL
			&& category != UTF8PROC_CATEGORY_NO && c != '_' && c != '-')
			return false;
		at += n;
		left -= n;
	}
	return true;
}
