/*
 * rest - charts over REST: what is stored, what is refused, who sees what.
 */
#include "practice.h"

#include <stdlib.h>
#include <string.h>

#include "base/moment.h"

static char *doctor, *nurse, *admin, *patient;
static char mrn[32], other[32], tomorrow[DATE_SIZE];

static struct reply
post(const char *path, const char *token, const char *body)
{
	return practice_call(POST, path, token, body, NULL);
}

static int
end(struct reply reply)
{
	practice_forget(&reply);
	return reply.status;
}

static const char *
text(const struct reply *reply, const char *name)
{
	const char *value = json_string_value(json_object_get(reply->json, name));

	return value ? value : "";
}

static char *
token_of(const char *role, const char *bound)
{
	struct made_client client = practice_client(role, "read:*,write:*", bound);

	return practice_token(&client, NULL);
}

static void
admit(char *key, const char *first)
{
	char body[200];
	struct reply reply;

	snprintf(body, sizeof(body), "{\"first_name\":\"%s\",\"last_name\":\"Müller\","
		"\"dob\":\"1980-02-03\",\"ssn\":\"123-45-6789\"}", first);
	reply = post("/clinic/v1/patients", doctor, body);
	assert_int_equal(reply.status, 201);
	snprintf(key, 32, "%s", text(&reply, "mrn"));
	assert_int_equal(strncmp(key, "MRN", 3), 0);
	assert_string_equal(text(&reply, "ssn_last4"), "6789");
	assert_null(json_object_get(reply.json, "ssn"));
	assert_non_null(strstr(reply.location, key));
	practice_forget(&reply);
}

static int
open_all(void **state)
{
	char today[DATE_SIZE];

	if (practice_open(state))
		return -1;
	date_today(today);
	date_add(today, 1, tomorrow);
	doctor = token_of("doctor", NULL);
	nurse = token_of("nurse", NULL);
	admin = token_of("admin", NULL);
	admit(mrn, "Ann");
	admit(other, "Bob");
	patient = token_of("patient", mrn);
	assert_int_equal(end(post("/clinic/v1/providers", admin,
		"{\"npi\":\"1234567893\",\"name\":\"Dr. A\",\"specialty\":\"Eyes\"}")), 201);
	return 0;
}

static int
close_all(void **state)
{
	free(doctor);
	free(nurse);
	free(admin);
	free(patient);
	return practice_close(state);
}

/* The key in place of the pattern's %s. */
static const char *
path(const char *pattern, const char *key)
{
	static char out[200];
	const char *at = strstr(pattern, "%s");

	snprintf(out, sizeof(out), "%.*s%s%s", (int)(at - pattern), pattern, key, at + 2);
	return out;
}

static int
book(const char *token, const char *key, const char *time)
{
	char body[300];

	snprintf(body, sizeof(body), "{\"patient_mrn\":\"%s\",\"provider_npi\":\"1234567893\","
		"\"date\":\"%s\",\"time\":\"%s\"}", key, tomorrow, time);
	return end(post("/clinic/v1/appointments", token, body));
}

static void
a_slot_is_given_away_once(void **state)
{
	(void)state;
	assert_int_equal(book(doctor, mrn, "2:30 PM"), 201);
	assert_int_equal(book(doctor, other, "14:45"), 409); /* the provider */
	assert_int_equal(book(doctor, mrn, "14:00"), 201);
	assert_int_equal(book(doctor, other, "15:00"), 201);
	assert_int_equal(book(doctor, mrn, "13:00 AM"), 422);
	assert_int_equal(practice_count("SELECT count(*) FROM appointments WHERE time = '14:30'"), 1);
}

static void
problems_come_all_at_once(void **state)
{
	struct reply reply = post("/clinic/v1/patients", doctor,
		"{\"first_name\":\"\",\"dob\":\"2999-01-01\"}");

	(void)state;
	assert_int_equal(reply.status, 422);
	assert_int_equal(json_array_size(json_object_get(reply.json, "errors")), 3);
	practice_forget(&reply);
}

static void
namesakes_need_a_word(void **state)
{
	(void)state;
	assert_int_equal(end(post("/clinic/v1/patients", doctor, "{\"first_name\":\"ANN\","
		"\"last_name\":\"Muller\",\"dob\":\"1980-02-03\"}")), 409);
	assert_int_equal(end(post("/clinic/v1/patients", doctor, "{\"first_name\":\"ANN\","
		"\"last_name\":\"Muller\",\"dob\":\"1980-02-03\",\"confirm_new\":true}")), 201);
}

static void
allergies_stand_in_the_way(void **state)
{
	const char *meds = "/clinic/v1/patients/%s/medications";

	(void)state;
	assert_int_equal(end(post(path("/clinic/v1/patients/%s/allergies", mrn), nurse,
		"{\"allergen\":\"Penicillin\",\"severity\":\"severe\"}")), 201);
	assert_int_equal(end(post(path(meds, mrn), doctor, "{\"name\":\"penicillin V\"}")), 409);
	assert_int_equal(end(post(path(meds, mrn), doctor, "{\"name\":\"Penicillinase\"}")), 201);
	assert_int_equal(end(post(path(meds, mrn), doctor, "{\"name\":\"penicillin V\","
		"\"override_reason\":\"Tested negative\"}")), 201);
	assert_int_equal(practice_count("SELECT count(*) FROM clinical_notes WHERE "
		"kind = 'override' AND text = 'Tested negative'"), 1);
	assert_int_equal(practice_count("SELECT count(*) FROM activity_log WHERE "
		"description LIKE '%negative%'"), 0);
}

static void
roles_hold(void **state)
{
	(void)state;
	assert_int_equal(end(post(path("/clinic/v1/patients/%s/medications", mrn), nurse,
		"{\"name\":\"Aspirin\"}")), 403);
	assert_int_equal(end(practice_call(GET, "/clinic/v1/medications", admin, NULL, NULL)), 403);
	assert_int_equal(end(practice_call(DELETE, path("/clinic/v1/patients/%s", other), doctor,
		NULL, NULL)), 403);
	assert_int_equal(end(practice_call(GET, "/clinic/v1/clients", doctor, NULL, NULL)), 403);
	assert_int_equal(end(post("/clinic/v1/providers", doctor,
		"{\"npi\":\"1\",\"name\":\"X\"}")), 403);
	assert_int_equal(end(practice_call(GET, "/clinic/v1/patients", NULL, NULL, NULL)), 401);
}

static void
a_patient_sees_one_chart_only(void **state)
{
	struct reply reply = practice_call(GET, "/clinic/v1/patients", patient, NULL, NULL);

	(void)state;
	assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 1);
	practice_forget(&reply);
	assert_int_equal(end(practice_call(GET, path("/clinic/v1/patients/%s", mrn), patient, NULL,
		NULL)), 200);
	assert_int_equal(end(practice_call(GET, path("/clinic/v1/patients/%s", other), patient,
		NULL, NULL)), 404);
	assert_int_equal(end(practice_call(GET, path("/clinic/v1/patients/%s/record", other),
		patient, NULL, NULL)), 404);
	assert_int_equal(end(practice_call(GET, path("/clinic/v1/patients/%s/vital-signs", other),
		patient, NULL, NULL)), 404);
	reply = practice_call(GET, path("/clinic/v1/medications?patient_mrn=%s", other), patient,
		NULL, NULL);
	assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 0);
	practice_forget(&reply);
	assert_int_equal(book(patient, other, "09:00"), 422);
	assert_int_equal(book(patient, mrn, "09:00"), 201);
	assert_int_equal(end(post(path("/clinic/v1/patients/%s/allergies", mrn), patient,
		"{\"allergen\":\"Dust\"}")), 403);
}

static void
a_patient_cancels_and_nothing_else(void **state)
{
	char body[300], key[40];
	struct reply reply;

	(void)state;
	snprintf(body, sizeof(body), "{\"provider_npi\":\"1234567893\",\"date\":\"%s\","
		"\"time\":\"07:00\"}", tomorrow);
	reply = post("/clinic/v1/appointments", patient, body);
	assert_int_equal(reply.status, 201);
	assert_string_equal(text(&reply, "patient_mrn"), mrn);
	snprintf(key, sizeof(key), "%s", text(&reply, "appointment_id"));
	practice_forget(&reply);
	assert_int_equal(end(practice_call(PATCH, path("/clinic/v1/appointments/%s", key), patient,
		"{\"time\":\"08:00\"}", NULL)), 403);
	assert_int_equal(end(practice_call(DELETE, path("/clinic/v1/appointments/%s", key), patient,
		NULL, NULL)), 403);
	assert_int_equal(end(practice_call(PATCH, path("/clinic/v1/appointments/%s", key), patient,
		"{\"status\":\"cancelled\",\"change_reason\":\"Away\"}", NULL)), 200);
	assert_int_equal(practice_count("SELECT count(*) FROM clinical_notes WHERE "
		"kind = 'cancellation' AND text = 'Away'"), 1);
	assert_int_equal(end(practice_call(PATCH, path("/clinic/v1/appointments/%s", key), doctor,
		"{\"status\":\"scheduled\"}", NULL)), 422);
}

static const char *staff_role;

static enum result
session(struct work *w, struct actor *actor)
{
	(void)w;
	if (!staff_role)
		return MISSING;
	*actor = (struct actor){ .kind = USER, .id = 7, .name = "someone", .role = staff_role,
		.by_cookie = true };
	return OK;
}

static void
staff_come_in_by_their_session(void **state)
{
	static const char *const home[] = { "Sec-Fetch-Site: same-origin", NULL };
	static const char *const away[] = { "Sec-Fetch-Site: cross-site", NULL };
	const char *allergies = "/clinic/v1/patients/%s/allergies";

	(void)state;
	clinic_staff = session;
	staff_role = "nurse";
	assert_int_equal(end(practice_call(GET, path(allergies, other), NULL, NULL, NULL)), 200);
	assert_int_equal(end(practice_call(POST, path(allergies, other), NULL,
		"{\"allergen\":\"Dust\"}", home)), 201);
	assert_int_equal(end(practice_call(POST, path(allergies, other), NULL,
		"{\"allergen\":\"Hay\"}", away)), 403);
	assert_int_equal(end(practice_call(POST, path(allergies, other), NULL,
		"{\"allergen\":\"Hay\"}", NULL)), 403);
	staff_role = "staff";
	assert_int_equal(end(practice_call(GET, "/clinic/v1/appointments", NULL, NULL, NULL)), 200);
	assert_int_equal(end(practice_call(GET, path(allergies, other), NULL, NULL, NULL)), 403);
	staff_role = "user";
	assert_int_equal(end(practice_call(GET, "/clinic/v1/providers", NULL, NULL, NULL)), 403);
	staff_role = "system"; /* for clients only */
	assert_int_equal(end(practice_call(GET, "/clinic/v1/providers", NULL, NULL, NULL)), 403);
	staff_role = NULL;
	assert_int_equal(end(practice_call(GET, "/clinic/v1/providers", NULL, NULL, NULL)), 401);
	clinic_staff = NULL;
}

static void
vitals_are_plausible_and_give_a_bmi(void **state)
{
	const char *vitals = "/clinic/v1/patients/%s/vital-signs";
	struct reply reply = post(path(vitals, mrn), nurse, "{\"weight\":185,\"height\":70}");

	(void)state;
	assert_int_equal(reply.status, 201);
	assert_true(json_real_value(json_object_get(reply.json, "bmi")) > 26.49);
	practice_forget(&reply);
	reply = post(path(vitals, mrn), nurse, "{\"heart_rate\":70,\"notes\":\"\\\"recorded_date\\\":\\\"x\\\"\","
		"\"recorded_date\":\"2025-01-02T03:04:05+02:00\"}");
	assert_string_equal(text(&reply, "recorded_date"), "2025-01-02T01:04:05Z");
	assert_string_equal(text(&reply, "notes"), "\"recorded_date\":\"x\"");
	practice_forget(&reply);
	assert_int_equal(end(post(path(vitals, mrn), nurse, "{}")), 422);
	assert_int_equal(end(post(path(vitals, mrn), nurse, "{\"systolic_bp\":400}")), 422);
	assert_int_equal(end(post(path(vitals, mrn), nurse,
		"{\"systolic_bp\":80,\"diastolic_bp\":90}")), 422);
	assert_int_equal(end(post(path(vitals, mrn), nurse, "{\"oxygen_saturation\":97.5}")), 422);
	assert_int_equal(end(post(path(vitals, mrn), nurse,
		"{\"heart_rate\":70,\"recorded_date\":\"2999-01-01T00:00:00Z\"}")), 422);
}

static void
results_take_both_forms(void **state)
{
	const char *labs = "/clinic/v1/patients/%s/lab-results";

	(void)state;
	assert_int_equal(end(post(path(labs, mrn), doctor, "{\"test_name\":\"CBC\","
		"\"results_json\":{\"WBC\":\"7.5\"}}")), 201);
	assert_int_equal(end(post(path(labs, mrn), doctor, "{\"test_name\":\"CBC\","
		"\"results_json\":\"[{\\\"component\\\":\\\"WBC\\\",\\\"value\\\":\\\"7.5\\\"}]\"}")),
		201);
	assert_int_equal(end(post(path(labs, mrn), doctor, "{\"test_name\":\"CBC\","
		"\"results_json\":[1,2]}")), 422);
	assert_int_equal(end(post(path(labs, mrn), doctor, "{\"test_name\":\"CBC\","
		"\"ordered_date\":\"2025-01-02\",\"collected_date\":\"2025-01-01\"}")), 422);
}

static void
who_was_faster_wins(void **state)
{
	struct reply reply = practice_call(GET, path("/clinic/v1/patients/%s", other), doctor,
		NULL, NULL);
	char match[100];
	const char *const headers[] = { match, NULL };

	(void)state;
	snprintf(match, sizeof(match), "If-Match: %s", reply.etag);
	practice_forget(&reply);
	reply = practice_call(PATCH, path("/clinic/v1/patients/%s", other), doctor,
		"{\"city\":\"Bern\"}", headers);
	assert_int_equal(reply.status, 200);
	assert_string_equal(text(&reply, "city"), "Bern");
	practice_forget(&reply);
	assert_int_equal(end(practice_call(PATCH, path("/clinic/v1/patients/%s", other), doctor,
		"{\"city\":\"Basel\"}", headers)), 412);
}

static void
a_key_is_worth_one_row(void **state)
{
	const char *const headers[] = { "Idempotency-Key: k1", NULL };
	const char *body = "{\"first_name\":\"Once\",\"last_name\":\"Only\",\"dob\":\"1990-01-01\"}";
	struct reply first = practice_call(POST, "/clinic/v1/patients", doctor, body, headers);
	struct reply again = practice_call(POST, "/clinic/v1/patients", doctor, body, headers);

	(void)state;
	assert_int_equal(first.status, 201);
	assert_int_equal(again.status, 201);
	assert_string_equal(text(&first, "mrn"), text(&again, "mrn"));
	assert_string_equal(first.location, again.location);
	practice_forget(&first);
	practice_forget(&again);
	assert_int_equal(end(practice_call(POST, "/clinic/v1/patients", doctor, "{}", headers)), 422);
}

static void
pages_show_every_row_once(void **state)
{
	char at[300] = "/clinic/v1/patients?limit=1";
	int64_t n = 0;

	(void)state;
	for (;;) {
		struct reply reply = practice_call(GET, at, doctor, NULL, NULL);
		const char *cursor = text(&reply, "next_cursor");

		assert_int_equal(reply.status, 200);
		n += (int64_t)json_array_size(json_object_get(reply.json, "items"));
		snprintf(at, sizeof(at), "/clinic/v1/patients?limit=1&cursor=%s", cursor);
		if (!*cursor) {
			practice_forget(&reply);
			break;
		}
		practice_forget(&reply);
	}
	assert_int_equal(n, practice_count("SELECT count(*) FROM patients"));
	assert_int_equal(end(practice_call(GET, "/clinic/v1/patients?cursor=1.abc", doctor, NULL,
		NULL)), 422);
	assert_int_equal(end(practice_call(GET, "/clinic/v1/patients?nonsense=1", doctor, NULL,
		NULL)), 422);
}

static size_t
found(const char *at)
{
	struct reply reply = practice_call(GET, at, doctor, NULL, NULL);
	size_t n = json_array_size(json_object_get(reply.json, "items"));

	assert_int_equal(reply.status, 200);
	practice_forget(&reply);
	return n;
}

static void
search_knows_no_case_accent_or_order(void **state)
{
	(void)state;
	assert_int_equal(found("/clinic/v1/patients?q=muller bob"), 1);
	assert_int_equal(found("/clinic/v1/patients?q=BOB MÜLLER 1980"), 1);
	assert_int_equal(found("/clinic/v1/patients?q=%"), 0);
	assert_int_equal(found("/clinic/v1/providers?q=eyes"), 1);
	assert_true(found("/clinic/v1/appointments?upcoming=true") > 0);
	assert_true(found("/clinic/v1/medications?status=active") > 0);
}

static void
a_record_is_complete(void **state)
{
	static const char *const parts[] = { "patient", "appointments", "medications", "allergies",
		"vital_signs", "lab_results" };
	struct reply reply = practice_call(GET, path("/clinic/v1/patients/%s/record", mrn), doctor,
		NULL, NULL);

	(void)state;
	assert_int_equal(reply.status, 200);
	for (size_t i = 0; i < COUNT(parts); i++)
		assert_true(json_object_size(json_object_get(reply.json, parts[i])) ||
			json_array_size(json_object_get(reply.json, parts[i])));
	practice_forget(&reply);
	reply = practice_call(GET, path("/clinic/v1/patients/%s/summary", mrn), doctor, NULL, NULL);
	assert_int_equal(reply.status, 200);
	assert_true(json_integer_value(json_object_get(reply.json, "allergy_count")) == 1);
	practice_forget(&reply);
}

static void
deleting_takes_along_or_is_refused(void **state)
{
	struct reply reply = practice_call(DELETE, "/clinic/v1/providers/1234567893", admin, NULL,
		NULL);

	(void)state;
	assert_int_equal(reply.status, 409);
	assert_non_null(strstr(text(&reply, "detail"), "appointments"));
	practice_forget(&reply);
	assert_int_equal(end(practice_call(DELETE, path("/clinic/v1/patients/%s", mrn), admin, NULL,
		NULL)), 204);
	assert_int_equal(practice_count("SELECT count(*) FROM allergies WHERE "
		"allergen = 'Penicillin'"), 0);
	assert_int_equal(practice_count("SELECT count(*) FROM clinical_notes"), 0);
	assert_int_equal(end(practice_call(GET, "/clinic/v1/patients", patient, NULL, NULL)), 403);
}

static void
clients_show_their_secret_once(void **state)
{
	struct reply reply = post("/clinic/v1/clients", admin, "{\"app_id\":\"a\",\"app_name\":\"A\","
		"\"role\":\"doctor\",\"scopes\":[\"read:patients\"]}");
	char id[120];

	(void)state;
	assert_int_equal(reply.status, 201);
	assert_true(strlen(text(&reply, "client_secret")) == 64);
	snprintf(id, sizeof(id), "%s", text(&reply, "client_id"));
	practice_forget(&reply);
	reply = practice_call(GET, path("/clinic/v1/clients/%s", id), admin, NULL, NULL);
	assert_int_equal(reply.status, 200);
	assert_null(json_object_get(reply.json, "client_secret"));
	assert_null(json_object_get(reply.json, "client_secret_hash"));
	assert_true(json_is_array(json_object_get(reply.json, "scopes")));
	practice_forget(&reply);
	assert_int_equal(end(post("/clinic/v1/clients", admin, "{\"app_id\":\"a\",\"app_name\":\"A\","
		"\"role\":\"doctor\",\"scopes\":[\"read:everything\"]}")), 422);
	reply = post(path("/clinic/v1/clients/%s/key", id), admin, NULL);
	assert_int_equal(reply.status, 200);
	{
		char header[200];
		const char *const headers[] = { header, NULL };

		snprintf(header, sizeof(header), "X-API-Key: %s", text(&reply, "api_key"));
		assert_int_equal(end(practice_call(GET, "/clinic/v1/patients", NULL, NULL,
			headers)), 200);
	}
	practice_forget(&reply);
}

static void
every_look_leaves_an_entry(void **state)
{
	int64_t n;

	(void)state;
	assert_int_equal(end(practice_call(GET, path("/clinic/v1/patients/%s", other), doctor, NULL,
		NULL)), 200);
	assert_int_equal(book(doctor, other, "16:00"), 201); /* a write flushes the reads */
	n = practice_count("SELECT count(*) FROM activity_log WHERE action = 'read' "
		"AND entity_type = 'patient' AND patient_id > 0");
	assert_true(n > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slot_is_given_away_once),
		cmocka_unit_test(problems_come_all_at_once),
		cmocka_unit_test(allergies_stand_in_the_way),
		cmocka_unit_test(roles_hold),
		cmocka_unit_test(vitals_are_plausible_and_give_a_bmi),
		cmocka_unit_test(results_take_both_forms),
		cmocka_unit_test(a_patient_sees_one_chart_only),
		cmocka_unit_test(a_patient_cancels_and_nothing_else),
		cmocka_unit_test(staff_come_in_by_their_session),
		cmocka_unit_test(who_was_faster_wins),
		cmocka_unit_test(a_record_is_complete),
		cmocka_unit_test(pages_show_every_row_once),
		cmocka_unit_test(search_knows_no_case_accent_or_order),
		cmocka_unit_test(namesakes_need_a_word),
		cmocka_unit_test(a_key_is_worth_one_row),
		cmocka_unit_test(clients_show_their_secret_once),
		cmocka_unit_test(every_look_leaves_an_entry),
		cmocka_unit_test(deleting_takes_along_or_is_refused),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
