/*
 * prompts - visit_preparation and medication_review, both of one patient; and the
 * completion of MRNs that the token may see.
 *
 * A prompt names the tools to use rather than holding the chart: what is read is
 * read, checked and audited when the agent asks for it.
 */
#include "clinic/prompts.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/charts.h"
#include "clinic/records.h"
#include "clinic/rights.h"
#include "clinic/rpc.h"
#include "engine/access.h"
#include "engine/audit.h"
#include "engine/store.h"

enum { COMPLETED_MOST = 100 };

static const struct prompt {
	const char *name, *title, *about, *text;
} prompts[] = {
	{ "visit_preparation", "Prepare a visit",
	  "Sums up a patient's chart for the visit that is coming.",
	  "Prepare the next visit of the patient with MRN %s. Use get_patient_record and "
	  "get_appointments. Sum up on one page: who the patient is, the reason of the next "
	  "appointment, active medications, allergies with their severity, how the vital signs "
	  "have changed, lab results out of range, and what is still open. Say where data is "
	  "missing; do not guess." },
	{ "medication_review", "Review the medications",
	  "Looks through a patient's prescriptions for what should be asked about.",
	  "Review the medications of the patient with MRN %s. Use get_medications, get_allergies, "
	  "get_lab_results and get_vital_signs. List each active medication with dose, frequency "
	  "and refills left; name conflicts with allergies, duplicates, prescriptions that are "
	  "running out, and values that ask for a change of dose. Propose questions for the "
	  "doctor; change nothing." },
};

enum result
prompts_list(struct work *w)
{
	struct text *out = &w->call->out;

	if (rpc_param(rpc_turn(w), "cursor"))
		return rpc_fail(w, RPC_PARAMS, 400, "This cursor is none of ours.");
	rpc_open(w);
	json_key(out, "prompts");
	json_open(out, '[');
	for (size_t i = 0; i < COUNT(prompts); i++) {
		if (i)
			text_char(out, ',');
		json_open(out, '{');
		json_put_text(out, "name", prompts[i].name);
		json_put_text(out, "title", prompts[i].title);
		json_put_text(out, "description", prompts[i].about);
		json_put_raw(out, "arguments", "[{\"name\":\"mrn\",\"description\":"
			"\"Medical record number of the patient.\",\"required\":true}]");
		json_close(out, '}');
	}
	json_close(out, ']');
	rpc_keep(w, 3600, "private");
	rpc_close(w);
	return OK;
}

static enum result
write_prompt(struct work *w, const struct prompt *prompt, const char *mrn)
{
	struct text *out = &w->call->out;
	struct text words CLEANUP(text_close) = { 0 };
	const char *place = strstr(prompt->text, "%s");

	text_put(&words, prompt->text, (size_t)(place - prompt->text));
	text_add(&words, mrn);
	text_add(&words, place + 2);
	rpc_open(w);
	json_put_text(out, "description", prompt->about);
	json_key(out, "messages");
	text_add(out, "[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":");
	json_bytes(out, words.at, words.len);
	text_add(out, "}}]");
	rpc_close(w);
	return OK;
}

enum result
prompts_get(struct work *w)
{
	const struct turn *turn = rpc_turn(w);
	const char *name = rpc_param(turn, "name");
	const char *mrn = json_string_value(
		json_object_get(json_object_get(turn->params, "arguments"), "mrn"));
	int64_t patient = 0;
	enum result r;

	for (size_t i = 0; name && i < COUNT(prompts); i++) {
		if (strcmp(prompts[i].name, name) != 0)
			continue;
		if (!mrn || !*mrn)
			return rpc_fail(w, RPC_PARAMS, 200, "The argument mrn is missing.");
		if ((r = access_record(w, &clinic_patients, SEE)) == OK)
			r = charts_patient(w, mrn, &patient);
		if (r == MISSING)
			return rpc_fail(w, RPC_PARAMS, 200, "There is no patient of this MRN.");
		return r ? r : write_prompt(w, &prompts[i], mrn);
	}
	return rpc_fail(w, RPC_PARAMS, 200, "There is no such prompt.");
}

/* ---- completion ---- */

/* Whether the reference is one whose argument is an MRN. */
static bool
is_ours(const json_t *ref)
{
	const char *type = json_string_value(json_object_get(ref, "type"));
	const char *name = json_string_value(json_object_get(ref, "name"));
	const char *uri = json_string_value(json_object_get(ref, "uri"));

	if (type && strcmp(type, "ref/resource") == 0)
		return uri && text_starts(uri, "patient://");
	for (size_t i = 0; type && strcmp(type, "ref/prompt") == 0 && name && i < COUNT(prompts); i++)
		if (strcmp(prompts[i].name, name) == 0)
			return true;
	return false;
}

static enum result
write_mrns(struct work *w, const char *begun, struct text *out, bool *more)
{
	struct list list CLEANUP(list_close) = list_of(&clinic_patients);
	struct query *query CLEANUP(query_drop) = NULL;
	int64_t n = 0;
	enum result r;

	list_and(&list, "mrn LIKE ? ESCAPE '\\'",
		value_text(list_pattern(w->arena, "", text_upper(w->arena, begun), "%")));
	if (rights_bound(w))
		list_where(&list, "id", value_whole(w->actor.patient));
	if ((r = db_query(w->db, &query, arena_printf(w->arena,
			"SELECT mrn FROM patients%.*s ORDER BY mrn LIMIT %d", (int)list.where.len,
			list.where.at, COMPLETED_MOST + 1), list.args, list.n_args)))
		return r;
	json_open(out, '[');
	while (n <= COMPLETED_MOST && query_next(query))
		if (n++ < COMPLETED_MOST)
			json_text(out, query_text(query, 0, NULL));
	json_close(out, ']');
	*more = n > COMPLETED_MOST;
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = clinic_patients.entity,
		.description = "Completed record numbers",
		.count = n,
	});
}

enum result
prompts_complete(struct work *w)
{
	const struct turn *turn = rpc_turn(w);
	const json_t *argument = json_object_get(turn->params, "argument");
	const char *name = json_string_value(json_object_get(argument, "name"));
	const char *begun = json_string_value(json_object_get(argument, "value"));
	struct text *out = &w->call->out;
	bool more = false;
	enum result r;

	if (!name || !begun || !json_object_get(turn->params, "ref"))
		return rpc_fail(w, RPC_PARAMS, 200, "ref and argument are needed.");
	if (!is_ours(json_object_get(turn->params, "ref")) || strcmp(name, "mrn") != 0)
		return rpc_fail(w, RPC_PARAMS, 200, "Nothing here completes that.");
	if ((r = access_record(w, &clinic_patients, SEE)))
		return r;
	rpc_open(w);
	json_key(out, "completion");
	json_open(out, '{');
	json_key(out, "values");
	if ((r = write_mrns(w, begun, out, &more)))
		return r;
	json_put_bool(out, "hasMore", more);
	json_close(out, '}');
	rpc_close(w);
	return OK;
}
