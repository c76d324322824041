/*
 * row - whatever object comes, form_read() makes a row or problems of it; a new row
 * without problems prints as JSON that reads back as the same row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "engine/form.h"
#include "engine/print.h"
#include "engine/shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { NAME, MAIL, PHONE, SITE, ZIP, LOGIN, NOTES, SCORE, WEIGHT, DONE, DAY, AT, KIND, LABELS,
	EXTRA, FIELDS };

static const struct choice kinds[] = { { "plain", "Plain", NULL }, { "on-hold", "On hold", "onHold" },
	{ 0 } };

/* clang-format off */
static const struct field fields[FIELDS] = {
	TEXT  (NAME, "name", "Name", .required = true, .min = 1, .max = 10, .trim = true, .fold = TITLE),
	TEXT  (MAIL, "mail", "Mail", .shape = shape_email),
	TEXT  (PHONE, "phone", "Phone", .shape = shape_phone),
	TEXT  (SITE, "site", "Site", .shape = shape_website, .blank_null = true),
	TEXT  (ZIP, "zip", "Zip", .shape = shape_zip),
	TEXT  (LOGIN, "user", "User", .shape = shape_username),
	NOTE  (NOTES, "notes", "Notes", .size = 100, .fold = LOWER),
	WHOLE (SCORE, "score", "Score", .min = 1, .max = 10),
	NUMBER(WEIGHT, "weight", "Weight", .max = 500, .decimals = 2),
	FLAG  (DONE, "done", "Done", .initial = "false"),
	DATE  (DAY, "day", "Day", .past = true),
	MOMENT(AT, "at", "At", .wall = true),
	CHOICE(KIND, "kind", "Kind", kinds, .initial = "plain"),
	LIST  (LABELS, "labels", "Labels", .initial = "[]"),
	JSON  (EXTRA, "extra", "Extra"),
};
/* clang-format on */

static const struct record rec = { .name = "things", .one = "Thing", .many = "Things",
	.entity = "thing", .fields = fields, .n_fields = COUNT(fields) };

static void
check_again(struct work *w, const struct row *row)
{
	struct text out CLEANUP(text_close) = { 0 };
	struct text twice CLEANUP(text_close) = { 0 };
	struct row *again = row_new(w->arena, &rec);
	struct json_trouble trouble;
	json_t *json;

	print_row(row, &out);
	json = json_read(out.at, out.len, &trouble);
	if (!json)
		abort();
	form_read(w, json, false, again);
	json_decref(json);
	if (w->problems.n)
		return; /* folding may lengthen a text: then the next reader says so */
	print_row(again, &twice);
	if (twice.len != out.len || memcmp(twice.at, out.at, out.len) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena CLEANUP(arena_close) = NULL;
	struct json_trouble trouble;
	json_t *json = json_read((const char *)bytes, n, &trouble);
	struct work w;
	struct row *row;

	if (!json)
		return 0;
	arena = arena_open(64u << 20);
	w = work_new(arena, NULL);
	row = row_new(arena, &rec);
	form_read(&w, json, n & 1, row);
	json_decref(json);
	for (const struct problem *p = w.problems.first; p; p = p->next)
		if (!p->field || !p->kind || !p->text)
			abort();
	if (w.problems.n == 0 && !(n & 1))
		check_again(&w, row);
	return 0;
}
