/*
 * fixtures - a Charthouse with the tools, prompts and resources that the conformance
 * suite of MCP wants to find.  Built for the tests only; what answers is otherwise
 * the program itself, and it lets nobody in who has no token.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "cli/commands.h"
#include "clinic/dialog.h"
#include "clinic/mcp.h"
#include "clinic/rpc.h"

#define PNG "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
#define WAV "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA="
#define TEXT_BLOCK(text) "{\"type\":\"text\",\"text\":\"" text "\"}"
#define IMAGE_BLOCK "{\"type\":\"image\",\"data\":\"" PNG "\",\"mimeType\":\"image/png\"}"
#define ELICIT(key, message, member, type) "\"" key "\":{\"method\":\"elicitation/create\","       \
	"\"params\":{\"mode\":\"form\",\"message\":\"" message "\",\"requestedSchema\":{\"type\":"  \
	"\"object\",\"properties\":{\"" member "\":{\"type\":\"" type "\"}},\"required\":[\""       \
	member "\"]}}}"
#define SAMPLE(key, text, tokens) "\"" key "\":{\"method\":\"sampling/createMessage\",\"params\":" \
	"{\"messages\":[{\"role\":\"user\",\"content\":" TEXT_BLOCK(text) "}],"                   \
	"\"maxTokens\":" tokens "}}"
#define ROOTS "\"client_roots\":{\"method\":\"roots/list\",\"params\":{}}"

/* ---- tools that always say the same ---- */

static const struct {
	const char *name, *result;
} plain[] = {
	{ "test_simple_text", "\"content\":[" TEXT_BLOCK("This is a simple text response for testing.") "]" },
	{ "test_image_content", "\"content\":[" IMAGE_BLOCK "]" },
	{ "test_audio_content",
	  "\"content\":[{\"type\":\"audio\",\"data\":\"" WAV "\",\"mimeType\":\"audio/wav\"}]" },
	{ "test_embedded_resource", "\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":"
	  "\"test://embedded-resource\",\"mimeType\":\"text/plain\",\"text\":"
	  "\"This is an embedded resource content.\"}}]" },
	{ "test_multiple_content_types", "\"content\":[" TEXT_BLOCK("Multiple content types test:") ","
	  IMAGE_BLOCK ",{\"type\":\"resource\",\"resource\":{\"uri\":\"test://mixed-content-resource\","
	  "\"mimeType\":\"application/json\",\"text\":\"{\\\"test\\\":\\\"data\\\",\\\"value\\\":123}\"}}]" },
	{ "test_error_handling", "\"content\":["
	  TEXT_BLOCK("This tool intentionally returns an error for testing") "],\"isError\":true" },
	{ "test_logging_tool", "\"content\":[" TEXT_BLOCK("Nothing was logged.") "]" },
};

/* ---- tools that need input first ---- */

struct round {
	const char *name, *capability, *requests;
	const char *keys[3];  /* answers that must be there */
	const char *members[3]; /* and what each must hold; NULL: anything */
	bool sealed;
};

static const struct round rounds[] = {
	{ "test_input_required_result_elicitation", "elicitation",
	  ELICIT("user_name", "What is your name?", "name", "string"), { "user_name" }, { "name" }, false },
	{ "test_streaming_elicitation", "elicitation",
	  ELICIT("user_name", "What is your name?", "name", "string"), { "user_name" }, { "name" }, false },
	{ "test_input_required_result_sampling", "sampling",
	  SAMPLE("capital_question", "What is the capital of France?", "100"), { "capital_question" },
	  { NULL }, false },
	{ "test_input_required_result_list_roots", "roots", ROOTS, { "client_roots" }, { NULL }, false },
	{ "test_input_required_result_request_state", "elicitation",
	  ELICIT("confirm", "Please confirm", "ok", "boolean"), { "confirm" }, { NULL }, true },
	{ "test_input_required_result_tampered_state", "elicitation",
	  ELICIT("confirm", "Please confirm", "ok", "boolean"), { "confirm" }, { NULL }, true },
	{ "test_input_required_result_multiple_inputs", "elicitation",
	  ELICIT("user_name", "What is your name?", "name", "string") ","
	  SAMPLE("greeting", "Generate a greeting", "50") "," ROOTS,
	  { "user_name", "greeting", "client_roots" }, { NULL }, true },
};

static const char *
seal(struct work *w, const char *what)
{
	static const uint8_t key[HASH_SIZE] = "a key for tests";
	uint8_t hash[HASH_SIZE];

	hash_hmac(key, what, strlen(what), hash);
	return arena_printf(w->arena, "%s.%s", what, to_base64url(w->arena, hash, sizeof(hash)));
}

static bool
can(struct work *w, const char *capability)
{
	return dialog_can(w, capability);
}

static enum result
lacks(struct work *w, const char *capability)
{
	rpc_turn(w)->data = arena_printf(w->arena, "{\"requiredCapabilities\":{\"%s\":{}}}", capability);
	return rpc_fail(w, -32021, 400, "The client lacks a capability.");
}

static enum result
require_input(struct work *w, const char *requests, const char *state)
{
	bool asked = false;
	enum result r = dialog_ask(w, requests, state ? seal(w, state) : NULL, &asked);

	return r || asked ? r : rpc_fail(w, RPC_INTERNAL, 503, "Too many are asked already.");
}

static enum result
say(struct work *w, const char *text)
{
	struct text *out = &w->call->out;

	rpc_open(w);
	json_key(out, "content");
	text_add(out, "[{\"type\":\"text\",\"text\":");
	json_text(out, text);
	text_add(out, "}]");
	rpc_close(w);
	return OK;
}

static const char *
answered(struct work *w, const char *key, const char *member)
{
	const json_t *answer = dialog_answer(w, key);

	if (!json_is_object(answer))
		return NULL;
	return member ? json_string_value(json_object_get(json_object_get(answer, "content"), member)) : "";
}

static enum result
run_round(struct work *w, const struct round *round)
{
	const struct turn *turn = rpc_turn(w);
	const char *state = rpc_param(turn, "requestState"), *first = NULL;
	bool whole = true;

	if (!can(w, round->capability))
		return lacks(w, round->capability);
	for (size_t i = 0; i < 3 && round->keys[i]; i++) {
		const char *text = answered(w, round->keys[i], round->members[i]);

		whole = whole && text;
		first = first ? first : text;
	}
	if (state && round->sealed && strcmp(state, seal(w, round->name)) != 0)
		return rpc_fail(w, RPC_PARAMS, 400, "The requestState has been tampered with.");
	if (!whole || (round->sealed && !state))
		return require_input(w, round->requests, round->sealed ? round->name : NULL);
	return say(w, round->members[0] ? arena_printf(w->arena, "Hello, %s!", first) : "state-ok");
}

static enum result
run_steps(struct work *w)
{
	const struct turn *turn = rpc_turn(w);
	const char *state = rpc_param(turn, "requestState");

	if (!state || !answered(w, state[1] == '1' ? "step1" : "step2", NULL))
		return require_input(w, ELICIT("step1", "Step 1: What is your name?", "name", "string"), "s1");
	if (strcmp(state, seal(w, "s1")) == 0)
		return require_input(w,
			ELICIT("step2", "Step 2: What is your favorite color?", "color", "string"), "s2");
	if (strcmp(state, seal(w, "s2")) != 0)
		return rpc_fail(w, RPC_PARAMS, 400, "The requestState has been tampered with.");
	return say(w, "Both steps are done.");
}

/* ---- tools that ask in the midst of a request of old ---- */

#define ENUMERATION(key, inside) "\"" key "\":{\"type\":\"string\"," inside "}"
#define LIST_OF(key, inside) "\"" key "\":{\"type\":\"array\",\"items\":{" inside "}}"
#define TITLED(value, title) "{\"const\":\"" value "\",\"title\":\"" title "\"}"
#define FORM(message, properties, required) "\"form\":{\"method\":\"elicitation/create\",\"params\":"     \
	"{\"mode\":\"form\",\"message\":\"" message "\",\"requestedSchema\":{\"type\":\"object\","     \
	"\"properties\":{" properties "},\"required\":[" required "]}}}"

static const struct {
	const char *name, *says, *form;
} forms[] = {
	{ "test_elicitation", "User response: action", FORM("Please answer",
	  "\"username\":{\"type\":\"string\",\"description\":\"User's response\"},"
	  "\"email\":{\"type\":\"string\",\"description\":\"User's email address\"}",
	  "\"username\",\"email\"") },
	{ "test_elicitation_sep1034_defaults", "Elicitation completed: action", FORM("Defaults",
	  "\"name\":{\"type\":\"string\",\"default\":\"John Doe\"},"
	  "\"age\":{\"type\":\"integer\",\"default\":30},"
	  "\"score\":{\"type\":\"number\",\"default\":95.5},"
	  "\"status\":{\"type\":\"string\",\"enum\":[\"active\",\"inactive\",\"pending\"],"
	  "\"default\":\"active\"},\"verified\":{\"type\":\"boolean\",\"default\":true}", "") },
	{ "test_elicitation_sep1330_enums", "Elicitation completed: action", FORM("Choices",
	  ENUMERATION("untitledSingle", "\"enum\":[\"option1\",\"option2\",\"option3\"]") ","
	  ENUMERATION("titledSingle", "\"oneOf\":[" TITLED("value1", "First Option") ","
		TITLED("value2", "Second Option") "]") ","
	  ENUMERATION("legacyEnum", "\"enum\":[\"opt1\",\"opt2\",\"opt3\"],\"enumNames\":"
		"[\"Option One\",\"Option Two\",\"Option Three\"]") ","
	  LIST_OF("untitledMulti", "\"type\":\"string\",\"enum\":[\"option1\",\"option2\",\"option3\"]") ","
	  LIST_OF("titledMulti", "\"anyOf\":[" TITLED("value1", "First Choice") ","
		TITLED("value2", "Second Choice") "]"), "") },
};

static enum result
run_form(struct work *w, size_t i)
{
	const json_t *answer = dialog_answer(w, "form");
	char *content;
	enum result r;

	if (!can(w, "elicitation"))
		return lacks(w, "elicitation");
	if (!answer)
		return require_input(w, forms[i].form, NULL);
	content = json_dumps(json_object_get(answer, "content"), JSON_COMPACT);
	r = say(w, arena_printf(w->arena, "%s=%s, content=%s", forms[i].says,
		json_string_value(json_object_get(answer, "action")), content ? content : "{}"));
	free(content);
	return r;
}

static enum result
run_sampling(struct work *w)
{
	const json_t *args = json_object_get(rpc_turn(w)->params, "arguments");
	const json_t *answer = dialog_answer(w, "sample");
	struct text request CLEANUP(text_close) = { 0 };

	if (!can(w, "sampling"))
		return lacks(w, "sampling");
	if (answer)
		return say(w, arena_printf(w->arena, "LLM response: %s",
			json_string_value(json_object_get(json_object_get(answer, "content"), "text"))));
	text_add(&request, "\"sample\":{\"method\":\"sampling/createMessage\",\"params\":{\"messages\":"
		"[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":");
	json_text(&request, json_string_value(json_object_get(args, "prompt")));
	text_add(&request, "}}],\"maxTokens\":100}}");
	return require_input(w, text_string(&request), NULL);
}

static bool
run_asking(struct work *w, const char *name, enum result *r)
{
	if (rpc_turn(w)->modern)
		return false;
	for (size_t i = 0; i < COUNT(forms); i++)
		if (strcmp(forms[i].name, name) == 0) {
			*r = run_form(w, i);
			return true;
		}
	if (strcmp(name, "test_sampling") != 0)
		return false;
	*r = run_sampling(w);
	return true;
}

/* Asks only for what the client can do. */
static enum result
run_capabilities(struct work *w)
{
	const struct turn *turn = rpc_turn(w);
	struct text asks CLEANUP(text_close) = { 0 };

	if (json_object_get(turn->params, "inputResponses"))
		return say(w, "Thank you.");
	if (can(w, "elicitation"))
		text_add(&asks, ELICIT("user_name", "What is your name?", "name", "string"));
	if (can(w, "sampling"))
		text_printf(&asks, "%s%s", asks.len ? "," : "", SAMPLE("greeting", "Generate a greeting", "50"));
	return asks.len ? require_input(w, text_string(&asks), NULL) : say(w, "There is nothing to ask.");
}

/* The whole stream at once: the notifications, then the answer. */
static enum result
run_progress(struct work *w)
{
	const struct turn *turn = rpc_turn(w);
	const json_t *token = json_object_get(json_object_get(turn->params, "_meta"), "progressToken");
	struct text *out = &w->call->out;

	if (token) {
		for (int i = 0; i <= 100; i += 50) {
			text_add(out, "data:{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
				"\"params\":{\"progressToken\":");
			if (json_is_string(token))
				json_text(out, json_string_value(token));
			else
				text_printf(out, "%lld", (long long)json_integer_value(token));
			text_printf(out, ",\"progress\":%d,\"total\":100}}\n\n", i);
		}
		text_add(out, "data:");
		w->call->type = "text/event-stream";
	}
	say(w, "Done.");
	if (token)
		text_add(out, "\n\n");
	return OK;
}

static enum result
run_logging(struct work *w)
{
	static const char *const words[] = { "Tool execution started", "Tool processing data",
		"Tool execution completed" };
	struct text *out = &w->call->out;

	for (size_t i = 0; i < COUNT(words); i++)
		text_printf(out, "data:{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
			"\"params\":{\"level\":\"info\",\"data\":\"%s\"}}\n\n", words[i]);
	text_add(out, "data:");
	w->call->type = "text/event-stream";
	say(w, "Done.");
	text_add(out, "\n\n");
	return OK;
}

static bool
call_tool(struct work *w, enum result *r)
{
	const char *name = rpc_param(rpc_turn(w), "name");

	if (!name || strncmp(name, "test_", 5) != 0)
		return false;
	for (size_t i = 0; i < COUNT(plain); i++)
		if (strcmp(plain[i].name, name) == 0) {
			rpc_open(w);
			text_printf(&w->call->out, "%s%s", w->call->out.at[w->call->out.len - 1] == '{' ? "" : ",",
				plain[i].result);
			rpc_close(w);
			*r = OK;
			return true;
		}
	for (size_t i = 0; i < COUNT(rounds); i++)
		if (strcmp(rounds[i].name, name) == 0) {
			*r = run_round(w, &rounds[i]);
			return true;
		}
	if (run_asking(w, name, r))
		return true;
	if (strcmp(name, "test_input_required_result_multi_round") == 0)
		*r = run_steps(w);
	else if (strcmp(name, "test_input_required_result_capabilities") == 0)
		*r = run_capabilities(w);
	else if (strcmp(name, "test_tool_with_progress") == 0)
		*r = run_progress(w);
	else if (strcmp(name, "test_tool_with_logging") == 0 && !rpc_turn(w)->modern)
		*r = run_logging(w);
	else if (strcmp(name, "test_trigger_tool_change") == 0) {
		atomic_fetch_add(&mcp_edition, 1);
		*r = say(w, "The tools have changed.");
	} else if (strcmp(name, "test_missing_capability") == 0)
		*r = can(w, "sampling") ? say(w, "It is there.") : lacks(w, "sampling");
	else
		return false;
	return true;
}

static void
list_tool(struct text *out, const char *name, bool first)
{
	text_printf(out, "%s{\"name\":\"%s\",\"description\":\"For the conformance suite.\","
		"\"inputSchema\":{\"type\":\"object\"}}", first ? "" : ",", name);
}

static bool
list_tools(struct work *w, enum result *r)
{
	static const char *const others[] = { "test_input_required_result_multi_round",
		"test_input_required_result_capabilities", "test_tool_with_progress",
		"test_missing_capability", "test_tool_with_logging", "test_sampling",
		"test_trigger_tool_change",
		"test_elicitation", "test_elicitation_sep1034_defaults",
		"test_elicitation_sep1330_enums" };
	struct text *out = &w->call->out;

	rpc_open(w);
	json_key(out, "tools");
	text_char(out, '[');
	for (size_t i = 0; i < COUNT(plain); i++)
		list_tool(out, plain[i].name, i == 0);
	for (size_t i = 0; i < COUNT(rounds); i++)
		list_tool(out, rounds[i].name, false);
	for (size_t i = 0; i < COUNT(others); i++)
		list_tool(out, others[i], false);
	text_char(out, ']');
	rpc_keep(w, 0, "private");
	rpc_close(w);
	*r = OK;
	return true;
}

/* ---- prompts ---- */

static const char *
argument(const struct turn *turn, const char *name)
{
	const char *text = json_string_value(
		json_object_get(json_object_get(turn->params, "arguments"), name));

	return text ? text : "";
}

static enum result
write_messages(struct work *w, const char *content)
{
	struct text *out = &w->call->out;

	rpc_open(w);
	json_key(out, "messages");
	text_printf(out, "[%s]", content);
	rpc_close(w);
	return OK;
}

#define MESSAGE(content) "{\"role\":\"user\",\"content\":" content "}"

static bool
get_prompt(struct work *w, enum result *r)
{
	const struct turn *turn = rpc_turn(w);
	const char *name = rpc_param(turn, "name");

	if (!name)
		return false;
	if (strcmp(name, "test_simple_prompt") == 0)
		*r = write_messages(w, MESSAGE(TEXT_BLOCK("This is a simple prompt for testing.")));
	else if (strcmp(name, "test_prompt_with_arguments") == 0)
		*r = write_messages(w, arena_printf(w->arena,
			MESSAGE(TEXT_BLOCK("Prompt with arguments: arg1='%s', arg2='%s'")),
			argument(turn, "arg1"), argument(turn, "arg2")));
	else if (strcmp(name, "test_prompt_with_embedded_resource") == 0)
		*r = write_messages(w, arena_printf(w->arena,
			MESSAGE("{\"type\":\"resource\",\"resource\":{\"uri\":\"%s\",\"mimeType\":\"text/plain\","
				"\"text\":\"Embedded resource content for testing.\"}}") ","
			MESSAGE(TEXT_BLOCK("Please process the embedded resource above.")),
			argument(turn, "resourceUri")));
	else if (strcmp(name, "test_prompt_with_image") == 0)
		*r = write_messages(w, MESSAGE(IMAGE_BLOCK) ","
			MESSAGE(TEXT_BLOCK("Please analyze the image above.")));
	else if (strcmp(name, "test_input_required_result_prompt") == 0)
		*r = answered(w, "user_context", NULL)
			? write_messages(w, MESSAGE(TEXT_BLOCK("Use the context that was given.")))
			: require_input(w, ELICIT("user_context", "What context should the prompt use?",
				"context", "string"), NULL);
	else
		return false;
	return true;
}

#define ABOUT "\"description\":\"For the conformance suite.\""

static bool
list_prompts(struct work *w, enum result *r)
{
	struct text *out = &w->call->out;

	rpc_open(w);
	json_key(out, "prompts");
	text_add(out, "[{\"name\":\"test_simple_prompt\"," ABOUT "},{\"name\":\"test_prompt_with_arguments\"," ABOUT ","
		"\"arguments\":[{\"name\":\"arg1\",\"required\":true},{\"name\":\"arg2\",\"required\":true}]},"
		"{\"name\":\"test_prompt_with_embedded_resource\"," ABOUT ",\"arguments\":[{\"name\":\"resourceUri\","
		"\"required\":true}]},{\"name\":\"test_prompt_with_image\"," ABOUT "},"
		"{\"name\":\"test_input_required_result_prompt\"," ABOUT "}]");
	rpc_keep(w, 0, "private");
	rpc_close(w);
	*r = OK;
	return true;
}

static bool
complete(struct work *w, enum result *r)
{
	rpc_open(w);
	json_put_raw(&w->call->out, "completion",
		"{\"values\":[\"paris\",\"park\",\"party\"],\"total\":150,\"hasMore\":false}");
	rpc_close(w);
	*r = OK;
	return true;
}

/* ---- resources ---- */

static bool
list_resources(struct work *w, enum result *r)
{
	rpc_open(w);
	json_put_raw(&w->call->out, "resources", "[{\"uri\":\"test://static-text\",\"name\":\"text\","
		"\"mimeType\":\"text/plain\"},{\"uri\":\"test://static-binary\",\"name\":\"binary\","
		"\"mimeType\":\"image/png\"}]");
	rpc_keep(w, 0, "private");
	rpc_close(w);
	*r = OK;
	return true;
}

static bool
read_resource(struct work *w, enum result *r)
{
	static const char head[] = "test://template/", tail[] = "/data";
	const char *uri = rpc_param(rpc_turn(w), "uri"), *contents = NULL;
	size_t n = uri ? strlen(uri) : 0;

	if (uri && strcmp(uri, "test://static-text") == 0)
		contents = "[{\"uri\":\"test://static-text\",\"mimeType\":\"text/plain\","
			"\"text\":\"This is the content of the static text resource.\"}]";
	else if (uri && strcmp(uri, "test://static-binary") == 0)
		contents = "[{\"uri\":\"test://static-binary\",\"mimeType\":\"image/png\",\"blob\":\"" PNG "\"}]";
	else if (uri && strncmp(uri, head, sizeof(head) - 1) == 0 && n > sizeof(head) + sizeof(tail) - 2 &&
		strcmp(uri + n - sizeof(tail) + 1, tail) == 0) {
		const char *id = arena_copy(w->arena, uri + sizeof(head) - 1,
			n - sizeof(head) - sizeof(tail) + 2);

		contents = arena_printf(w->arena, "[{\"uri\":\"%s\",\"mimeType\":\"application/json\",\"text\":"
			"\"{\\\"id\\\":\\\"%s\\\",\\\"templateTest\\\":true,\\\"data\\\":\\\"Data for ID: %s\\\"}\"}]",
			uri, id, id);
	}
	if (!contents)
		return false;
	rpc_open(w);
	json_put_raw(&w->call->out, "contents", contents);
	rpc_keep(w, 0, "private");
	rpc_close(w);
	*r = OK;
	return true;
}

static bool
empty(struct work *w, enum result *r)
{
	rpc_open(w);
	rpc_close(w);
	*r = OK;
	return true;
}

static bool
answer(struct work *w, enum result *r)
{
	static const struct { const char *method; bool (*run)(struct work *, enum result *); bool old; } methods[] = {
		{ "tools/list", list_tools, false }, { "tools/call", call_tool, false },
		{ "prompts/list", list_prompts, false }, { "prompts/get", get_prompt, false },
		{ "completion/complete", complete, false }, { "resources/list", list_resources, false },
		{ "resources/read", read_resource, false }, { "logging/setLevel", empty, true },
		{ "resources/subscribe", empty, true }, { "resources/unsubscribe", empty, true },
	};
	const struct turn *turn = rpc_turn(w);

	for (size_t i = 0; i < COUNT(methods); i++)
		if (strcmp(methods[i].method, turn->method) == 0 && !(methods[i].old && turn->modern))
			return methods[i].run(w, r);
	return false;
}

int
main(int argc, char **argv)
{
	const char *patience = getenv("FIXTURES_PATIENCE");

	mcp_fixtures = answer;
	if (patience)
		mcp_settings.patience = atoi(patience);
	return (int)command_run(argc - 1, argv + 1);
}
