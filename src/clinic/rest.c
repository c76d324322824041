/*
 * rest - one set of handlers for all records.
 */
#include "clinic/rest.h"

#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "clinic/ask.h"
#include "clinic/clients.h"
#include "clinic/filter.h"
#include "clinic/idem.h"
#include "clinic/mcp.h"
#include "clinic/page.h"
#include "clinic/records.h"
#include "clinic/rights.h"
#include "clinic/rows.h"
#include "engine/audit.h"

enum { PER_RECORD = 5, PER_CHILD = 2, EXTRA = 4 };

static const struct resource *
resource(const struct work *w)
{
	return resource_of(w->call->route->rec);
}

/* ---- finding ---- */

enum result
rest_patient(struct work *w, int64_t *patient)
{
	return rows_patient(w, w->call->params[0], patient);
}

/* The row of the path, if it may be seen and then, this done to it. */
static enum result
take_row(struct work *w, enum verb verb, struct row **out)
{
	return rows_take(w, resource(w)->rec, w->call->params[0], verb, out);
}

/* ---- printing ---- */

static void
answer_etag(struct work *w, const char *bytes, size_t n)
{
	char hex[HASH_HEX];

	hash_hex(bytes, n, hex);
	call_answer(w->call, "ETag", arena_printf(w->arena, "\"%.32s\"", hex));
}

static enum result
print_one(struct work *w, const struct resource *res, int64_t id)
{
	struct text *out = &w->call->out;
	enum result r = page_one(w, res, id, out);

	if (!r && !out->full)
		answer_etag(w, out->at, out->len);
	return r;
}

static void
print_asides(const struct ask *ask, struct text *out)
{
	if (!out->len || (!ask->warning && !ask->secret))
		return;
	out->len--; /* the brace that closes the object */
	if (ask->secret)
		json_put_text(out, ask->secret_name, ask->secret);
	if (ask->warning) {
		json_key(out, "warnings");
		json_open(out, '[');
		json_text(out, ask->warning);
		json_close(out, ']');
	}
	json_close(out, '}');
}

/* RFC 9110 13.1.1: nobody was faster, or 412. */
static enum result
check_match(struct work *w, const struct row *row)
{
	const char *match = call_header(w->call, "if-match");
	struct text out CLEANUP(text_close) = { 0 };
	char hex[HASH_HEX];
	enum result r;

	if (!match || strcmp(match, "*") == 0)
		return OK;
	if ((r = page_one(w, resource_of(row->rec), row->id, &out)))
		return r;
	hash_hex(out.at, out.len, hex);
	if (strstr(match, arena_printf(w->arena, "\"%.32s\"", hex)))
		return OK;
	return fail_as(w, 412, "changed", "Somebody has changed this in the meantime.");
}

/* ---- reading ---- */

static enum result
print_page(struct work *w, struct page *page)
{
	struct text *out = &w->call->out;
	enum result r;

	filter_read(w, page);
	if ((r = call_sound(w)))
		return r;
	json_open(out, '{');
	json_key(out, "items");
	if ((r = page_print(w, page, out)))
		return r;
	json_put_text(out, "next_cursor", page_cursor(w, page));
	json_close(out, '}');
	return OK;
}

static enum result
list_all(struct work *w)
{
	const struct resource *res = resource(w);
	struct page page CLEANUP(page_close) = page_of(res);
	enum result r = access_record(w, res->rec, SEE);

	if (r)
		return r;
	if (rights_bound(w) && res->rec->is_patient)
		list_where(&page.list, "id", value_whole(w->actor.patient));
	if (rights_bound(w) && res->rec->of_patient)
		list_where(&page.list, "patient_id", value_whole(w->actor.patient));
	return print_page(w, &page);
}

static enum result
list_of_patient(struct work *w)
{
	const struct resource *res = resource(w);
	struct page page CLEANUP(page_close) = page_of(res);
	int64_t patient = 0;
	enum result r;

	if ((r = rest_patient(w, &patient)) ||
		(r = access_rows_of(w, res->rec, patient, SEE)))
		return r;
	list_where(&page.list, "patient_id", value_whole(patient));
	return print_page(w, &page);
}

static enum result
get_one(struct work *w)
{
	const struct resource *res = resource(w);
	int64_t patient = 0;
	struct row *row;
	enum result r;

	if ((r = take_row(w, SEE, &row)) || (r = store_patient_of(w, row, &patient)) ||
		(r = print_one(w, res, row->id)))
		return r;
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = res->rec->entity,
		.entity_id = row->id,
		.patient = patient,
		.description = arena_printf(w->arena, "Read %s %lld", res->rec->one,
			(long long)row->id),
	});
}

/* ---- writing ---- */

static struct ask *
begin_ask(struct work *w)
{
	struct ask *ask = arena_new(w->arena, sizeof(*ask));

	ask->body = w->call->json;
	w->call->data = ask;
	return ask;
}

static const char *
location_of(struct work *w, const struct row *row)
{
	const struct record *rec = row->rec;
	int slot = rec->key ? record_slot(rec, rec->key) : -1;

	if (slot >= 0)
		return arena_printf(w->arena, "/clinic/v1/%s/%s", rec->route, row_text(row, slot));
	return arena_printf(w->arena, "/clinic/v1/%s/%lld", rec->route, (long long)row->id);
}

static enum result
create_for(struct work *w, int64_t patient)
{
	const struct resource *res = resource(w);
	struct row *row = row_new(w->arena, res->rec);
	struct ask *ask = begin_ask(w);
	const char *location;
	bool again;
	enum result r;

	if ((r = access_rows_of(w, res->rec, patient, EDIT)) ||
		(r = idem_find(w, &again)) || again)
		return r;
	if ((r = rows_read(w, w->call->json, patient, row)) || (r = store_put(w, row)) ||
		(r = print_one(w, res, row->id)))
		return r;
	location = location_of(w, row);
	print_asides(ask, &w->call->out);
	call_answer(w->call, "Location", location);
	w->call->status = 201;
	/* a secret is shown once and kept nowhere */
	return ask->secret ? OK : idem_keep(w, 201, location);
}

static enum result
create(struct work *w)
{
	return create_for(w, 0);
}

static enum result
create_of_patient(struct work *w)
{
	int64_t patient = 0;
	enum result r = rest_patient(w, &patient);

	return r ? r : create_for(w, patient);
}

static enum result
patch_one(struct work *w)
{
	struct ask *ask = begin_ask(w);
	struct row *stored, *row;
	enum result r;

	if ((r = take_row(w, EDIT, &stored)) || (r = check_match(w, stored)))
		return r;
	row = row_edit(w->arena, stored);
	if ((r = rows_read(w, w->call->json, 0, row)) || (r = store_put(w, row)) ||
		(r = print_one(w, resource(w), row->id)))
		return r;
	print_asides(ask, &w->call->out);
	return OK;
}

static enum result
delete_one(struct work *w)
{
	struct row *row;
	enum result r;

	if ((r = take_row(w, OWN, &row)) || (r = check_match(w, row)) ||
		(r = ask_person(w, mcp_settings.confirm_destructive)) ||
		(r = store_drop(w, row)) || (r = idem_forget(w, location_of(w, row))))
		return r;
	w->call->status = 204;
	w->call->no_body = true;
	return OK;
}

/* ---- clients ---- */

static enum result
print_secret(struct work *w, const char *name, const char *secret)
{
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "client_id", w->call->params[0]);
	json_put_text(out, name, secret);
	json_close(out, '}');
	call_answer(w->call, "Cache-Control", "no-store");
	return OK;
}

static enum result
rotate(struct work *w)
{
	const char *secret;
	enum result r;

	if ((r = access_record(w, &clinic_oauth_clients, EDIT)) ||
		(r = client_rotate(w, w->call->params[0], &secret)))
		return r;
	return print_secret(w, "client_secret", secret);
}

static enum result
give_key(struct work *w)
{
	const char *key;
	enum result r;

	if ((r = access_record(w, &clinic_oauth_clients, EDIT)) ||
		(r = client_key(w, w->call->params[0], &key)))
		return r;
	return print_secret(w, "api_key", key);
}

static enum result
drop_key(struct work *w)
{
	enum result r;

	if ((r = access_record(w, &clinic_oauth_clients, EDIT)) ||
		(r = client_keyless(w, w->call->params[0])))
		return r;
	w->call->status = 204;
	w->call->no_body = true;
	return OK;
}

/* ---- the routes ---- */

struct maker {
	struct arena *arena;
	const struct resource *res;
	struct route *at;
};

static void
add(struct maker *m, enum method method, const char *path, struct step step, const char *summary)
{
	const struct record *rec = m->res->rec;

	*m->at++ = (struct route){
		.method = method,
		.path = path,
		.need = NEED_USER,
		.body = method == POST || method == PATCH ? BODY_JSON : BODY_NONE,
		.steps = { step },
		.rec = rec,
		.scope = arena_printf(m->arena, "%s:%s", method == GET ? "read" : "write",
			m->res->word),
		.query = NULL,
		.summary = summary,
		.ok = method == POST ? 201 : method == DELETE ? 204 : 200,
	};
}

static void
add_record(struct maker *m)
{
	const struct record *rec = m->res->rec;
	const char *all = arena_printf(m->arena, "/clinic/v1/%s", rec->route);
	const char *one = arena_printf(m->arena, "/clinic/v1/%s/{key}", rec->route);
	struct arena *a = m->arena;

	add(m, GET, all, (struct step){ READ, list_all },
		arena_printf(a, "Lists %s.", text_lower(a, rec->many)));
	m->at[-1].query = filter_parameters;
	add(m, POST, all, (struct step){ WRITE, create },
		arena_printf(a, "Adds a row to %s.", text_lower(a, rec->many)));
	add(m, GET, one, (struct step){ READ, get_one },
		arena_printf(a, "Reads one of %s.", text_lower(a, rec->many)));
	add(m, PATCH, one, (struct step){ WRITE, patch_one },
		arena_printf(a, "Changes one of %s; what is not sent stays.",
			text_lower(a, rec->many)));
	add(m, DELETE, one, (struct step){ WRITE, delete_one },
		arena_printf(a, "Deletes one of %s.", text_lower(a, rec->many)));
}

static void
add_child(struct maker *m)
{
	const struct record *rec = m->res->rec;
	const char *path = arena_printf(m->arena, "/clinic/v1/patients/{mrn}/%s", rec->route);
	struct arena *a = m->arena;

	add(m, GET, path, (struct step){ READ, list_of_patient },
		arena_printf(a, "Lists a patient's %s.", text_lower(a, rec->many)));
	m->at[-1].query = filter_parameters;
	add(m, POST, path, (struct step){ WRITE, create_of_patient },
		arena_printf(a, "Adds a row to a patient's %s.", text_lower(a, rec->many)));
}

static void
add_clients(struct maker *m)
{
	m->res = resource_of(&clinic_oauth_clients);
	add(m, POST, "/clinic/v1/clients/{key}/rotate", (struct step){ WRITE, rotate },
		"Gives a client a new secret.");
	m->at[-1].body = BODY_OPTIONAL;
	m->at[-1].ok = 200;
	add(m, POST, "/clinic/v1/clients/{key}/key", (struct step){ WRITE, give_key },
		"Gives a client a new API key.");
	m->at[-1].body = BODY_OPTIONAL;
	m->at[-1].ok = 200;
	add(m, DELETE, "/clinic/v1/clients/{key}/key", (struct step){ WRITE, drop_key },
		"Takes a client's API key away.");
}

const struct route *
rest_routes(struct arena *arena)
{
	struct maker m = { .arena = arena };
	struct route *routes;
	size_t n = EXTRA;

	for (const struct resource *res = resources; res->rec; res++)
		n += PER_RECORD + PER_CHILD;
	routes = m.at = arena_new(arena, n * sizeof(*routes));
	for (m.res = resources; m.res->rec; m.res++) {
		add_record(&m);
		if (m.res->rec->of_patient)
			add_child(&m);
	}
	add_clients(&m);
	return routes;
}
