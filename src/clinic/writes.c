/*
 * writes - a tool's arguments on their way into a row.
 */
#include "clinic/writes.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/ask.h"
#include "clinic/rows.h"
#include "engine/access.h"
#include "engine/call.h"
#include "engine/store.h"

static const char *
member_of(const struct renamed *renamed, const char *name)
{
	for (; renamed && renamed->argument; renamed++)
		if (strcmp(renamed->argument, name) == 0)
			return renamed->member;
	return name;
}

/* The request owns the body, so that nobody has to give it back; the records' hooks
 * find it where they look for reasons. */
json_t *
writes_body(struct work *w, const struct row *in, const struct renamed *renamed)
{
	struct ask *ask = w->call->data;
	json_t *body = json_object(), *value;
	const char *name;

	(void)in;
	json_object_foreach(ask->body, name, value)
		json_object_set(body, member_of(renamed, name), value);
	json_object_set_new(w->call->json, "\x01" "body", body);
	ask->body = body;
	return body;
}

/* People know the arguments, not the columns behind them. */
enum result
writes_create(struct work *w, const struct record *rec, json_t *body, int64_t patient,
	struct row **out)
{
	struct row *row = row_new(w->arena, rec);
	enum result r;

	*out = row;
	if ((r = access_rows_of(w, rec, patient, EDIT)) ||
		(r = rows_read(w, body, patient, row)))
		return r;
	return store_put(w, row);
}

enum result
writes_change(struct work *w, const struct record *rec, const char *key, json_t *body,
	struct row **out)
{
	struct row *stored;
	enum result r = rows_take(w, rec, key, EDIT, &stored);

	if (r)
		return r;
	*out = row_edit(w->arena, stored);
	if ((r = rows_read(w, body, 0, *out)))
		return r;
	return store_put(w, *out);
}

void
writes_warning(const struct work *w, struct text *out)
{
	const struct ask *ask = w->call->data;

	if (ask && ask->warning)
		json_put_text(out, "warning", ask->warning);
}
