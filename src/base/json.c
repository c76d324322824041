/*
 * json - the writer is ours because lists are written millions of times; the
 * reader is jansson's because it has been attacked for years.
 *
 * Whether a comma is due shows in the last byte: after an opening bracket, a
 * colon or a line end none is.
 */
#include "base/json.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { DEEPEST = 32, WHOLE_SIZE = 20, NUMBER_SIZE = 40 };

static void
separate(struct text *out)
{
	char last;

	if (out->len == 0)
		return;
	last = out->at[out->len - 1];
	if (last != '{' && last != '[' && last != ':' && last != ',' && last != '\n')
		text_char(out, ',');
}

/* Eight bytes at once: whether any of them must be escaped. */
static bool
any_special(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101U;
	const uint64_t high = 0x8080808080808080U;
	uint64_t quote = word ^ (ones * '"');
	uint64_t back = word ^ (ones * '\\');
	uint64_t found = (word - ones * 0x20) & ~word;

	found |= (quote - ones) & ~quote;
	found |= (back - ones) & ~back;
	return (found & high) != 0;
}

/* How many bytes from the start need no escape. */
static size_t
plain_run(const char *bytes, size_t n)
{
	size_t i = 0;

	for (; n - i >= 8; i += 8) {
		uint64_t word;

		memcpy(&word, bytes + i, 8);
		if (any_special(word))
			break;
	}
	while (i < n && (unsigned char)bytes[i] >= 0x20 && bytes[i] != '"'
		&& bytes[i] != '\\')
		i++;
	return i;
}

static void
escape(struct text *out, char c)
{
	static const char digits[] = "0123456789abcdef";
	static const char shorts[32] = { [8] = 'b', 't', 'n', [12] = 'f', 'r' };
	unsigned char byte = (unsigned char)c;

	text_char(out, '\\');
	if (byte >= 0x20) {
		text_char(out, c);
	} else if (shorts[byte]) {
		text_char(out, shorts[byte]);
	} else {
		text_add(out, "u00");
		text_char(out, digits[byte >> 4]);
		text_char(out, digits[byte & 15]);
	}
}

static void
quote(struct text *out, const char *bytes, size_t n)
{
	size_t at = plain_run(bytes, n);

	if (n > SIZE_MAX - 3 || !text_room(out, n + 3))
		return;
	out->at[out->len++] = '"';
	if (at)
		memcpy(out->at + out->len, bytes, at);
	out->len += at;
	while (at < n) {
		escape(out, bytes[at++]);
		size_t run = plain_run(bytes + at, n - at);

		text_put(out, bytes + at, run);
		at += run;
	}
	text_char(out, '"');
}

void
json_open(struct text *out, char bracket)
{
	separate(out);
	text_char(out, bracket);
}

void
json_close(struct text *out, char bracket)
{
	text_char(out, bracket);
}

void
json_key(struct text *out, const char *key)
{
	separate(out);
	quote(out, key, strlen(key));
	text_char(out, ':');
}

void
json_text(struct text *out, const char *string)
{
	if (string)
		json_bytes(out, string, strlen(string));
	else
		json_nothing(out);
}

void
json_bytes(struct text *out, const char *bytes, size_t n)
{
	separate(out);
	quote(out, bytes, n);
}

/* The digits of number end just before end; where they begin. */
static char *
digits_before(char *end, uint64_t number)
{
	do {
		*--end = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	return end;
}

/* What is due before a value, and room for it behind; false when there is none. */
static bool
begin_value(struct text *out, size_t n)
{
	if (!text_room(out, n + 1))
		return false;
	separate(out);
	return true;
}

void
json_whole(struct text *out, int64_t number)
{
	char digits[WHOLE_SIZE + 1];
	char *end = digits + sizeof(digits);
	char *at = digits_before(end, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);

	if (number < 0)
		*--at = '-';
	if (!begin_value(out, sizeof(digits)))
		return;
	do
		out->at[out->len++] = *at++;
	while (at < end);
}

static bool
same(double a, double b)
{
	return !(a < b) && !(a > b);
}

/* Nearly every number of a health record has at most three decimals, and at
 * most 15 digits are always the shortest text of their double. */
static bool
put_thousandths(struct text *out, double size)
{
	char digits[WHOLE_SIZE + 4];
	char *end = digits + sizeof(digits);
	char *at = end - 4;
	uint64_t thousandths;
	uint64_t whole;

	if (size >= 1e9)
		return false;
	thousandths = (uint64_t)(size * 1000.0 + 0.5);
	if (!same((double)thousandths / 1000.0, size))
		return false;
	whole = thousandths / 1000;
	thousandths %= 1000;
	at[0] = '.';
	at[1] = (char)('0' + thousandths / 100);
	at[2] = (char)('0' + thousandths / 10 % 10);
	at[3] = (char)('0' + thousandths % 10);
	while (end > at + 2 && end[-1] == '0')
		end--;
	at = digits_before(at, whole);
	if (text_room(out, (size_t)(end - at)))
		while (at < end)
			out->at[out->len++] = *at++;
	return true;
}

static void
put_shortest(struct text *out, double size)
{
	/* Below the normal numbers fewer than 15 digits can be enough. */
	int digits = isnormal(size) ? 15 : 1;
	char buffer[NUMBER_SIZE] = "";

	for (; digits <= 17; digits++) {
		if (snprintf(buffer, sizeof(buffer), "%.*g", digits, size) < 0)
			abort();
		if (same(strtod(buffer, NULL), size))
			break;
	}
	text_add(out, buffer);
	if (!strpbrk(buffer, ".e"))
		text_add(out, ".0");
}

void
json_number(struct text *out, double number)
{
	double size = fabs(number);

	if (!isfinite(number)) {
		json_nothing(out);
		return;
	}
	separate(out);
	if (signbit(number))
		text_char(out, '-');
	if (!put_thousandths(out, size))
		put_shortest(out, size);
}

void
json_bool(struct text *out, bool yes)
{
	separate(out);
	text_add(out, yes ? "true" : "false");
}

void
json_nothing(struct text *out)
{
	separate(out);
	text_put(out, "null", 4);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void
json_raw(struct text *out, const char *bytes, size_t n)
{
	/* White space at the end would hide from separate() that a value stands
	 * there. */
	while (n && is_blank(bytes[n - 1]))
		n--;
	if (n == 0) {
		json_nothing(out);
		return;
	}
	separate(out);
	text_put(out, bytes, n);
}

void
json_put_text(struct text *out, const char *key, const char *string)
{
	json_key(out, key);
	json_text(out, string);
}

void
json_put_whole(struct text *out, const char *key, int64_t number)
{
	json_key(out, key);
	json_whole(out, number);
}

void
json_put_number(struct text *out, const char *key, double number)
{
	json_key(out, key);
	json_number(out, number);
}

void
json_put_bool(struct text *out, const char *key, bool yes)
{
	json_key(out, key);
	json_bool(out, yes);
}

void
json_put_nothing(struct text *out, const char *key)
{
	json_key(out, key);
	json_nothing(out);
}

void
json_put_raw(struct text *out, const char *key, const char *bytes)
{
	json_key(out, key);
	json_raw(out, bytes ? bytes : "", bytes ? strlen(bytes) : 0);
}

/* Index behind the closing quote of the string that opens at bytes[at]. */
static size_t
skip_string(const char *bytes, size_t n, size_t at)
{
	for (at++; at < n && bytes[at] != '"'; at++) {
		if (bytes[at] == '\\')
			at++;
	}
	return at < n ? at + 1 : n;
}

/* Before jansson recurses: it would go far deeper than we want to follow. */
static bool
check_depth(const char *bytes, size_t n, struct json_trouble *trouble)
{
	size_t depth = 0;
	size_t at = 0;

	while (at < n) {
		char c = bytes[at];

		if (c == '"') {
			at = skip_string(bytes, n, at);
			continue;
		}
		if (c == '{' || c == '[')
			depth++;
		else if ((c == '}' || c == ']') && depth)
			depth--;
		if (depth > DEEPEST) {
			trouble->text = "The JSON is nested too deeply.";
			trouble->position = at;
			return false;
		}
		at++;
	}
	return true;
}

static void
name_member(const char *key, size_t n, struct json_trouble *trouble)
{
	/* An escaped name would have to be decoded; no member of ours is one. */
	if (memchr(key, '\\', n))
		return;
	if (n > sizeof(trouble->member) - 1) {
		n = sizeof(trouble->member) - 1;
		while (n && ((unsigned char)key[n] & 0xC0) == 0x80)
			n--;
	}
	memcpy(trouble->member, key, n);
	trouble->member[n] = '\0';
}

struct level {
	bool object;
	bool wants_key;
	size_t key;
	size_t key_n;
};

/* Reads up to the place of the trouble again, from the front: looking back
 * from there one cannot tell a quote that opens from one that closes. */
static void
find_member(const char *bytes, size_t end, struct json_trouble *trouble)
{
	struct level levels[DEEPEST + 1] = { 0 };
	struct level *top = levels;
	size_t at = 0;

	while (at < end) {
		size_t start = at;

		at = bytes[at] == '"' ? skip_string(bytes, end, at) : at + 1;
		if (bytes[start] == '"' && top->wants_key && at - start >= 2) {
			top->key = start + 1;
			top->key_n = at - start - 2;
			top->wants_key = false;
		} else if (bytes[start] == '{' || bytes[start] == '[') {
			bool object = bytes[start] == '{';

			*++top = (struct level){ .object = object,
				.wants_key = object };
		} else if ((bytes[start] == '}' || bytes[start] == ']')
			   && top > levels) {
			top--;
		} else if (bytes[start] == ',') {
			top->wants_key = top->object;
		}
	}
	while (top > levels && !top->object)
		top--;
	name_member(bytes + top->key, top->key_n, trouble);
}

struct words {
	enum json_error_code code;
	bool in_member;
	const char *text;
};

static void
explain(const json_error_t *error, const char *bytes, size_t n,
	struct json_trouble *trouble)
{
	static const struct words words[] = {
		{ json_error_premature_end_of_input, false,
			"The JSON ends too early." },
		{ json_error_end_of_input_expected, false,
			"There is something behind the end of the JSON." },
		{ json_error_invalid_utf8, false, "The JSON is not valid UTF-8." },
		{ json_error_null_character, true, "A text holds a NUL character." },
		{ json_error_null_byte_in_key, false, "A name holds a NUL character." },
		{ json_error_duplicate_key, true, "A member is there twice." },
		{ json_error_numeric_overflow, true, "A number is out of range." },
	};

	if (json_error_code(error) == json_error_out_of_memory) {
		log_error("json: the machine has no memory left");
		abort();
	}
	trouble->text = "This is not valid JSON.";
	trouble->position = error->position > 0 ? (size_t)error->position : 0;
	if (trouble->position > n)
		trouble->position = n;
	for (size_t i = 0; i < COUNT(words); i++) {
		if (words[i].code != json_error_code(error))
			continue;
		trouble->text = words[i].text;
		if (words[i].in_member)
			find_member(bytes, trouble->position, trouble);
	}
}

json_t *
json_read(const char *bytes, size_t n, struct json_trouble *trouble)
{
	json_error_t error;
	const char *nul;
	json_t *value;

	*trouble = (struct json_trouble){ .text = "" };
	if (n == 0 || n > INT_MAX) {
		trouble->text = n ? "The JSON is too large." : "There is no JSON.";
		return NULL;
	}
	nul = memchr(bytes, '\0', n);
	if (nul) {
		trouble->text = "The JSON holds a NUL byte.";
		trouble->position = (size_t)(nul - bytes);
		return NULL;
	}
	if (!check_depth(bytes, n, trouble))
		return NULL;
	value = json_loadb(bytes, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!value)
		explain(&error, bytes, n, trouble);
	return value;
}
