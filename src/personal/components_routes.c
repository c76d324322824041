/*
 * components_routes - the single values of a lab result: one by one, in bulk,
 * summed up, and searched for.
 */
#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "engine/form.h"
#include "personal/components.h"
#include "personal/lab_test_components.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

enum { BULK_MOST = 50, TERM_MOST = 100, WILDCARDS_MOST = 10 };

static const struct record *const components = &personal_lab_test_components;

/* The lab result of the path, and whose it is. */
static enum result
reach_lab(struct work *w, enum verb verb, int64_t *lab, int64_t *patient)
{
	struct row *row = NULL;
	enum result r = reach_param(w, &personal_lab_results, 0, verb, &row);

	if (r == DENIED && row && !store_patient_of(w, row, patient))
		return fail(w, DENIED, arena_printf(w->arena, "Access denied to patient %lld",
			(long long)*patient));
	if (r)
		return r;
	*lab = row->id;
	return store_patient_of(w, row, patient);
}

static enum result
list_of_lab(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(components);
	int64_t lab, patient;
	enum result r;

	if ((r = reach_lab(w, SEE, &lab, &patient)))
		return r;
	list_where(&list, "lab_result_id", value_whole(lab));
	list.order = call_query(w->call, "category") || call_query(w->call, "status")
		? "test_name, id"
		: "CASE WHEN display_order IS NULL THEN 1 ELSE 0 END, display_order, test_name, id";
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

/* The path says which lab result. */
static bool
name_lab(struct work *w, json_t *body)
{
	int64_t lab;

	if (!call_id(w->call, 0, &lab))
		return false;
	if (json_is_object(body))
		(void)json_object_set_new(body, "lab_result_id", json_integer(lab));
	return true;
}

static enum result
read_one(struct work *w)
{
	if (!name_lab(w, w->call->json))
		return reach_missing(w, &personal_lab_results, NULL);
	return record_read(w);
}

static enum result
create(struct work *w)
{
	int64_t lab, patient;
	enum result r = reach_lab(w, EDIT, &lab, &patient);

	return r ? r : record_store(w, w->call->row);
}

static enum result
read_bulk(struct work *w)
{
	json_t *items = json_object_get(w->call->json, "components");
	size_t n = json_array_size(items);
	struct row **rows = arena_new(w->arena, (BULK_MOST + 1) * sizeof(struct row *));

	if (!json_is_array(items))
		problem_at(&w->problems, "body", "components", items ? "list_type" : "missing",
			items ? "Input should be a valid list" : "Field required");
	else if (n == 0)
		problem_at(&w->problems, "body", "components", "value_error",
			"Value error, At least one component is required");
	else if (n > BULK_MOST)
		problem_at(&w->problems, "body", "components", "value_error",
			"Value error, Maximum 50 components per bulk operation");
	for (size_t i = 0; i < n && n <= BULK_MOST; i++) {
		json_t *item = json_array_get(items, i);

		if (!name_lab(w, item))
			return reach_missing(w, &personal_lab_results, NULL);
		w->problems.prefix = arena_printf(w->arena, "components.%zu.", i);
		rows[i] = row_new(w->arena, components);
		form_read(w, item, false, rows[i]);
		form_rules(w, rows[i]);
		w->problems.prefix = NULL;
	}
	w->call->data = rows;
	return call_sound(w);
}

static enum result
create_bulk(struct work *w)
{
	struct row **rows = w->call->data;
	struct text *out = &w->call->out;
	int64_t lab, patient, n = 0;
	enum result r;

	if ((r = reach_lab(w, EDIT, &lab, &patient)))
		return r;
	for (; rows[n]; n++)
		if ((r = store_put(w, rows[n])))
			return r;
	json_open(out, '{');
	json_put_whole(out, "created_count", n);
	json_key(out, "components");
	json_open(out, '[');
	for (int64_t i = 0; i < n; i++) {
		if (i)
			text_char(out, ',');
		if ((r = store_print(w, components, rows[i]->id, false, out)))
			return r;
	}
	json_close(out, ']');
	json_put_raw(out, "errors", "[]");
	json_close(out, '}');
	return OK;
}

static enum result
update(struct work *w)
{
	struct row *before;
	enum result r = reach_param(w, components, 0, EDIT, &before);

	if (r)
		return r;
	(void)json_object_del(w->call->json, "lab_result_id");
	return record_change(w, before);
}

static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r = reach_param(w, components, 0, EDIT, &row);

	if (r || (r = store_drop(w, row)))
		return r;
	w->call->status = 204;
	w->call->no_body = true;
	return OK;
}

/* --- statistics of one lab result --- */

static int64_t
count(struct work *w, int64_t lab, const char *condition, enum result *r)
{
	int64_t n = 0;

	if (!*r)
		*r = db_one(w->db, arena_printf(w->arena, "SELECT COUNT(*) FROM "
			"lab_test_components WHERE lab_result_id = $1%s", condition),
			ARGS(value_whole(lab)), &n);
	return n;
}

/* {"word": count} over a column; null counts under another word. */
static enum result
print_breakdown(struct work *w, int64_t lab, const char *key, const char *word)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	enum result r;

	r = db_query(w->db, &query, arena_printf(w->arena, "SELECT %s, COUNT(*) FROM "
		"lab_test_components WHERE lab_result_id = $1 GROUP BY 1 ORDER BY 1", word),
		ARGS(value_whole(lab)));
	if (r)
		return r;
	json_key(out, key);
	json_open(out, '{');
	while (query_next(query))
		json_put_whole(out, query_text(query, 0, NULL), query_whole(query, 1));
	json_close(out, '}');
	return query_close(&query);
}

static enum result
get_statistics(struct work *w)
{
	struct text *out = &w->call->out;
	int64_t lab, patient, total, abnormal, critical, normal;
	enum result r;

	if ((r = reach_lab(w, SEE, &lab, &patient)))
		return r;
	total = count(w, lab, "", &r);
	abnormal = count(w, lab, " AND status IN ('high', 'low', 'critical', 'abnormal')", &r);
	critical = count(w, lab, " AND status = 'critical'", &r);
	normal = count(w, lab, " AND status = 'normal'", &r);
	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "total_components", total);
	r = print_breakdown(w, lab, "status_breakdown", "COALESCE(status, 'unknown')");
	if (!r)
		r = print_breakdown(w, lab, "category_breakdown", "COALESCE(category, 'other')");
	if (r)
		return r;
	json_put_whole(out, "abnormal_count", abnormal);
	json_put_whole(out, "critical_count", critical);
	json_put_whole(out, "normal_count", normal);
	json_close(out, '}');
	return listing_done(w, components, patient, (size_t)total);
}

/* --- over all lab results of a patient --- */

#define OF_PATIENT "lab_result_id IN (SELECT id FROM lab_results WHERE patient_id = ?)"

enum result
components_term(struct work *w, const char *term)
{
	size_t n = term ? strlen(term) : 0, wildcards = 0;
	const char *trimmed = text_trim(w->arena, term ? term : "");

	if (!*trimmed)
		return fail_as(w, 400, NULL, "Search query cannot be empty");
	if (utf8_length(term, n) > TERM_MOST)
		return fail_as(w, 400, NULL,
			"Search query too long. Maximum 100 characters allowed.");
	for (const char *c = trimmed; *c; c++) {
		if (!isalnum((unsigned char)*c) && !strchr(" -_.", *c))
			return fail_as(w, 400, NULL, "Search query contains invalid characters. "
				"Only letters, numbers, spaces, hyphens, underscores, and periods "
				"are allowed.");
		wildcards += *c == '_';
	}
	if (wildcards > WILDCARDS_MOST)
		return fail_as(w, 400, NULL,
			"Search query contains too many wildcard characters");
	return OK;
}

static enum result
answer_all(struct work *w, struct list *list)
{
	int64_t patient;
	enum result r;

	if ((r = select_query(w, SEE, &patient)))
		return r;
	list_and(list, OF_PATIENT, value_whole(patient));
	listing_query(w, list);
	return listing_answer(w, list, patient);
}

static enum result
search(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(components);
	const char *term = call_query(w->call, "q");
	enum result r;

	if (!term) {
		problem_at(&w->problems, "query", "q", "missing", "Field required");
		return call_sound(w);
	}
	if ((r = components_term(w, term)))
		return r;
	return answer_all(w, &list);
}

static enum result
list_abnormal(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(components);

	listing_only(&list, "status IN ('high', 'low', 'critical', 'abnormal')");
	return answer_all(w, &list);
}

static const struct parameter of_lab[] = {
	LISTING_PAGE,
	{ .name = "category", .type = TYPE_TEXT, .help = "Only this category." },
	{ .name = "status", .type = TYPE_TEXT, .help = "Only this status." },
	{ 0 }
};
static const struct parameter found[] = {
	LISTING_PAGE, LISTING_PATIENT,
	{ .name = "lab_result_id", .type = TYPE_WHOLE, .min = 1, .max = 2147483647,
	  .help = "Only values of this lab result." },
	{ .name = "category", .type = TYPE_TEXT, .help = "Only this category." },
	{ .name = "status", .type = TYPE_TEXT, .help = "Only this status." },
	{ .name = "q", .type = TYPE_TEXT, .help = "Text in name or abbreviation." },
	{ 0 }
};
static const struct parameter abnormal[] = {
	LISTING_PAGE, LISTING_PATIENT,
	{ .name = "lab_result_id", .type = TYPE_WHOLE, .min = 1, .max = 2147483647,
	  .help = "Only values of this lab result." },
	{ 0 }
};

#define VALUES .rec = &personal_lab_test_components
#define OF "/lab-test-components/lab-result/{lab_result_id}/"
#define ONE "/lab-test-components/components/"
const struct route personal_components_routes[] = {
	{ .method = GET, .path = OF "components", .steps = { { READ, list_of_lab } }, VALUES,
	  .query = of_lab, .summary = "The values of a lab result." },
	{ .method = POST, .path = OF "components", .body = BODY_JSON,
	  .steps = { { HERE, read_one }, { WRITE, create } }, VALUES, .ok = 201,
	  .summary = "Adds a value to a lab result." },
	{ .method = POST, .path = OF "components/bulk", .body = BODY_JSON,
	  .steps = { { HERE, read_bulk }, { WRITE, create_bulk } }, VALUES, .ok = 201,
	  .summary = "Adds up to 50 values to a lab result: all or none." },
	{ .method = GET, .path = OF "statistics", .steps = { { READ, get_statistics } }, VALUES,
	  .summary = "How many values of a lab result are normal." },
	{ .method = GET, .path = ONE "search", .steps = { { READ, search } }, VALUES,
	  .query = found, .summary = "Values by name or abbreviation." },
	{ .method = GET, .path = ONE "abnormal", .steps = { { READ, list_abnormal } }, VALUES,
	  .query = abnormal, .summary = "Values that are not normal." },
	{ .method = GET, .path = ONE "{id}", .steps = { { READ, record_get } }, VALUES,
	  .summary = "One value, with its lab result." },
	{ .method = PUT, .path = ONE "{id}", .body = BODY_JSON, .steps = { { WRITE, update } },
	  VALUES, .summary = "Changes a value." },
	{ .method = DELETE, .path = ONE "{id}", .steps = { { WRITE, drop } }, VALUES, .ok = 204,
	  .summary = "Deletes a value." },
	{ 0 }
};
