/*
 * oauth_clients - the applications and agents that may ask, and what for.
 *
 * The secret is random with 384 bits, so SHA-256 is hash enough (clinic-api 1).
 */
#include "clinic/clients.h"

#include <string.h>

#include "base/crypto.h"
#include "base/text.h"
#include "clinic/ask.h"
#include "clinic/assertion.h"
#include "clinic/clinic.h"
#include "clinic/records.h"
#include "clinic/scopes.h"
#include "engine/form.h"
#include "engine/shape.h"
#include "engine/store.h"

static const struct choice roles[] = {
	{ "doctor", "Doctor" },
	{ "nurse", "Nurse" },
	{ "patient", "Patient" },
	{ "admin", "Administrator" },
	{ "system", "System" },
	{ 0 }
};

static const struct field fields[] = {
	TEXT(CLIENTS_CLIENT_ID, "client_id", "Client", LENGTH(100), .not_null = true,
		.unique = true, .read_only = true),
	TEXT(CLIENTS_CLIENT_SECRET_HASH, "client_secret_hash", "Secret", .size = 256,
		.not_null = true, .read_only = true, .hidden = true, .secret = true),
	TEXT(CLIENTS_APP_ID, "app_id", "Application", .required = true, .trim = true, .min = 1,
		LENGTH(100), .searchable = true),
	TEXT(CLIENTS_APP_NAME, "app_name", "Application's name", .required = true,
		.trim = true, .min = 1, LENGTH(200), .searchable = true),
	NOTE(CLIENTS_SCOPES, "scopes", "Scopes", .max = 2000, .hidden = true,
		.help = "read:X and write:X; a JSON array as text."),
	CHOICE(CLIENTS_ROLE, "role", "Role", roles, .required = true, .size = 20),
	NOTE(CLIENTS_DESCRIPTION, "description", "Description", .max = 5000),
	TEXT(CLIENTS_CONTACT_EMAIL, "contact_email", "Contact", LINE(100),
		.shape = shape_email_simple),
	FLAG(CLIENTS_IS_ACTIVE, "is_active", "Active", .initial = "true", .null_ignored = true),
	MOMENT(CLIENTS_LAST_USED, "last_used", "Last used", .read_only = true),
	WHOLE(CLIENTS_RATE_LIMIT, "rate_limit", "Requests per hour", .initial = "1000",
		.from_zero = true, .max = 100000000, .null_ignored = true,
		.help = "0: no limit."),
	TEXT(CLIENTS_PATIENT_MRN, "patient_mrn", "Bound to", LENGTH(20), .trim = true,
		.blank_null = true, .help = "Role patient: the one whose chart it may see."),
	REF(CLIENTS_PATIENT_ID, "patient_id", "Bound to", clinic_patients, .on_delete = UNLINK,
		.read_only = true, .hidden = true),
	TEXT(CLIENTS_API_KEY_HASH, "api_key_hash", "API key", .size = 64, .unique = true,
		.read_only = true, .hidden = true, .secret = true),
	NOTE(CLIENTS_PUBLIC_KEY, "public_key", "Public key", .max = 8000, .blank_null = true,
		.help = "For private_key_jwt: RSA or P-384, as PEM or JWK."),
};

static void
derive(struct work *w, struct row *row)
{
	row_set_text(row, CLIENTS_SCOPES, scopes_json(w->arena,
		scopes_read(w->arena, row_text(row, CLIENTS_SCOPES))));
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	const char *role = row_text(row, CLIENTS_ROLE);
	bool patient = role && strcmp(role, "patient") == 0;
	const char *unknown;

	if (!scopes_known(w->arena, scopes_read(w->arena, row_text(row, CLIENTS_SCOPES)), &unknown))
		problem(problems, &fields[CLIENTS_SCOPES], arena_printf(w->arena,
			"has \"%.40s\", which is no scope", unknown));
	if (row_has(row, CLIENTS_PUBLIC_KEY) &&
		!assertion_key_fits(row_text(row, CLIENTS_PUBLIC_KEY)))
		problem(problems, &fields[CLIENTS_PUBLIC_KEY],
			"is no public key of RSA (2048 bits or more) or P-384, as PEM or JWK");
	if (patient && !row_has(row, CLIENTS_PATIENT_MRN))
		problem(problems, &fields[CLIENTS_PATIENT_MRN],
			"is required: a client of role patient is bound to one");
	if (role && !patient && row_has(row, CLIENTS_PATIENT_MRN))
		problem(problems, &fields[CLIENTS_PATIENT_MRN], "is for role patient only");
}

static const char *
hash(struct arena *a, const char *secret)
{
	char hex[HASH_HEX];

	hash_hex(secret, strlen(secret), hex);
	return arena_text(a, hex);
}

static const char *
make_credentials(struct work *w, struct row *row)
{
	const char *secret = random_token(w->arena, 48);

	row_set_text(row, CLIENTS_CLIENT_ID,
		arena_printf(w->arena, "client_%s", random_token(w->arena, 32)));
	row_set_text(row, CLIENTS_CLIENT_SECRET_HASH, hash(w->arena, secret));
	return secret;
}

/* Bound by id: a number given away again would be another person's. */
static enum result
bind_patient(struct work *w, struct row *row)
{
	const char *mrn = row_text(row, CLIENTS_PATIENT_MRN);
	int64_t patient;
	enum result r;

	if (!mrn) {
		row_set_null(row, CLIENTS_PATIENT_ID);
		return OK;
	}
	if (row->before && row_text(row->before, CLIENTS_PATIENT_MRN) &&
		strcmp(mrn, row_text(row->before, CLIENTS_PATIENT_MRN)) == 0)
		return OK;
	r = db_one(w->db, "SELECT id FROM patients WHERE mrn = $1", ARGS(value_text(mrn)),
		&patient);
	if (r == MISSING) {
		problem(&w->problems, &fields[CLIENTS_PATIENT_MRN], "names no patient");
		return INVALID;
	}
	if (!r)
		row_set_whole(row, CLIENTS_PATIENT_ID, patient);
	return r;
}

static enum result
saving(struct work *w, struct row *row)
{
	if (!row_has(row, CLIENTS_CLIENT_ID))
		ask_secret(w, "client_secret", make_credentials(w, row));
	return bind_patient(w, row);
}

const struct record clinic_oauth_clients = {
	.name = "oauth_clients",
	.route = "clients",
	.one = "Client",
	.many = "Clients",
	.summary = "The applications and agents that may ask, and what for.",
	.entity = "oauth_client",
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){ { NULL, "app_id" }, { 0 } },
	.stamps = STAMPS_DEFAULT,
	.stamps_shown = true,
	.order = "id",
	.key = "client_id",
	.derive = derive,
	.check = check,
	.saving = saving,
};

static json_t *
as_json(const struct new_client *client)
{
	json_t *json = json_object();
	const struct { const char *name, *text; } members[] = {
		{ "app_id", client->app_id }, { "app_name", client->app_name },
		{ "role", client->role }, { "scopes", client->scopes },
		{ "description", client->description },
		{ "contact_email", client->contact_email }, { "patient_mrn", client->mrn },
		{ "public_key", client->public_key },
	};

	for (size_t i = 0; i < COUNT(members); i++)
		if (members[i].text)
			json_object_set_new(json, members[i].name, json_string(members[i].text));
	if (client->rate_limit >= 0)
		json_object_set_new(json, "rate_limit", json_integer(client->rate_limit));
	return json;
}

enum result
client_add(struct work *w, const struct new_client *client, struct made_client *made)
{
	struct row *row = row_new(w->arena, &clinic_oauth_clients);
	json_t *json = as_json(client);
	const char *secret;
	enum result r;

	form_read(w, json, false, row);
	json_decref(json);
	form_rules(w, row);
	if (w->problems.n)
		return INVALID;
	secret = make_credentials(w, row);
	if ((r = store_put(w, row)))
		return r;
	*made = (struct made_client){ row->id, row_text(row, CLIENTS_CLIENT_ID), secret };
	return OK;
}

enum result
client_find(struct work *w, const char *client_id, struct row **out)
{
	return store_find(w, &clinic_oauth_clients, "client_id", value_text(client_id), out);
}

enum result
client_rotate(struct work *w, const char *client_id, const char **secret)
{
	struct row *stored, *row;
	enum result r = client_find(w, client_id, &stored);

	if (r)
		return r;
	row = row_edit(w->arena, stored);
	*secret = random_token(w->arena, 48);
	row_set_text(row, CLIENTS_CLIENT_SECRET_HASH, hash(w->arena, *secret));
	return store_put(w, row);
}

enum result
client_key(struct work *w, const char *client_id, const char **key)
{
	struct row *stored, *row;
	enum result r = client_find(w, client_id, &stored);

	if (r)
		return r;
	row = row_edit(w->arena, stored);
	*key = arena_printf(w->arena, "key_%s", random_token(w->arena, 48));
	row_set_text(row, CLIENTS_API_KEY_HASH, hash(w->arena, *key));
	return store_put(w, row);
}

enum result
client_keyless(struct work *w, const char *client_id)
{
	struct row *stored, *row;
	enum result r = client_find(w, client_id, &stored);

	if (r)
		return r;
	row = row_edit(w->arena, stored);
	row_set_null(row, CLIENTS_API_KEY_HASH);
	return store_put(w, row);
}

enum result
client_enable(struct work *w, const char *client_id, bool enabled)
{
	struct row *stored, *row;
	enum result r = client_find(w, client_id, &stored);

	if (r)
		return r;
	row = row_edit(w->arena, stored);
	row_set_whole(row, CLIENTS_IS_ACTIVE, enabled);
	return store_put(w, row);
}
