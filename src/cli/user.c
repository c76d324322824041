/*
 * user - accounts from the command line: for automation and for lost passwords.
 *
 * The password is hashed here; only the hash travels to the server.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/text.h"
#include "cli/ask.h"
#include "cli/errands.h"
#include "cli/list.h"
#include "cli/table.h"

static const char role_words[] = "admin|user|guest|doctor|nurse|staff";

static const struct option add_options[] = {
	{ .name = "email", .value = "E", .required = true, .help = "E-mail address." },
	{ .name = "full-name", .value = "F", .required = true,
	  .help = "As shown to others, first name first." },
	{ .name = "role", .value = "ROLE", .initial = "user", .words = role_words,
	  .help = "admin, user, guest, doctor, nurse or staff." },
	{ .name = "password-file", .value = "FILE",
	  .help = "Take the password from the first line of FILE (- is standard input) "
		  "instead of asking for it." },
	{ .name = "no-patient", .help = "Do not make a patient record of the person's own." },
	{ .name = "password-min", .value = "N", .initial = "12", .min = 8, .max = 128,
	  .setting = true, .help = "Least length of a new password." },
	SETTING_DATA,
	SETTING_TIMEZONE,
	OPTION_CONFIG,
	OPTION_JSON,
	{ 0 }
};

static const struct option password_options[] = {
	{ .name = "password-file", .value = "FILE",
	  .help = "Take the password from the first line of FILE (- is standard input)." },
	{ .name = "password-min", .value = "N", .initial = "12", .min = 8, .max = 128,
	  .setting = true, .help = "Least length of a new password." },
	SETTING_DATA,
	OPTION_CONFIG,
	{ 0 }
};

static const struct option plain_options[] = { SETTING_DATA, OPTION_CONFIG, OPTION_JSON, { 0 } };

/* Asks, checks and hashes; says on stderr what is wrong. */
static enum result
get_hash(struct options *o, char hash[PASSWORD_HASH_SIZE])
{
	const char *file = options_text(o, "password-file");
	const char *password = NULL;
	size_t least = (size_t)options_whole(o, "password-min");
	enum result r = file ? ask_file(o->arena, file, &password)
			     : ask_password(o->arena, &password);

	if (r)
		return r;
	if (!utf8_valid(password, strlen(password))
	    || utf8_length(password, strlen(password)) < least) {
		fprintf(stderr, "charthouse: the password must be at least %zu characters long.\n",
			least);
		return INVALID;
	}
	if (utf8_length(password, strlen(password)) > 128) {
		fprintf(stderr, "charthouse: the password must be at most 128 characters long.\n");
		return INVALID;
	}
	if (password_common(password)) {
		fprintf(stderr, "charthouse: this password is one that everybody tries first.\n");
		return INVALID;
	}
	crypto_start();
	return password_hash(password, hash);
}

static enum status
add(struct options *o)
{
	char hash[PASSWORD_HASH_SIZE];
	json_t *reply;

	if (get_hash(o, hash))
		return FAILED;
	if (errand_send(options_text(o, "data"), "user.add",
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "username", options_arg(o, 0),
			    "email", options_text(o, "email"), "full_name",
			    options_text(o, "full-name"), "role", options_text(o, "role"), "hash",
			    hash, "no_patient", options_flag(o, "no-patient")),
		    &reply))
		return FAILED;
	if (options_flag(o, "json"))
		printf("{\"id\":%lld,\"username\":\"%s\"}\n",
			(long long)json_integer_value(json_object_get(reply, "id")),
			json_string_value(json_object_get(reply, "username")));
	else
		printf("Made user %s (%s).\n",
			json_string_value(json_object_get(reply, "username")),
			options_text(o, "role"));
	json_decref(reply);
	return DONE;
}

const struct command cli_user_add = {
	.name = "user add",
	.arguments = "NAME",
	.summary = "Make a user",
	.help = "Works while the server runs and while it does not. Doctors, nurses and staff "
		"reach the clinic's charts with their session; users and guests the "
		"family's records.",
	.examples = "charthouse user add anna --email anna@example.com --full-name \"Anna Berg\"\n"
		    "charthouse user add root --email it@example.com --full-name \"Ida Tech\" "
		    "--role admin --password-file /run/secrets/root",
	.least = 1,
	.most = 1,
	.options = add_options,
	.run = add,
};

static enum status
list(struct options *o)
{
	static const char *const keys[] = { "username", "full_name", "role", "email", "state" };
	struct table table = table_of(o->arena, COUNT(keys));
	json_t *reply;
	json_t *users;

	if (errand_send(options_text(o, "data"), "user.list", json_object(), &reply))
		return FAILED;
	users = json_object_get(reply, "users");
	if (options_flag(o, "json")) {
		json_dumpf(users, stdout, JSON_COMPACT);
		putchar('\n');
	} else {
		for (size_t k = 0; k < COUNT(keys); k++)
			table_add(&table, keys[k]);
		for (size_t i = 0; i < json_array_size(users); i++)
			for (size_t k = 0; k < COUNT(keys); k++)
				table_add(&table, json_string_value(json_object_get(
							  json_array_get(users, i), keys[k])));
		table_print(&table, isatty(STDOUT_FILENO));
	}
	json_decref(reply);
	return DONE;
}

const struct command cli_user_list = {
	.name = "user list",
	.summary = "List the users",
	.help = "Aligned on a terminal, separated by tabs in a pipe.",
	.examples = "charthouse user list\ncharthouse user list --json --data /var/lib/charthouse",
	.options = plain_options,
	.run = list,
};

static enum status
change_password(struct options *o)
{
	char hash[PASSWORD_HASH_SIZE];
	json_t *reply;

	if (get_hash(o, hash))
		return FAILED;
	if (errand_send(options_text(o, "data"), "user.password",
		    json_pack("{s:s, s:s}", "username", options_arg(o, 0), "hash", hash), &reply))
		return FAILED;
	json_decref(reply);
	printf("New password for %s; all of their sessions have ended.\n", options_arg(o, 0));
	return DONE;
}

const struct command cli_user_password = {
	.name = "user password",
	.arguments = "NAME",
	.summary = "Give a user a new password",
	.help = "For who has forgotten it. Ends all sessions of the user at once.",
	.examples = "charthouse user password anna\n"
		    "pwgen -s 20 1 | tee new | charthouse user password anna --password-file -",
	.least = 1,
	.most = 1,
	.options = password_options,
	.run = change_password,
};

static enum status
set_active(struct options *o, bool active)
{
	json_t *reply;

	if (errand_send(options_text(o, "data"), "user.active",
		    json_pack("{s:s, s:b}", "username", options_arg(o, 0), "active", active),
		    &reply))
		return FAILED;
	json_decref(reply);
	printf(active ? "%s may sign in again.\n"
		      : "%s can no longer sign in; all of their sessions have ended.\n",
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

const struct command cli_user_disable = {
	.name = "user disable",
	.arguments = "NAME",
	.summary = "Shut a user out, keeping their records",
	.help = "Takes effect at once, sessions included. The last active admin cannot be shut "
		"out.",
	.examples = "charthouse user disable anna",
	.least = 1,
	.most = 1,
	.options = plain_options,
	.run = disable,
};

const struct command cli_user_enable = {
	.name = "user enable",
	.arguments = "NAME",
	.summary = "Let a disabled user in again",
	.help = "Undoes charthouse user disable.",
	.examples = "charthouse user enable anna",
	.least = 1,
	.most = 1,
	.options = plain_options,
	.run = enable,
};
