/*
 * page - what the web page asks that no route of the contract answers at once.
 *
 * /page/start says who is there, also when nobody is: a page that opens must not
 * begin with an error.  /people/{patient_id}/records/{type} gives a whole list as
 * a table: ten thousand rows in one answer a browser reads in no time.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/store.h"
#include "personal/accounts.h"
#include "personal/listing.h"
#include "personal/looks.h"
#include "personal/personal.h"
#include "personal/reach.h"
#include "personal/routes.h"
#include "personal/select.h"
#include "personal/visitor.h"

enum { MOST_ROWS = 20000 };

static enum result
print_preferences(struct work *w, struct text *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT unit_system, session_timeout_minutes "
		"FROM user_preferences WHERE user_id = $1", ARGS(value_whole(w->actor.id)));
	bool found;

	if (r)
		return r;
	found = query_next(query);
	json_key(out, "preferences");
	json_open(out, '{');
	json_put_text(out, "unit_system", found ? query_text(query, 0, NULL) : "imperial");
	json_put_whole(out, "session_timeout_minutes",
		found && !query_null(query, 1) ? query_whole(query, 1) : 30);
	json_close(out, '}');
	return query_close(&query);
}

static enum result
print_user(struct work *w, struct text *out)
{
	enum result r;

	if (w->actor.kind != USER) {
		json_put_nothing(out, "user");
		json_put_nothing(out, "preferences");
		return OK;
	}
	json_key(out, "user");
	if ((r = accounts_print(w, w->actor.id, out)))
		return r;
	return print_preferences(w, out);
}

static enum result
show_start(struct work *w)
{
	struct text *out = &w->call->out;
	bool registration, ended = false;
	int64_t admins;
	enum result r;

	if ((r = accounts_admins(w, &admins)) || (r = accounts_registration(w, &registration)))
		return r;
	if (w->actor.kind != USER && (r = visitor_ended(w, &ended)))
		return r;
	json_open(out, '{');
	json_put_bool(out, "setup_needed", admins == 0);
	json_put_bool(out, "registration_enabled", registration);
	json_put_bool(out, "session_ended", ended);
	json_put_text(out, "timezone", moment_zone_name());
	if (!(r = print_user(w, out)))
		r = looks_print(w, out);
	json_close(out, '}');
	return r;
}

static const struct record *
find_record(const char *route)
{
	for (const struct record *const *rec = personal_catalog.records; *rec; rec++)
		if ((*rec)->of_patient && !(*rec)->internal && text_same((*rec)->route, route))
			return *rec;
	return NULL;
}

static enum result
show_grid(struct work *w)
{
	const struct record *rec = find_record(w->call->params[1]);
	struct list list CLEANUP(list_close) = { 0 };
	int64_t patient;
	size_t n = 0;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	if (!rec)
		return fail(w, MISSING, "There is no such type of record");
	list = list_of(rec);
	list.limit = MOST_ROWS;
	listing_of(&list, patient);
	if ((r = store_grid(w, &list, &w->call->out, &n)))
		return r;
	return listing_done(w, rec, patient, n);
}

const struct route personal_page_routes[] = {
	{ .method = GET, .path = "/page/start", .need = NEED_NOBODY,
	  .steps = { { READ, show_start } },
	  .summary = "Who is signed in and what the page has to begin with." },
	{ .method = GET, .path = "/people/{patient_id}/records/{type}",
	  .steps = { { READ, show_grid } },
	  .summary = "All records of a type of a patient, as a table.",
	  .about = "The type as in the paths of the records (\"medications\"); the newest "
		   "first, at most 20000; long texts are left to the single record." },
	{ 0 }
};
