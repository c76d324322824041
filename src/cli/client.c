/*
 * client - applications and agents that may reach the clinic face.
 *
 * Nobody registers anonymously: an administrator makes each client here (or over
 * REST), and the secret is shown once.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/errands.h"
#include "cli/list.h"
#include "cli/table.h"

enum { KEY_FILE_MAX = 8000 };

static const struct option add_options[] = {
	{ .name = "app-id", .value = "ID", .required = true,
	  .help = "The application's identifier, such as copilot-studio." },
	{ .name = "app-name", .value = "NAME", .required = true, .help = "Its name for people." },
	{ .name = "role", .value = "ROLE", .required = true,
	  .words = "doctor|nurse|patient|admin|system",
	  .help = "doctor, nurse, patient, admin or system." },
	{ .name = "scopes", .value = "LIST", .required = true,
	  .help = "read:X and write:X separated by commas; X is patients, providers, "
		  "appointments, medications, allergies, vitals, labs, clients or *." },
	{ .name = "mrn", .value = "MRN", .help = "Role patient: whose chart it is bound to." },
	{ .name = "rate-limit", .value = "N", .max = 1000000000,
	  .help = "Requests an hour; 0 is without limit; 1000 when not given." },
	{ .name = "key", .value = "FILE",
	  .help = "Public key (PEM or JWK; RSA or P-384) for private_key_jwt." },
	{ .name = "description", .value = "TEXT", .help = "What it is for." },
	{ .name = "contact-email", .value = "E", .help = "Who answers for it." },
	SETTING_DATA,
	OPTION_CONFIG,
	OPTION_JSON,
	{ 0 }
};

static const struct option plain_options[] = { SETTING_DATA, OPTION_CONFIG, OPTION_JSON, { 0 } };

static const char *
member(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static void
print_client(struct options *o, json_t *reply)
{
	if (options_flag(o, "json")) {
		json_object_del(reply, "ok");
		json_dumpf(reply, stdout, JSON_COMPACT);
		putchar('\n');
		return;
	}
	printf("client_id      %s\nclient_secret  %s\n\n"
	       "The secret is shown this once; only its hash is kept.\n",
		member(reply, "client_id"), member(reply, "client_secret"));
}

/* The whole text of a small file; NULL (said on stderr) when it cannot be read. */
static const char *
read_file(struct arena *arena, const char *path)
{
	char *text = arena_new(arena, KEY_FILE_MAX + 1);
	FILE *file = fopen(path, "re");
	size_t n = file ? fread(text, 1, KEY_FILE_MAX + 1, file) : 0;

	if (file)
		fclose(file);
	if (n > 0 && n <= KEY_FILE_MAX)
		return text;
	fprintf(stderr, "charthouse: %s cannot be read, or is no key.\n", path);
	return NULL;
}

static enum status
add(struct options *o)
{
	const char *limit = options_text(o, "rate-limit");
	const char *key = NULL;
	json_t *reply;

	if (strcmp(options_text(o, "role"), "patient") == 0 && !options_text(o, "mrn")) {
		fprintf(stderr, "charthouse client add: --role patient needs --mrn MRN.\n");
		return USAGE;
	}
	if (options_text(o, "key") && !(key = read_file(o->arena, options_text(o, "key"))))
		return FAILED;
	if (errand_send(options_text(o, "data"), "client.add",
		    json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:I}", "app_id",
			    options_text(o, "app-id"), "app_name", options_text(o, "app-name"),
			    "role", options_text(o, "role"), "scopes", options_text(o, "scopes"),
			    "mrn", options_text(o, "mrn"), "description",
			    options_text(o, "description"), "contact_email",
			    options_text(o, "contact-email"), "public_key", key, "rate_limit",
			    (json_int_t)(limit ? options_whole(o, "rate-limit") : -1)),
		    &reply))
		return FAILED;
	print_client(o, reply);
	json_decref(reply);
	return DONE;
}

const struct command cli_client_add = {
	.name = "client add",
	.summary = "Make an OAuth client of the clinic",
	.help = "Prints the client id and the secret, once. The client gets tokens at "
		"/oauth/token; what they allow is its scopes and its role together.",
	.examples = "charthouse client add --app-id copilot-studio --app-name \"Copilot Studio\" "
		    "--role doctor --scopes read:*,write:appointments\n"
		    "charthouse client add --app-id portal --app-name Portal --role patient "
		    "--mrn MRN001 --scopes read:* --json",
	.options = add_options,
	.run = add,
};

static void
print_clients(struct options *o, const json_t *clients)
{
	static const char *const keys[] = { "client_id", "app_id", "role", "scopes", "rate_limit",
		"state", "last_used" };
	struct table table = table_of(o->arena, COUNT(keys));

	for (size_t k = 0; k < COUNT(keys); k++)
		table_add(&table, keys[k]);
	for (size_t i = 0; i < json_array_size(clients); i++)
		for (size_t k = 0; k < COUNT(keys); k++)
			table_add(&table, member(json_array_get(clients, i), keys[k]));
	table_print(&table, isatty(STDOUT_FILENO));
}

static enum status
list(struct options *o)
{
	json_t *reply;

	if (errand_send(options_text(o, "data"), "client.list", json_object(), &reply))
		return FAILED;
	if (options_flag(o, "json")) {
		json_dumpf(json_object_get(reply, "clients"), stdout, JSON_COMPACT);
		putchar('\n');
	} else {
		print_clients(o, json_object_get(reply, "clients"));
	}
	json_decref(reply);
	return DONE;
}

const struct command cli_client_list = {
	.name = "client list",
	.summary = "List the clients",
	.help = "Secrets are not kept and cannot be shown.",
	.examples = "charthouse client list\ncharthouse client list --json",
	.options = plain_options,
	.run = list,
};

static enum status
rotate(struct options *o)
{
	json_t *reply;

	if (errand_send(options_text(o, "data"), "client.rotate",
		    json_pack("{s:s}", "client_id", options_arg(o, 0)), &reply))
		return FAILED;
	print_client(o, reply);
	json_decref(reply);
	return DONE;
}

const struct command cli_client_rotate = {
	.name = "client rotate",
	.arguments = "CLIENT_ID",
	.summary = "Give a client a new secret",
	.help = "The old secret stops working at once; tokens that were issued run out within the "
		"hour (disable the client to end them now).",
	.examples = "charthouse client rotate client_abc",
	.least = 1,
	.most = 1,
	.options = plain_options,
	.run = rotate,
};

static enum status
set_active(struct options *o, bool active)
{
	json_t *reply;

	if (errand_send(options_text(o, "data"), "client.active",
		    json_pack("{s:s, s:b}", "client_id", options_arg(o, 0), "active", active),
		    &reply))
		return FAILED;
	json_decref(reply);
	printf(active ? "%s may get tokens again.\n" : "%s is shut out, its tokens too.\n",
		options_arg(o, 0));
	return DONE;
}

static enum status
disable(struct options *o)
{
	return set_active(o, false);
}

static enum status
enable(struct options *o)
{
	return set_active(o, true);
}

const struct command cli_client_disable = {
	.name = "client disable",
	.arguments = "CLIENT_ID",
	.summary = "Shut a client out at once",
	.help = "Ends the tokens it has, not only new ones.",
	.examples = "charthouse client disable client_abc",
	.least = 1,
	.most = 1,
	.options = plain_options,
	.run = disable,
};

const struct command cli_client_enable = {
	.name = "client enable",
	.arguments = "CLIENT_ID",
	.summary = "Let a disabled client in again",
	.help = "Undoes charthouse client disable.",
	.examples = "charthouse client enable client_abc",
	.least = 1,
	.most = 1,
	.options = plain_options,
	.run = enable,
};
