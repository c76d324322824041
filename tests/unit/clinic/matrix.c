/*
 * matrix - every role with every scope at every tool and every route: all cells.
 *
 * What is expected is written down here by hand from clinic-api 1, not taken from
 * the program: letters of roles, doctor nurse patient admin system.
 */
#include "practice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const roles[] = { "doctor", "nurse", "patient", "admin", "system" };
static const char *const words[] = { "patients", "providers", "appointments", "medications",
	"allergies", "vitals", "labs", "clients" };

static const struct {
	const char *name, *scope, *roles;
} tools[] = {
	{ "authenticate", NULL, "dnpas" },
	{ "validate_token", NULL, "dnpas" },
	{ "register_client", "write:clients", "a" },
	{ "get_patient", "read:patients", "dnpas" },
	{ "search_patients", "read:patients", "dnpas" },
	{ "create_patient", "write:patients", "dnas" },
	{ "update_patient", "write:patients", "dnas" },
	{ "get_patient_record", "read:vitals", "dnps" },
	{ "get_medications", "read:medications", "dnps" },
	{ "get_lab_results", "read:labs", "dnps" },
	{ "get_vital_signs", "read:vitals", "dnps" },
	{ "get_allergies", "read:allergies", "dnps" },
	{ "get_appointments", "read:appointments", "dnpas" },
	{ "schedule_appointment", "write:appointments", "dnpas" },
	{ "reschedule_appointment", "write:appointments", "dnpas" },
	{ "cancel_appointment", "write:appointments", "dnpas" },
	{ "find_open_slots", "read:providers", "dnpas" },
	{ "search_providers", "read:providers", "dnpas" },
	{ "get_provider", "read:providers", "dnpas" },
	{ "prescribe_medication", "write:medications", "ds" },
	{ "discontinue_medication", "write:medications", "ds" },
	{ "refill_medication", "write:medications", "ds" },
	{ "add_allergy", "write:allergies", "dns" },
	{ "record_vital_signs", "write:vitals", "dns" },
	{ "order_lab", "write:labs", "dns" },
	{ "record_lab_result", "write:labs", "dns" },
};

static const struct {
	const char *route, *word, *read, *write, *drop;
} routes[] = {
	{ "patients", "patients", "dnpas", "dnas", "a" },
	{ "providers", "providers", "dnpas", "a", "a" },
	{ "appointments", "appointments", "dnpas", "dnpas", "dnas" },
	{ "medications", "medications", "dnps", "ds", "ds" },
	{ "allergies", "allergies", "dnps", "dns", "dns" },
	{ "vital-signs", "vitals", "dnps", "dns", "dns" },
	{ "lab-results", "labs", "dnps", "dns", "dns" },
	{ "clients", "clients", "a", "a", "a" },
};

static char mrn[32];

static int
open_all(void **state)
{
	struct made_client client;
	struct reply reply;
	char *token;

	if (practice_open(state))
		return -1;
	client = practice_client("doctor", "write:*,read:*", NULL);
	token = practice_token(&client, NULL);
	reply = practice_call(POST, "/clinic/v1/patients", token,
		"{\"first_name\":\"A\",\"last_name\":\"B\",\"dob\":\"1980-02-03\"}", NULL);
	snprintf(mrn, sizeof(mrn), "%s", json_string_value(json_object_get(reply.json, "mrn")));
	practice_forget(&reply);
	free(token);
	return 0;
}

static char *
token_of(const char *role, const char *scope)
{
	struct made_client client = practice_client(role, scope,
		strcmp(role, "patient") == 0 ? mrn : NULL);

	return practice_token(&client, NULL);
}

static bool
covers(const char *has, const char *needs)
{
	return !needs || strcmp(has, needs) == 0 ||
		(strcmp(has, "read:*") == 0 && strncmp(needs, "read:", 5) == 0) ||
		(strcmp(has, "write:*") == 0 && strncmp(needs, "write:", 6) == 0);
}

static void
wrong(const char *role, const char *scope, const char *what, int status)
{
	print_error("%s with %s: %s gives %d\n", role, scope, what, status);
	assert_true(false);
}

static bool
is_listed(const struct reply *list, const char *name)
{
	json_t *tool, *all = json_object_get(json_object_get(list->json, "result"), "tools");
	size_t i;

	json_array_foreach(all, i, tool)
		if (strcmp(json_string_value(json_object_get(tool, "name")), name) == 0)
			return true;
	return false;
}

static void
check_tools(const char *role, const char *scope, const char *token)
{
	struct reply list = practice_call(POST, "/mcp", token,
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", NULL);

	for (size_t i = 0; i < COUNT(tools); i++) {
		bool may = strchr(tools[i].roles, role[0]) && covers(scope, tools[i].scope);
		struct reply reply;
		char body[200];

		if (is_listed(&list, tools[i].name) != may)
			wrong(role, scope, tools[i].name, 0);
		snprintf(body, sizeof(body), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
			"\"params\":{\"name\":\"%s\",\"arguments\":{}}}", tools[i].name);
		reply = practice_call(POST, "/mcp", token, body, NULL);
		/* who may is told which arguments are missing */
		if (reply.status != (may ? 200 : 403))
			wrong(role, scope, tools[i].name, reply.status);
		practice_forget(&reply);
	}
	practice_forget(&list);
}

static void
check_route(const char *role, const char *scope, const char *token, size_t i)
{
	const struct { enum method method; const char *verb, *roles, *path, *body; } ways[] = {
		{ GET, "read", routes[i].read, "", NULL },
		{ POST, "write", routes[i].write, "", "{}" },
		{ PATCH, "write", routes[i].write, "/987654", "{}" },
		{ DELETE, "write", routes[i].drop, "/987654", NULL },
	};

	for (size_t n = 0; n < COUNT(ways); n++) {
		char path[80], needs[40];
		struct reply reply;
		bool may;

		snprintf(path, sizeof(path), "/clinic/v1/%s%s", routes[i].route, ways[n].path);
		snprintf(needs, sizeof(needs), "%s:%s", ways[n].verb, routes[i].word);
		reply = practice_call(ways[n].method, path, token, ways[n].body, NULL);
		may = covers(scope, needs);
		/* a row that is not there is not there for whoever has the scope, whatever
		 * the role: so the role shows at lists and creates */
		if (*ways[n].path ? (reply.status == 403) != !may
				  : (reply.status == 403) == (may && strchr(ways[n].roles, role[0])))
			wrong(role, scope, path, reply.status);
		practice_forget(&reply);
	}
}

static void
check_cell(const char *role, const char *scope)
{
	char *token = token_of(role, scope);

	check_tools(role, scope, token);
	for (size_t i = 0; i < COUNT(routes); i++)
		check_route(role, scope, token, i);
	free(token);
}

static void
every_cell_is_as_the_contract_says(void **state)
{
	char scope[40];

	(void)state;
	for (size_t r = 0; r < COUNT(roles); r++) {
		check_cell(roles[r], "read:*");
		check_cell(roles[r], "write:*");
		for (size_t i = 0; i < COUNT(words); i++) {
			snprintf(scope, sizeof(scope), "read:%s", words[i]);
			check_cell(roles[r], scope);
			snprintf(scope, sizeof(scope), "write:%s", words[i]);
			check_cell(roles[r], scope);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_is_as_the_contract_says),
	};

	return cmocka_run_group_tests(tests, open_all, practice_close);
}
