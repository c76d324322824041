/*
 * practitioners_routes - searching practitioners; deleting pharmacies, which
 * answers in its own way.
 */
#include <string.h>

#include "base/json.h"
#include "engine/audit.h"
#include "engine/store.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"

enum { FOUND_MOST = 20 };

static enum result
search(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_practitioners);
	const char *name = call_query(w->call, "name");
	enum result r;

	if (!name)
		problem_at(&w->problems, "query", "name", "missing", "Field required");
	else if (utf8_length(name, strlen(name)) < 2)
		problem_at(&w->problems, "query", "name", "string_too_short",
			"String should have at least 2 characters");
	if ((r = call_sound(w)) || (r = access_record(w, list.rec, SEE)))
		return r;
	list_contains(&list, w->arena, "name", name);
	list.order = "id DESC";
	list.limit = FOUND_MOST;
	return listing_answer(w, &list, 0);
}

static enum result
list_specialties(struct work *w)
{
	struct text *out = &w->call->out;
	struct query *query CLEANUP(query_drop) = NULL;
	size_t n = 0;
	enum result r;

	if ((r = access_record(w, &personal_practitioners, SEE)))
		return r;
	r = db_query(w->db, &query, "SELECT DISTINCT specialty FROM practitioners "
		"WHERE specialty IS NOT NULL ORDER BY specialty", NULL, 0);
	if (r)
		return r;
	json_open(out, '{');
	json_key(out, "specialties");
	json_open(out, '[');
	for (; query_next(query); n++)
		json_text(out, query_text(query, 0, NULL));
	json_close(out, ']');
	json_close(out, '}');
	if ((r = query_close(&query)))
		return r;
	return listing_done(w, &personal_practitioners, 0, n);
}

/* The contract's own words, with how many records lose the reference. */
static enum result
note_drop(struct work *w, int64_t id)
{
	const char *words = arena_printf(w->arena, "Deleted Pharmacy %lld", (long long)id);
	int64_t n = 0;
	enum result r = db_one(w->db, "SELECT COUNT(*) FROM medications WHERE pharmacy_id = $1",
		ARGS(value_whole(id)), &n);

	if (r)
		return r;
	if (n)
		words = arena_printf(w->arena, "%s. Updated %lld medication(s) to remove pharmacy "
			"reference.", words, (long long)n);
	return audit_add(w, &(struct entry){ .action = "deleted", .entity_type = "pharmacy",
		.entity_id = id, .description = words });
}

static enum result
drop_pharmacy(struct work *w)
{
	struct row *row;
	enum result r;

	if ((r = reach_param(w, &personal_pharmacies, 0, EDIT, &row)))
		return r;
	if ((r = note_drop(w, row->id)))
		return r;
	w->quiet = true;
	r = store_drop(w, row);
	w->quiet = false;
	if (r)
		return r;
	json_open(&w->call->out, '{');
	json_put_bool(&w->call->out, "ok", true);
	json_close(&w->call->out, '}');
	return OK;
}

static const struct parameter by_name[] = {
	{ .name = "name", .type = TYPE_TEXT, .required = true,
	  .help = "Part of the name; at least 2 characters." },
	{ 0 }
};

const struct route personal_practitioners_routes[] = {
	{ .method = GET, .path = "/practitioners/search/by-name", .steps = { { READ, search } },
	  .rec = &personal_practitioners, .query = by_name,
	  .summary = "Practitioners whose name contains a text." },
	{ .method = GET, .path = "/practitioners/specialties",
	  .steps = { { READ, list_specialties } }, .rec = &personal_practitioners,
	  .summary = "The specialties there are." },
	{ .method = DELETE, .path = "/pharmacies/{id}", .steps = { { WRITE, drop_pharmacy } },
	  .rec = &personal_pharmacies, .summary = "Deletes a pharmacy." },
	{ 0 }
};
