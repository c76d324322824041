/*
 * plans - how the databases would run every statement that the clinic face has made:
 * no chart may be looked for by walking through a table from end to end.
 *
 * The statements are those that two connections keep prepared after a patient had one
 * of everything, by REST and by tools, which was read in every way the routes and
 * tools know, changed and deleted.  A new route is covered by itself.
 */
#include "practice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "engine/call.h"
#include "../plans.h"

static char *admin, *doctor, *patient;
static char mrn[32], appointment[32], day[DATE_SIZE];

/* No answer is a fault of ours; what it is else does not matter here. */
static struct reply
ask(enum method method, const char *path, const char *token, const char *body)
{
	struct reply reply = practice_call(method, path, token, body, NULL);

	if (reply.status >= 500)
		print_error("method %d, %s: %d\n", (int)method, path, reply.status);
	assert_true(reply.status < 500);
	return reply;
}

static void
do_it(enum method method, const char *path, const char *token, const char *body)
{
	struct reply reply = ask(method, path, token, body);

	practice_forget(&reply);
}

/* The text with what is made up here: %M the patient, %A the visit, %D its day. */
static const char *
fill(const char *text, char *out, size_t size)
{
	struct text all = { 0 };

	for (; *text; text++) {
		const char *in = text[0] != '%' ? NULL : text[1] == 'M' ? mrn
			: text[1] == 'A' ? appointment : text[1] == 'D' ? day : NULL;

		if (in)
			text_add(&all, in);
		else
			text_char(&all, *text);
		text += in != NULL;
	}
	(void)snprintf(out, size, "%s", text_string(&all));
	text_close(&all);
	return out;
}

static void
keep(char *to, const char *path, const char *body, const char *member)
{
	char filled[500];
	struct reply reply = ask(POST, path, doctor, fill(body, filled, sizeof(filled)));

	if (reply.status != 201)
		print_error("%s: %d\n", path, reply.status);
	assert_int_equal(reply.status, 201);
	(void)snprintf(to, 32, "%s", json_string_value(json_object_get(reply.json, member)));
	practice_forget(&reply);
}

static const char *const tools[][2] = {
	{ "get_patient", "{\"mrn\":\"%M\"}" },
	{ "search_patients", "{\"search_term\":\"Ann\"}" },
	{ "search_patients", "{\"search_term\":\"%M\"}" },
	{ "update_patient", "{\"mrn\":\"%M\",\"email\":\"a@example.com\"}" },
	{ "get_patient_record", "{\"mrn\":\"%M\"}" },
	{ "get_medications", "{\"mrn\":\"%M\"}" },
	{ "get_lab_results", "{\"mrn\":\"%M\"}" },
	{ "get_vital_signs", "{\"mrn\":\"%M\"}" },
	{ "get_allergies", "{\"mrn\":\"%M\"}" },
	{ "get_appointments", "{\"mrn\":\"%M\"}" },
	{ "get_appointments", "{\"mrn\":\"%M\",\"status\":\"scheduled\"}" },
	{ "search_providers", "{\"name\":\"Dr\"}" },
	{ "get_provider", "{\"npi\":\"1234567893\"}" },
	{ "find_open_slots", "{\"provider_npi\":\"1234567893\",\"date\":\"%D\"}" },
	{ "schedule_appointment", "{\"mrn\":\"%M\",\"provider_npi\":\"1234567893\","
	  "\"date\":\"%D\",\"time\":\"11:00\"}" },
	{ "reschedule_appointment", "{\"appointment_id\":\"%A\",\"new_date\":\"%D\","
	  "\"new_time\":\"13:00\",\"date\":\"%D\",\"time\":\"13:00\"}" },
	{ "prescribe_medication", "{\"mrn\":\"%M\",\"name\":\"Aspirin\",\"dosage\":\"81 mg\","
	  "\"frequency\":\"daily\",\"prescribed_by\":\"Dr. A\"}" },
	{ "refill_medication", "{\"mrn\":\"%M\",\"medication_id\":1}" },
	{ "discontinue_medication", "{\"mrn\":\"%M\",\"medication_id\":1,\"reason\":\"Done\"}" },
	{ "add_allergy", "{\"mrn\":\"%M\",\"allergen\":\"Latex\",\"reaction\":\"Rash\","
	  "\"severity\":\"mild\"}" },
	{ "record_vital_signs", "{\"mrn\":\"%M\",\"heart_rate\":61}" },
	{ "order_lab", "{\"mrn\":\"%M\",\"test_name\":\"CBC\"}" },
	{ "record_lab_result", "{\"mrn\":\"%M\",\"lab_result_id\":1,\"result_value\":\"7\"}" },
	{ "cancel_appointment", "{\"appointment_id\":\"%A\",\"reason\":\"Ill\"}" },
};

static void
use_tools(const char *token)
{
	for (size_t i = 0; i < COUNT(tools); i++) {
		char args[400], body[600];

		(void)snprintf(body, sizeof(body), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
			"\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}", tools[i][0],
			fill(tools[i][1], args, sizeof(args)));
		do_it(POST, "/mcp", token, body);
	}
	plans_gather(practice->store);
}

/* Every route of one method, its parameters by their names. */
static void
walk_routes(enum method method, const char *token, const char *query, const char *body)
{
	for (size_t i = 0; practice->tables[i]; i++)
		for (const struct route *route = practice->tables[i]; route->path; route++) {
			char path[300], with[400];
			struct text url = { 0 };

			if (!(route->method & method) || strncmp(route->path, "/clinic", 7) != 0)
				continue;
			for (const char *at = route->path; *at; at++) {
				if (*at != '{') {
					text_char(&url, *at);
					continue;
				}
				text_add(&url, strstr(route->path, "/patients/") ? "%M"
					: strstr(route->path, "/providers/") ? "1234567893"
					: strstr(route->path, "/appointments/") ? "%A" : "1");
				at = strchr(at, '}');
			}
			(void)snprintf(with, sizeof(with), "%s%s", text_string(&url), query);
			do_it(method, fill(with, path, sizeof(path)), token, body);
			text_close(&url);
		}
}

static void
read_all(const char *token)
{
	static const char *const queries[] = { "", "?patient_mrn=%M",
		"?patient_mrn=%M&status=active&limit=5&sort=-id", "?limit=2&sort=-created_at",
		"?q=ann", "?search=ann&name=ann&last_name=Smith&dob=1980-02-03",
		"?date=%D&provider_npi=1234567893&status=scheduled", "?severity=severe" };

	for (size_t i = 0; i < COUNT(queries); i++)
		walk_routes(GET, token, queries[i], NULL);
	plans_gather(practice->store);
}

static char *
token_of(const char *role, const char *bound)
{
	struct made_client client = practice_client(role, "read:*,write:*", bound);

	return practice_token(&client, NULL);
}

static void
make_all(void)
{
	char row[32], today[DATE_SIZE];

	date_today(today);
	date_add(today, 3, day);
	admin = token_of("admin", NULL);
	doctor = token_of("doctor", NULL);
	do_it(POST, "/clinic/v1/providers", admin, "{\"npi\":\"1234567893\",\"name\":\"Dr. A\"}");
	keep(mrn, "/clinic/v1/patients", "{\"first_name\":\"Ann\",\"last_name\":\"Smith\","
		"\"dob\":\"1980-02-03\"}", "mrn");
	patient = token_of("patient", mrn);
	keep(appointment, "/clinic/v1/appointments", "{\"patient_mrn\":\"%M\",\"provider_npi\":"
		"\"1234567893\",\"date\":\"%D\",\"time\":\"10:00\"}", "appointment_id");
	keep(row, "/clinic/v1/medications", "{\"patient_mrn\":\"%M\",\"name\":\"Ibuprofen\","
		"\"dosage\":\"200 mg\",\"frequency\":\"daily\"}", "patient_mrn");
	keep(row, "/clinic/v1/allergies", "{\"patient_mrn\":\"%M\",\"allergen\":\"Pollen\","
		"\"severity\":\"mild\"}", "patient_mrn");
	keep(row, "/clinic/v1/vital-signs", "{\"patient_mrn\":\"%M\",\"heart_rate\":60}",
		"patient_mrn");
	keep(row, "/clinic/v1/lab-results", "{\"patient_mrn\":\"%M\",\"test_name\":\"LDL\","
		"\"ordered_date\":\"2024-05-01\"}", "patient_mrn");
	plans_gather(practice->store);
}

static void
drop_all(void)
{
	static const char *const kinds[] = { "vital-signs", "lab-results", "allergies",
		"medications" };
	char path[100];

	for (size_t i = 0; i < COUNT(kinds); i++) {
		(void)snprintf(path, sizeof(path), "/clinic/v1/%s/1", kinds[i]);
		do_it(DELETE, path, admin, NULL);
	}
	do_it(DELETE, fill("/clinic/v1/appointments/%A", path, sizeof(path)), admin, NULL);
	do_it(DELETE, fill("/clinic/v1/patients/%M", path, sizeof(path)), admin, NULL);
	do_it(DELETE, "/clinic/v1/providers/1234567893", admin, NULL);
	plans_gather(practice->store);
}

/* By its patient, or by a key; searches and lists over the whole practice are not. */
static bool
names_somebody(const char *sql)
{
	static const char *const words[] = { "patient_id = ", "patient_id IN (", "_id = $", " id = $",
		"mrn = $", "npi = $" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strstr(sql, words[i]))
			return true;
	return false;
}

/* What is no table; what names nobody; the ends of the chains. */
static bool
allowed(const char *what, const char *sql)
{
	static const char *const nothing[] = { "CONSTANT ROW", "(", "json_each", "pragma_",
		"sqlite_master", "derived", "pg_" };

	for (size_t i = 0; i < COUNT(nothing); i++)
		if (strncmp(what, nothing[i], strlen(nothing[i])) == 0)
			return true;
	return !names_somebody(sql) || strcmp(sql, "SELECT seq, hash FROM activity_log "
			"WHERE chain = $1 ORDER BY id DESC LIMIT 1") == 0;
}

static void
no_statement_walks_through_the_charts(void **state)
{
	size_t naming = 0;

	(void)state;
	make_all();
	plans_pretend("clinic");
	read_all(admin);
	read_all(doctor);
	read_all(patient);
	use_tools(admin);
	use_tools(doctor);
	use_tools(patient);
	walk_routes(PATCH, doctor, "", "{\"notes\":\"x\",\"heart_rate\":62,\"phone\":\"5551234567\"}");
	walk_routes(PUT, admin, "", "{\"notes\":\"x\",\"specialty\":\"GP\"}");
	plans_gather(practice->store);
	drop_all();
	for (size_t i = 0; i < plans_n; i++)
		naming += names_somebody(plans_seen[i]);
	print_message("%zu statements, %zu name somebody\n", plans_n, naming);
	assert_true(plans_n > 120 && naming > 60);
	assert_int_equal(plans_ask(store_dir(practice->store), "clinic", allowed), 0);
}

static int
open_alone(void **state)
{
	settings.database_writers = 1;
	if (practice_open(state))
		return -1;
	settings.rate_limit = false;
	return 0;
}

static int
close_all(void **state)
{
	free(admin);
	free(doctor);
	free(patient);
	return practice_close(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_statement_walks_through_the_charts),
	};

	return cmocka_run_group_tests(tests, open_alone, close_all);
}
