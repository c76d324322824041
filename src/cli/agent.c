/*
 * agent - what an administrator does about agents: keys, and what they propose.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/errands.h"
#include "cli/list.h"
#include "cli/table.h"

static const struct option plain_options[] = { SETTING_DATA, OPTION_CONFIG, OPTION_JSON, { 0 } };

static void
print_json(json_t *reply)
{
	json_object_del(reply, "ok");
	json_dumpf(reply, stdout, JSON_COMPACT);
	putchar('\n');
}

static enum status
client_key(struct options *o)
{
	json_t *reply;

	if (errand_send(options_text(o, "data"), "client.key",
		    json_pack("{s:s}", "client_id", options_arg(o, 0)), &reply))
		return FAILED;
	if (options_flag(o, "json"))
		print_json(reply);
	else
		printf("api_key  %s\n\nSend it as X-API-Key. It is shown this once; only its hash is "
		       "kept, and the key before it has ended.\n",
			json_string_value(json_object_get(reply, "api_key")));
	json_decref(reply);
	return DONE;
}

const struct command cli_client_key = {
	.name = "client key",
	.arguments = "CLIENT_ID",
	.summary = "Give a client an API key, for agents that can send only a fixed header",
	.help = "The key is sent as X-API-Key and allows what the client's role and scopes allow. "
		"A client has one key at a time.",
	.examples = "charthouse client key client_abc",
	.least = 1,
	.most = 1,
	.options = plain_options,
	.run = client_key,
};

static enum status
keys_rotate_now(struct options *o)
{
	json_t *reply;

	if (errand_send(options_text(o, "data"), "keys.rotate", json_object(), &reply))
		return FAILED;
	if (options_flag(o, "json"))
		print_json(reply);
	else
		printf("Tokens are signed with the key %s from now on; those signed before stay good "
		       "until they end, within the hour.\n",
			json_string_value(json_object_get(reply, "kid")));
	json_decref(reply);
	return DONE;
}

const struct command cli_keys_rotate = {
	.name = "keys rotate",
	.summary = "Sign access tokens with a new key",
	.help = "Without downtime: both keys are published at /.well-known/jwks.json, and the old "
		"one is taken for tokens issued before until they have ended.",
	.examples = "charthouse keys rotate",
	.options = plain_options,
	.run = keys_rotate_now,
};

static enum status
list(struct options *o)
{
	static const char *const keys[] = { "id", "tool", "patient_mrn", "client_id", "created_at" };
	const json_t *items;
	struct table table = table_of(o->arena, COUNT(keys));
	json_t *reply;

	if (errand_send(options_text(o, "data"), "proposal.list", json_object(), &reply))
		return FAILED;
	items = json_object_get(reply, "proposals");
	for (size_t k = 0; k < COUNT(keys); k++)
		table_add(&table, keys[k]);
	for (size_t i = 0; i < json_array_size(items); i++)
		for (size_t k = 0; k < COUNT(keys); k++) {
			const json_t *value = json_object_get(json_array_get(items, i), keys[k]);

			table_add(&table, json_is_integer(value)
				? arena_printf(o->arena, "%lld", (long long)json_integer_value(value))
				: json_is_string(value) ? json_string_value(value) : "");
		}
	if (options_flag(o, "json"))
		print_json(reply);
	else
		table_print(&table, isatty(STDOUT_FILENO));
	json_decref(reply);
	return DONE;
}

const struct command cli_proposal_list = {
	.name = "proposal list",
	.summary = "List what agents propose and nobody has decided",
	.help = "With --json also the arguments, which are health data.",
	.examples = "charthouse proposal list\ncharthouse proposal list --json",
	.options = plain_options,
	.run = list,
};

static enum status
decide(struct options *o, bool accept)
{
	int64_t id;
	json_t *reply;

	if (!text_whole(options_arg(o, 0), 1, INT32_MAX, &id)) {
		fprintf(stderr, "charthouse: a proposal has a number; see charthouse proposal list.\n");
		return USAGE;
	}
	if (errand_send(options_text(o, "data"), "proposal.decide",
		    json_pack("{s:I, s:b}", "id", (json_int_t)id, "accept", accept), &reply))
		return FAILED;
	if (options_flag(o, "json"))
		print_json(reply);
	else
		printf(accept ? "Proposal %lld is carried out.\n" : "Proposal %lld is refused.\n",
			(long long)id);
	json_decref(reply);
	return DONE;
}

static enum status
accept_one(struct options *o)
{
	return decide(o, true);
}

static enum status
refuse_one(struct options *o)
{
	return decide(o, false);
}

const struct command cli_proposal_accept = {
	.name = "proposal accept",
	.arguments = "ID",
	.summary = "Carry out what an agent proposes",
	.help = "It runs with the rights that the agent's client has now.",
	.examples = "charthouse proposal accept 5",
	.least = 1,
	.most = 1,
	.options = plain_options,
	.run = accept_one,
};

const struct command cli_proposal_refuse = {
	.name = "proposal refuse",
	.arguments = "ID",
	.summary = "Refuse what an agent proposes",
	.help = "Nothing is done; the proposal stays on record as refused.",
	.examples = "charthouse proposal refuse 5",
	.least = 1,
	.most = 1,
	.options = plain_options,
	.run = refuse_one,
};
