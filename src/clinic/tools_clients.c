/*
 * tools_clients - tokens and clients, as configurations of the reference ask.
 */
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/clinic.h"
#include "clinic/oauth.h"
#include "clinic/records.h"
#include "clinic/rpc.h"
#include "clinic/scopes.h"
#include "clinic/tokens.h"
#include "clinic/tools.h"

enum { LOGIN_CLIENT, LOGIN_SECRET, LOGIN_APP, LOGIN__COUNT };

static const struct field login_fields[LOGIN__COUNT] = {
	TEXT(LOGIN_CLIENT, "client_id", "Client id", .required = true, .min = 1, .max = 200),
	TEXT(LOGIN_SECRET, "client_secret", "Client secret", .required = true, .min = 1,
		.max = 400, .secret = true),
	TEXT(LOGIN_APP, "app_id", "Application id", .required = true, .min = 1, .max = 100),
};

static enum result
authenticate(struct work *w, const struct row *in, struct text *out)
{
	(void)out; /* the token is signed and issued in the steps that follow */
	return oauth_login(w, row_text(in, LOGIN_CLIENT), row_text(in, LOGIN_SECRET),
		row_text(in, LOGIN_APP), &rpc_turn(w)->grant);
}

enum { TOKEN_TEXT, TOKEN__COUNT };

static const struct field token_fields[TOKEN__COUNT] = {
	TEXT(TOKEN_TEXT, "access_token", "Access token", .required = true, .min = 1, .max = 8192,
		.secret = true),
};

static enum result
validate_token(struct work *w, const struct row *in, struct text *out)
{
	struct token token = { 0 };
	bool live;
	enum result r = oauth_live(w, row_text(in, TOKEN_TEXT), &token, &live);

	if (r)
		return r;
	json_open(out, '{');
	json_put_bool(out, "valid", live);
	if (live) {
		json_put_text(out, "client_id", token.client_id);
		json_put_text(out, "app_id", token.app_id);
		json_put_text(out, "role", token.role);
		json_put_raw(out, "scopes", scopes_json(w->arena, token.scope));
	} else {
		json_put_text(out, "error", "Invalid or expired token");
	}
	json_close(out, '}');
	return OK;
}

enum { NEW_APP, NEW_NAME, NEW_ROLE, NEW_SCOPES, NEW_ABOUT, NEW_EMAIL, NEW_MRN, NEW__COUNT };

static const struct choice roles[] = {
	{ "doctor", "Doctor" }, { "nurse", "Nurse" }, { "patient", "Patient" },
	{ "admin", "Administrator" }, { "system", "System" }, { 0 }
};

static const struct field client_fields[NEW__COUNT] = {
	TEXT(NEW_APP, "app_id", "Application id", .required = true, .min = 1, .max = 100),
	TEXT(NEW_NAME, "app_name", "Name of the application", .required = true, .min = 1,
		.max = 200),
	CHOICE(NEW_ROLE, "role", "Role", roles, .required = true),
	LIST(NEW_SCOPES, "scopes", "Scopes", .required = true, .fixed_array = true,
		.help = "Such as read:patients, write:appointments or read:*."),
	NOTE(NEW_ABOUT, "description", "What it is for", .max = 5000),
	TEXT(NEW_EMAIL, "contact_email", "Who answers for it", .max = 100),
	TEXT(NEW_MRN, "mrn", "Role patient: whose chart it is bound to", .max = 20),
};

static enum result
register_client(struct work *w, const struct row *in, struct text *out)
{
	const struct new_client client = {
		.app_id = row_text(in, NEW_APP),
		.app_name = row_text(in, NEW_NAME),
		.role = row_text(in, NEW_ROLE),
		.scopes = row_text(in, NEW_SCOPES),
		.description = row_text(in, NEW_ABOUT),
		.contact_email = row_text(in, NEW_EMAIL),
		.mrn = row_text(in, NEW_MRN),
		.rate_limit = -1,
	};
	struct made_client made;
	enum result r = client_add(w, &client, &made);

	if (r)
		return r;
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_put_text(out, "client_id", made.client_id);
	json_put_text(out, "client_secret", made.client_secret);
	json_put_text(out, "app_id", client.app_id);
	json_put_text(out, "app_name", client.app_name);
	json_put_text(out, "role", client.role);
	json_put_raw(out, "scopes", scopes_json(w->arena, scopes_read(w->arena, client.scopes)));
	json_put_text(out, "message",
		"Keep the secret: it is shown this once and only its hash is stored.");
	json_close(out, '}');
	return OK;
}

const struct tool tools_clients[] = {
	{
		.name = "authenticate",
		.title = "Get an access token",
		.about = "Exchanges a client id and secret for an access token. Only needed by "
			 "configurations that cannot use the token endpoint.",
		INPUT(login_fields),
		.output = "status:s access_token:s token_type:s expires_in:i scope:s "
			  "client_info{client_id:s app_id:s app_name:s role:s} message:s tool:s",
		.manner = CREATES,
		.open = true,
		.grants = true,
		.run = authenticate,
	},
	{
		.name = "validate_token",
		.title = "Check an access token",
		.about = "Says whether an access token is valid, whose it is and what it allows.",
		INPUT(token_fields),
		.output = "valid:b client_id:s app_id:s role:s scopes:j error:s",
		.manner = READS,
		.open = true,
		.run = validate_token,
	},
	{
		.name = "register_client",
		.title = "Register a client",
		.about = "Makes credentials for another application. For administrators; the "
			 "secret is shown once.",
		INPUT(client_fields),
		.output = "status:s client_id:s client_secret:s app_id:s app_name:s role:s scopes:j "
			  "message:s",
		.rec = &clinic_oauth_clients,
		.verb = EDIT,
		.manner = CREATES,
		.run = register_client,
	},
	{ 0 }
};
