/*
 * activity - one SELECT over the log and a page of it as JSON.
 */
#include "engine/activity.h"

#include <jansson.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/audit.h"

enum { ARGS_MOST = 8 };
enum { A_ID, A_WHEN, A_USER, A_PATIENT, A_ACTION, A_KIND, A_ENTITY, A_DESCRIPTION, A_DETAILS,
	A_ADDRESS, A_AGENT, A_NAME, A_KEY };

void
activity_read(struct work *w, struct activity *activity)
{
	const char *cursor = call_query(w->call, "cursor");
	const char *kind = call_query(w->call, "kind"), *action = call_query(w->call, "action");

	activity->limit = call_whole(w, "limit");
	activity->kind = kind && *kind ? kind : NULL;
	activity->action = action && *action ? action : NULL;
	if (cursor && *cursor && !text_whole(cursor, 1, INT64_MAX, &activity->before))
		problem_at(&w->problems, "query", "cursor", "value_error",
			"This cursor is none of ours");
}

struct ask {
	struct text sql;
	struct value args[ARGS_MOST];
	size_t n;
};

static void
only(struct ask *ask, const char *column, const char *how, struct value value)
{
	ask->args[ask->n++] = value;
	text_printf(&ask->sql, " %s %s %s $%zu", ask->n == 1 ? "WHERE" : "AND", column, how,
		ask->n);
}

static const char *
write_sql(struct work *w, struct ask *ask, const struct activity *activity)
{
	const char *sql;

	text_printf(&ask->sql, "SELECT id, timestamp, user_id, patient_id, action, entity_type, "
		"entity_id, description, event_metadata, ip_address, user_agent, %s, %s "
		"FROM activity_log", activity->who ? activity->who : "NULL",
		activity->patient_key ? activity->patient_key : "NULL");
	if (activity->patient)
		only(ask, "patient_id", "=", value_whole(activity->patient));
	if (activity->user)
		only(ask, "user_id", "=", value_whole(activity->user));
	if (activity->kind)
		only(ask, "entity_type", "=", value_text(activity->kind));
	if (activity->action)
		only(ask, "action", "=", value_text(activity->action));
	if (activity->before)
		only(ask, "id", "<", value_whole(activity->before));
	ask->args[ask->n++] = value_whole(activity->limit + 1);
	text_printf(&ask->sql, " ORDER BY id DESC LIMIT $%zu", ask->n);
	sql = arena_text(w->arena, text_string(&ask->sql));
	text_close(&ask->sql);
	return sql;
}

static void
put_id(struct text *out, const char *key, struct query *query, size_t i)
{
	if (query_null(query, i) || !query_whole(query, i))
		json_put_nothing(out, key);
	else
		json_put_whole(out, key, query_whole(query, i));
}

/* What stands in the entry's details: who, when nobody of our users; how many; and
 * whether it came to nothing. */
static void
print_details(struct text *out, struct query *query)
{
	size_t n = 0;
	const char *text = query_text(query, A_DETAILS, &n);
	json_t *details = text ? json_loadb(text, n, 0, NULL) : NULL;
	const char *name = query_text(query, A_NAME, NULL);
	const json_t *count = json_object_get(details, "count");

	if (!name)
		name = json_string_value(json_object_get(details, "user"));
	json_put_text(out, "user", name);
	json_put_text(out, "client", json_string_value(json_object_get(details, "client")));
	json_key(out, "count");
	if (count)
		json_whole(out, json_integer_value(count));
	else
		json_nothing(out);
	json_put_text(out, "outcome", json_string_value(json_object_get(details, "outcome")));
	json_decref(details);
}

static void
print_entry(struct text *out, const struct activity *activity, struct query *query)
{
	char iso[ISO_SIZE];
	size_t n = 0;
	const char *when = query_text(query, A_WHEN, &n);

	json_open(out, '{');
	json_put_whole(out, "id", query_whole(query, A_ID));
	json_key(out, "at");
	n = moment_reprint(when, n, iso);
	if (activity->zone)
		iso[n++] = 'Z';
	json_bytes(out, iso, n);
	put_id(out, "user_id", query, A_USER);
	print_details(out, query);
	json_put_text(out, "action", query_text(query, A_ACTION, NULL));
	json_put_text(out, "kind", query_text(query, A_KIND, NULL));
	put_id(out, "entity_id", query, A_ENTITY);
	if (activity->patient_key)
		json_put_text(out, "patient_mrn", query_text(query, A_KEY, NULL));
	else if (!activity->patient)
		put_id(out, "patient_id", query, A_PATIENT);
	json_put_text(out, "description", query_text(query, A_DESCRIPTION, NULL));
	if (activity->address) {
		json_put_text(out, "ip_address", query_text(query, A_ADDRESS, NULL));
		json_put_text(out, "user_agent", query_text(query, A_AGENT, NULL));
	}
	json_close(out, '}');
}

enum result
activity_print(struct work *w, struct activity *activity, struct text *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct ask ask = { 0 };
	const char *sql = write_sql(w, &ask, activity);
	int64_t last = 0;
	bool more = false;
	enum result r = db_query(w->db, &query, sql, ask.args, ask.n);

	if (r)
		return r;
	json_key(out, "items");
	json_open(out, '[');
	for (activity->n = 0; query_next(query); activity->n++) {
		if ((more = activity->n == (size_t)activity->limit))
			break;
		last = query_whole(query, A_ID);
		print_entry(out, activity, query);
	}
	json_close(out, ']');
	json_put_text(out, "next_cursor",
		more ? arena_printf(w->arena, "%lld", (long long)last) : NULL);
	if (more) {
		query_drop(&query);
		return OK;
	}
	return query_close(&query);
}

enum result
activity_answer(struct work *w, struct activity *activity, const char *description)
{
	struct text *out = &w->call->out;
	enum result r;

	json_open(out, '{');
	if ((r = activity_print(w, activity, out)))
		return r;
	json_close(out, '}');
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = "activity",
		.patient = activity->patient,
		.description = description,
		.count = (int64_t)activity->n,
	});
}
