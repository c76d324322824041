/*
 * proposals - what an agent wants to do and a person has to agree to.
 */
#include "clinic/proposals.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "clinic/records.h"
#include "clinic/resource.h"
#include "clinic/rights.h"
#include "clinic/scopes.h"
#include "clinic/tool_schema.h"
#include "clinic/tools.h"
#include "engine/audit.h"
#include "engine/store.h"

enum { LISTED_MOST = 200 };
static const int64_t lifetime = INT64_C(7) * 86400 * 1000000;

static const struct choice statuses[] = {
	{ "pending", "Waiting" },
	{ "accepted", "Accepted" },
	{ "refused", "Refused" },
	{ 0 }
};

static const struct field fields[PROPOSALS__COUNT] = {
	WHOLE(PROPOSALS_CLIENT_ID, "client_row", "Client", .required = true, .wide = true),
	TEXT(PROPOSALS_CLIENT, "client_id", "Client", .required = true, LENGTH(100)),
	REF(PROPOSALS_PATIENT_ID, "patient_id", "Patient", clinic_patients, .on_delete = CASCADE),
	TEXT(PROPOSALS_TOOL, "tool", "Tool", .required = true, LENGTH(100)),
	NOTE(PROPOSALS_ARGUMENTS, "arguments", "Arguments", .required = true),
	CHOICE(PROPOSALS_STATUS, "status", "Status", statuses, .required = true, .size = 20),
	MOMENT(PROPOSALS_EXPIRES_AT, "expires_at", "Expires", .required = true),
	TEXT(PROPOSALS_DECIDED_BY, "decided_by", "Decided by", LENGTH(200)),
	MOMENT(PROPOSALS_DECIDED_AT, "decided_at", "Decided"),
};

const struct record clinic_proposals = {
	.name = "proposals",
	.one = "Proposal",
	.many = "Proposals",
	.summary = "What an agent wants to do and a person has to agree to.",
	.entity = "proposal",
	.internal = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){ { NULL, "status" }, { 0 } },
	.stamps = STAMPS_DEFAULT,
};

/* Whose chart it is about, as far as the arguments say. */
static enum result
find_patient(struct work *w, json_t *args, int64_t *patient)
{
	static const struct { const char *argument, *sql; } ways[] = {
		{ "mrn", "SELECT id FROM patients WHERE mrn = $1" },
		{ "appointment_id", "SELECT patient_id FROM appointments WHERE appointment_id = $1" },
		{ "medication_id", "SELECT patient_id FROM medications WHERE medication_id = $1" },
	};

	for (size_t i = 0; i < COUNT(ways); i++) {
		const char *key = json_string_value(json_object_get(args, ways[i].argument));

		if (key)
			return db_one(w->db, ways[i].sql, ARGS(value_text(key)), patient);
	}
	return OK;
}

/* The rows are the program's own, so the engine writes no entry for them. */
static enum result
note(struct work *w, const struct row *row, const char *action)
{
	return audit_add(w, &(struct entry){
		.action = action,
		.entity_type = clinic_proposals.entity,
		.entity_id = row->id,
		.patient = row_whole(row, PROPOSALS_PATIENT_ID),
		.description = arena_printf(w->arena, "Proposal %lld was %s", (long long)row->id,
			action),
	});
}

enum result
proposals_add(struct work *w, const struct tool *tool, json_t *args, int64_t *id)
{
	struct row *row = row_new(w->arena, &clinic_proposals);
	char *text = json_dumps(args, JSON_COMPACT);
	char until[MOMENT_SIZE];
	int64_t patient = 0;
	enum result r = find_patient(w, args, &patient);

	if (!r && patient)
		r = access_rows_of(w, tool->rec, patient, tool->verb);
	if (r) {
		free(text);
		return r == MISSING ? fail(w, MISSING, "There is no such patient or row.") : r;
	}
	moment_store(w->now + lifetime, until);
	row_set_whole(row, PROPOSALS_CLIENT_ID, w->actor.id);
	row_set_text(row, PROPOSALS_CLIENT, w->actor.name);
	if (patient)
		row_set_whole(row, PROPOSALS_PATIENT_ID, patient);
	row_set_text(row, PROPOSALS_TOOL, tool->name);
	row_set_text(row, PROPOSALS_ARGUMENTS, arena_text(w->arena, text ? text : "{}"));
	row_set_text(row, PROPOSALS_STATUS, "pending");
	row_set_text(row, PROPOSALS_EXPIRES_AT, arena_text(w->arena, until));
	free(text);
	r = store_put(w, row);
	*id = row->id;
	return r ? r : note(w, row, "proposed");
}

/* Their arguments speak of charts: an entry for each patient. */
static enum result
note_listed(struct work *w, const struct value *status)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT patient_id, count(*) FROM (SELECT patient_id FROM proposals "
		"WHERE status = $1 AND tool NOT IN (%s) ORDER BY id LIMIT %d) AS listed "
		"GROUP BY patient_id", tools_closed_to(w), LISTED_MOST), status, 1);

	if (r)
		return r;
	while (query_next(query))
		if ((r = audit_read(w, &(struct entry){
			     .action = "read",
			     .entity_type = clinic_proposals.entity,
			     .patient = query_whole(query, 0),
			     .description = "Listed Proposals",
			     .count = query_whole(query, 1),
		     })))
			return r;
	return query_close(&query);
}

enum result
proposals_list(struct work *w, const char *status, struct text *out)
{
	const struct value wanted = value_text(status ? status : "pending");
	struct asked asked;
	size_t n = 0;
	enum result r;

	json_open(out, '{');
	json_key(out, "items");
	asked = (struct asked){
		.words = "id:i tool:s arguments:j status:s client_id:s patient_mrn:s created_at:m "
			 "expires_at:m decided_by:s decided_at:m",
		.sql = arena_printf(w->arena,
			"SELECT id, tool, arguments, status, client_id, (SELECT mrn FROM patients "
			"WHERE id = proposals.patient_id), created_at, expires_at, decided_by, decided_at "
			"FROM proposals WHERE status = $1 AND tool NOT IN (%s) ORDER BY id "
			"LIMIT %d", tools_closed_to(w), LISTED_MOST),
		.args = &wanted,
		.n_args = 1,
	};
	r = schema_rows(w, &asked, out, &n);
	json_close(out, '}');
	return r ? r : note_listed(w, &wanted);
}

/* The client as it is now; a proposal of one that is switched off is void. */
static enum result
load_client(struct work *w, int64_t id, struct actor *out)
{
	struct row *row;
	enum result r = store_get(w, &clinic_oauth_clients, id, &row);

	if (r == MISSING || (!r && !row_bool(row, CLIENTS_IS_ACTIVE)))
		return fail(w, CONFLICT, "The client that proposed this is no longer active.");
	if (r)
		return r;
	*out = (struct actor){
		.kind = CLIENT,
		.id = id,
		.name = row_text(row, CLIENTS_CLIENT_ID),
		.role = row_text(row, CLIENTS_ROLE),
		.scopes = scopes_read(w->arena, row_text(row, CLIENTS_SCOPES)),
		.patient = row_whole(row, CLIENTS_PATIENT_ID),
	};
	out->admin = role_of(out->role) == ROLE_ADMIN;
	return OK;
}

static enum result
run_proposal(struct work *w, const struct row *row, struct text *out)
{
	const struct tool *tool = tools_find(row_text(row, PROPOSALS_TOOL));
	const char *text = row_text(row, PROPOSALS_ARGUMENTS);
	struct actor person = w->actor;
	json_t *args = json_loads(text, 0, NULL);
	enum result r;

	if (!w->call->json)
		w->call->json = json_object();
	json_object_set_new(w->call->json, "\x01" "proposal", args);
	if (!tool || !args)
		return fail(w, CONFLICT, "This proposal cannot be carried out any more.");
	r = load_client(w, row_whole(row, PROPOSALS_CLIENT_ID), &w->actor);
	if (!r)
		r = tools_run(w, tool, args, out);
	w->actor = person;
	return r;
}

/* Nobody agrees to what they might not do, or read, themselves. */
static enum result
check_right(struct work *w, const struct row *row)
{
	const struct tool *tool = tools_find(row_text(row, PROPOSALS_TOOL));

	return tool && tool->rec ? access_record(w, tool->rec, tool->verb) : OK;
}

static enum result
check_waiting(struct work *w, const struct row *row)
{
	char now[MOMENT_SIZE];

	moment_store(w->now, now);
	if (strcmp(row_text(row, PROPOSALS_STATUS), "pending") != 0)
		return fail(w, CONFLICT, "This proposal is decided already.");
	if (strcmp(row_text(row, PROPOSALS_EXPIRES_AT), now) < 0)
		return fail(w, CONFLICT, "This proposal is too old; the agent has to ask again.");
	return OK;
}

enum result
proposals_decide(struct work *w, int64_t id, bool accept, const char *by, struct text *out)
{
	struct row *stored, *row;
	char now[MOMENT_SIZE];
	enum result r = store_get(w, &clinic_proposals, id, &stored);

	if (r)
		return r == MISSING ? fail(w, MISSING, "Proposal not found") : r;
	if ((r = check_right(w, stored)) || (r = check_waiting(w, stored)))
		return r;
	moment_store(w->now, now);
	row = row_edit(w->arena, stored);
	row_set_text(row, PROPOSALS_STATUS, accept ? "accepted" : "refused");
	row_set_text(row, PROPOSALS_DECIDED_BY, by);
	row_set_text(row, PROPOSALS_DECIDED_AT, arena_text(w->arena, now));
	if ((r = store_put(w, row)) || (r = note(w, row, accept ? "accepted" : "refused")))
		return r;
	return accept ? run_proposal(w, row, out) : OK;
}

/* ---- over REST ---- */

/* Agents do not agree with themselves: a person's session is needed. */
static enum result
check_person(struct work *w)
{
	int role = role_of(w->actor.role);

	if (w->actor.kind != USER || (role != ROLE_DOCTOR && role != ROLE_ADMIN))
		return rights_deny(w, NULL,
			"Proposals are decided by a doctor or administrator who is signed in.");
	return OK;
}

static enum result
list(struct work *w)
{
	enum result r = check_person(w);

	return r ? r : proposals_list(w, call_query(w->call, "status"), &w->call->out);
}

static enum result
decide(struct work *w, bool accept)
{
	struct text result CLEANUP(text_close) = { 0 }, *out = &w->call->out;
	int64_t id;
	enum result r;

	if ((r = check_person(w)))
		return r;
	if (!call_id(w->call, 0, &id))
		return fail(w, MISSING, "Proposal not found");
	if ((r = proposals_decide(w, id, accept, w->actor.name, &result)))
		return r;
	json_open(out, '{');
	json_put_whole(out, "id", id);
	json_put_text(out, "status", accept ? "accepted" : "refused");
	if (result.len) {
		json_key(out, "result");
		json_raw(out, result.at, result.len);
	}
	json_close(out, '}');
	return OK;
}

static enum result
accept_one(struct work *w)
{
	return decide(w, true);
}

static enum result
refuse_one(struct work *w)
{
	return decide(w, false);
}

static const struct parameter status_parameter[] = {
	{ .name = "status", .type = TYPE_TEXT, .initial = "pending",
	  .help = "pending, accepted or refused." },
	{ 0 }
};

const struct route proposal_routes[] = {
	{ .method = GET, .path = "/clinic/v1/proposals", .need = NEED_USER,
	  .steps = { { READ, list } }, .query = status_parameter,
	  .summary = "Lists what agents have proposed and nobody has decided." },
	{ .method = POST, .path = "/clinic/v1/proposals/{id}/accept", .need = NEED_USER,
	  .body = BODY_OPTIONAL, .steps = { { WRITE, accept_one } },
	  .summary = "Agrees to a proposal and carries it out." },
	{ .method = POST, .path = "/clinic/v1/proposals/{id}/refuse", .need = NEED_USER,
	  .body = BODY_OPTIONAL, .steps = { { WRITE, refuse_one } },
	  .summary = "Refuses a proposal." },
	{ 0 }
};
