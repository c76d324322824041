/*
 * pattern - one route table for all records that follow the common pattern.
 */
#include "personal/pattern.h"

#include <string.h>

#include "base/text.h"
#include "engine/catalog.h"
#include "personal/listing.h"
#include "personal/personal.h"
#include "personal/record_routes.h"
#include "personal/routes.h"

static const struct route *const explicit[] = { ROUTE_TABLES, NULL };

static const struct parameter of_patient[] = { LISTING_PATIENT, { 0 } };

static bool
taken(enum method method, const char *path)
{
	for (size_t i = 0; explicit[i]; i++)
		for (const struct route *route = explicit[i]; route->path; route++)
			if (route->method == method && strcmp(route->path, path) == 0)
				return true;
	return false;
}

static bool
follows(const struct record *rec)
{
	return rec->route && !rec->internal && !rec->is_patient &&
		(rec->of_patient || rec->shared);
}

static void
add(struct route *table, size_t *n, struct route route)
{
	if (!taken(route.method, route.path))
		table[(*n)++] = route;
}

static void
add_collection(struct arena *arena, struct route *table, size_t *n, const struct record *rec)
{
	const char *path = arena_printf(arena, "/%s/", rec->route);
	const char *many = text_lower(arena, rec->many), *one = text_lower(arena, rec->one);

	add(table, n, (struct route){
		.method = GET, .path = path, .rec = rec,
		.steps = { { READ, rec->of_patient ? listing_by_query : listing_shared } },
		.query = listing_parameters(arena, rec),
		.summary = arena_printf(arena, rec->of_patient ? "The %s of a patient."
							       : "All %s.", many),
	});
	add(table, n, (struct route){
		.method = POST, .path = path, .rec = rec, .body = BODY_JSON,
		.steps = { { HERE, record_read }, { WRITE, record_create } },
		.query = rec->patient_in_query ? of_patient : NULL,
		.ok = rec->created,
		.summary = arena_printf(arena, "Adds one to the %s.", many),
		.about = arena_printf(arena, "Answers the %s as it was stored.", one),
	});
}

static void
add_items(struct arena *arena, struct route *table, size_t *n, const struct record *rec)
{
	const char *path = arena_printf(arena, "/%s/{id}", rec->route);
	const char *many = text_lower(arena, rec->many);

	add(table, n, (struct route){
		.method = GET, .path = path, .rec = rec,
		.steps = { { READ, record_get } },
		.summary = arena_printf(arena, "One of the %s, with what belongs to it.", many),
	});
	add(table, n, (struct route){
		.method = PUT, .path = path, .rec = rec, .body = BODY_JSON,
		.steps = { { WRITE, record_update } },
		.summary = arena_printf(arena, "Changes one of the %s.", many),
		.about = "Members that are absent stay as they are.",
	});
	add(table, n, (struct route){
		.method = DELETE, .path = path, .rec = rec,
		.steps = { { WRITE, record_drop } },
		.summary = arena_printf(arena, "Deletes one of the %s.", many),
	});
}

const struct route *
pattern_routes(struct arena *arena)
{
	struct route *table;
	size_t n = 0, n_records = 0;

	for (const struct record *const *rec = personal_catalog.records; *rec; rec++)
		n_records += follows(*rec);
	table = arena_new(arena, (5 * n_records + 1) * sizeof(*table));
	for (const struct record *const *rec = personal_catalog.records; *rec; rec++) {
		if (!follows(*rec))
			continue;
		add_collection(arena, table, &n, *rec);
		add_items(arena, table, &n, *rec);
	}
	return table;
}
