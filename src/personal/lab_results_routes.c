/*
 * lab_results_routes - lab results with the names of patient and practitioner,
 * and what they answer beside the common pattern.
 */
#include "base/json.h"
#include "engine/print.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

/* Two more columns behind those that print_cursor() reads. */
#define NAMES                                                                          \
	"(SELECT p.first_name || ' ' || p.last_name FROM patients p "                  \
	"WHERE p.id = lab_results.patient_id) AS patient_name, "                       \
	"(SELECT d.name FROM practitioners d "                                         \
	"WHERE d.id = lab_results.practitioner_id) AS practitioner_name"

/* The files of the old kind; lists leave them out (personal-api 2.17). */
static enum result
print_files(struct work *w, int64_t lab_result)
{
	struct list list CLEANUP(list_close) = list_of(&personal_lab_result_files);
	size_t n;

	list_where(&list, "lab_result_id", value_whole(lab_result));
	list.order = "id DESC";
	list.limit = 1000;
	json_key(&w->call->out, "files");
	return store_list(w, &list, &w->call->out, &n);
}

/* The key with its comma and colon: a list has a thousand of them. */
static void
print_name(struct text *out, const char *key, size_t n_key, struct query *query, size_t i)
{
	struct value value;

	text_put(out, key, n_key);
	query_value(query, i, &value);
	if (value.kind == VALUE_TEXT)
		json_bytes(out, value.text, value.len);
	else
		json_nothing(out);
}

#define NAME(out, key, query, i)                                                       \
	print_name(out, ",\"" key "\":", sizeof(",\"" key "\":") - 1, query, i)

static enum result
print_named(struct work *w, struct query *query, bool detail)
{
	struct text *out = &w->call->out;
	size_t last = query_columns(query) - 1;
	enum result r = print_cursor(w, &personal_lab_results, query, detail, out);

	if (r)
		return r;
	reach_reopen(w);
	NAME(out, "patient_name", query, last - 1);
	NAME(out, "practitioner_name", query, last);
	if (detail)
		r = print_files(w, query_whole(query, 0));
	else
		text_put(out, ",\"files\":[]", 11);
	json_close(out, '}');
	return r;
}

static enum result
print_list(struct work *w, struct list *list, size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	enum result r;

	list->args[list->n_args++] = value_whole(list->limit);
	list->args[list->n_args++] = value_whole(list->skip);
	r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT %s, " NAMES " FROM lab_results%.*s ORDER BY %s LIMIT $%zu OFFSET $%zu",
		print_columns(list->rec), (int)list->where.len, list->where.at,
		list->order ? list->order : "id DESC", list->n_args - 1, list->n_args),
		list->args, list->n_args);
	if (r)
		return r;
	json_open(out, '[');
	for (*n = 0; query_next(query); ++*n) {
		if (*n)
			text_char(out, ',');
		if ((r = print_named(w, query, false)))
			return r;
	}
	json_close(out, ']');
	return query_close(&query);
}

static enum result
list_named(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_lab_results);
	int64_t patient;
	size_t n;
	enum result r;

	if ((r = select_query(w, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	listing_query(w, &list);
	if ((r = call_sound(w)) || (r = print_list(w, &list, &n)))
		return r;
	return listing_done(w, &personal_lab_results, patient, n);
}

static enum result
get(struct work *w)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct row *row;
	int64_t patient;
	enum result r;

	if ((r = reach_param(w, &personal_lab_results, 0, SEE, &row)))
		return r;
	if ((r = store_patient_of(w, row, &patient)))
		return r;
	if ((r = reach_note(w, row->rec, row->id, patient, 0)))
		return r;
	r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT %s, " NAMES " FROM lab_results WHERE id = $1",
		print_columns(row->rec)), ARGS(value_whole(row->id)));
	if (r)
		return r;
	if (!query_next(query))
		return FAULT;
	if ((r = print_named(w, query, true)))
		return r;
	return query_close(&query);
}

/* Its files go with it; documents kept by Paperless-ngx stay there. */
static enum result
drop_files(struct work *w, int64_t id, int64_t *gone, int64_t *kept)
{
	enum result r = db_one(w->db, "SELECT COUNT(*) FROM entity_files WHERE "
		"entity_type = 'lab-result' AND entity_id = $1 AND storage_backend = 'paperless'",
		ARGS(value_whole(id)), kept);

	if (r)
		return r;
	return db_run(w->db, "DELETE FROM entity_files WHERE entity_type = 'lab-result' "
		"AND entity_id = $1 AND storage_backend <> 'paperless'",
		ARGS(value_whole(id)), gone);
}

static enum result
drop(struct work *w)
{
	struct text *out = &w->call->out;
	struct row *row;
	int64_t gone = 0, kept = 0;
	enum result r;

	if ((r = reach_param(w, &personal_lab_results, 0, EDIT, &row)))
		return r;
	if ((r = drop_files(w, row->id, &gone, &kept)))
		return r;
	if ((r = store_drop(w, row)))
		return r;
	json_open(out, '{');
	json_put_text(out, "message", "Lab result and associated files deleted successfully");
	json_put_whole(out, "files_deleted", gone);
	json_put_whole(out, "files_preserved", kept);
	json_close(out, '}');
	return OK;
}

/* --- by test code and practitioner: within what the caller's patient has --- */

static enum result
list_by_code(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_lab_results);
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	list_where(&list, "test_code", value_text(text_upper(w->arena, w->call->params[1])));
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

/* The active patient's results with one more condition. */
static enum result
answer_active(struct work *w, struct list *list)
{
	int64_t patient;
	enum result r;

	if ((r = select_active(w, SEE, &patient)))
		return r;
	listing_of(list, patient);
	listing_query(w, list);
	return listing_answer(w, list, patient);
}

static enum result
search_code(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_lab_results);

	list_where(&list, "test_code", value_text(text_upper(w->arena, w->call->params[0])));
	return answer_active(w, &list);
}

static enum result
search_pattern(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_lab_results);

	list_contains(&list, w->arena, "test_code", w->call->params[0]);
	return answer_active(w, &list);
}

static enum result
list_by_practitioner(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_lab_results);
	int64_t id;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, &personal_practitioners, NULL);
	list_where(&list, "practitioner_id", value_whole(id));
	return answer_active(w, &list);
}

static enum result
count_of_patient(struct work *w)
{
	struct text *out = &w->call->out;
	int64_t patient, n;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	r = db_one(w->db, "SELECT COUNT(*) FROM lab_results WHERE patient_id = $1",
		ARGS(value_whole(patient)), &n);
	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_put_whole(out, "lab_result_count", n);
	json_close(out, '}');
	return listing_done(w, &personal_lab_results, patient, (size_t)n);
}

static enum result
count_of_practitioner(struct work *w)
{
	struct text *out = &w->call->out;
	int64_t patient, id, n;
	enum result r;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, &personal_practitioners, NULL);
	if ((r = select_active(w, SEE, &patient)))
		return r;
	r = db_one(w->db, "SELECT COUNT(*) FROM lab_results "
		"WHERE patient_id = $1 AND practitioner_id = $2",
		ARGS(value_whole(patient), value_whole(id)), &n);
	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "practitioner_id", id);
	json_put_whole(out, "lab_result_count", n);
	json_close(out, '}');
	return listing_done(w, &personal_lab_results, patient, (size_t)n);
}

static enum result
count_of_code(struct work *w)
{
	struct text *out = &w->call->out;
	const char *code = w->call->params[0];
	int64_t patient, n;
	enum result r;

	if ((r = select_active(w, SEE, &patient)))
		return r;
	r = db_one(w->db, "SELECT COUNT(*) FROM lab_results "
		"WHERE patient_id = $1 AND test_code = $2",
		ARGS(value_whole(patient), value_text(text_upper(w->arena, code))), &n);
	if (r)
		return r;
	json_open(out, '{');
	json_put_text(out, "code", code);
	json_put_whole(out, "usage_count", n);
	json_close(out, '}');
	return listing_done(w, &personal_lab_results, patient, (size_t)n);
}

static enum result
list_files(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_lab_result_files);
	struct row *row;
	int64_t patient;
	enum result r;

	if ((r = reach_param(w, &personal_lab_results, 0, SEE, &row)))
		return r;
	if ((r = store_patient_of(w, row, &patient)))
		return r;
	list_where(&list, "lab_result_id", value_whole(row->id));
	list.order = "id DESC";
	list.limit = 1000;
	return listing_answer(w, &list, patient);
}

static const struct parameter everything[] = {
	LISTING_PAGE, LISTING_PATIENT, LISTING_TAGS,
	{ .name = "sort", .type = TYPE_TEXT, .help = "A member; -member for downwards." },
	{ .name = "q", .type = TYPE_TEXT, .help = "Text to look for." },
	{ .name = "status", .type = TYPE_TEXT, .help = "Only rows with this value." },
	{ .name = "test_category", .type = TYPE_TEXT, .help = "Only rows with this value." },
	{ .name = "test_type", .type = TYPE_TEXT, .help = "Only rows with this value." },
	{ .name = "labs_result", .type = TYPE_TEXT, .help = "Only rows with this value." },
	{ .name = "practitioner_id", .type = TYPE_WHOLE, .min = 1, .max = 2147483647,
	  .help = "Only rows with this value." },
	{ 0 }
};

#define LABS .rec = &personal_lab_results
const struct route personal_lab_results_routes[] = {
	{ .method = GET, .path = "/lab-results/", .steps = { { READ, list_named } }, LABS,
	  .query = everything, .summary = "The lab results of a patient." },
	{ .method = GET, .path = "/lab-results/{id}", .steps = { { READ, get } }, LABS,
	  .summary = "One of the lab results, with its names and files." },
	{ .method = DELETE, .path = "/lab-results/{id}", .steps = { { WRITE, drop } }, LABS,
	  .summary = "Deletes one of the lab results." },
	{ .method = GET, .path = "/lab-results/patient/{patient_id}",
	  .steps = { { READ, listing_by_path } }, LABS, .query = listing_tagged,
	  .summary = "The lab results of a patient." },
	{ .method = GET, .path = "/lab-results/patient/{patient_id}/code/{code}",
	  .steps = { { READ, list_by_code } }, LABS, .query = listing_page,
	  .summary = "A patient's lab results with a test code." },
	{ .method = GET, .path = "/lab-results/practitioner/{practitioner_id}",
	  .steps = { { READ, list_by_practitioner } }, LABS, .query = listing_page,
	  .summary = "The active patient's lab results ordered by a practitioner." },
	{ .method = GET, .path = "/lab-results/search/code/{code}",
	  .steps = { { READ, search_code } }, LABS, .query = listing_page,
	  .summary = "The active patient's lab results with a test code." },
	{ .method = GET, .path = "/lab-results/search/code-pattern/{pattern}",
	  .steps = { { READ, search_pattern } }, LABS, .query = listing_page,
	  .summary = "The active patient's lab results whose code contains a text." },
	{ .method = GET, .path = "/lab-results/stats/patient/{patient_id}/count",
	  .steps = { { READ, count_of_patient } }, LABS,
	  .summary = "How many lab results a patient has." },
	{ .method = GET, .path = "/lab-results/stats/practitioner/{practitioner_id}/count",
	  .steps = { { READ, count_of_practitioner } }, LABS,
	  .summary = "How many lab results a practitioner ordered for the active patient." },
	{ .method = GET, .path = "/lab-results/stats/code/{code}/count",
	  .steps = { { READ, count_of_code } }, LABS,
	  .summary = "How many lab results of the active patient have a test code." },
	{ .method = GET, .path = "/lab-results/{id}/files", .steps = { { READ, list_files } },
	  LABS, .summary = "The files of a lab result." },
	{ 0 }
};
