/*
 * plans - how the databases would run every statement that the personal face has made:
 * no table of patients' data may be walked through from end to end.
 *
 * The statements are those that two connections keep prepared after one of
 * everything was made, read in every way the route tables know, changed, shared and
 * deleted.  A new route is covered by itself.
 */
#include "people.h"

#include "../plans.h"

static void
gather(void)
{
	plans_gather(face->store);
}

/* No answer is a fault of ours; what it is else does not matter here. */
static void
ask(int user, enum method method, const char *url, const char *body)
{
	int status;
	const char *answer = people_call(arena, user, method, url, body, &status);

	if (status >= 500)
		print_error("user %d, method %d, %s: %d\n%s\n", user, (int)method, url, status,
			answer);
	assert_true(status < 500);
}

static const char *
fill(const char *path)
{
	struct text url = { 0 };
	const char *out;

	for (const char *at = path; *at; at++) {
		if (*at != '{') {
			text_char(&url, *at);
			continue;
		}
		text_add(&url, strncmp(at, "{test_name", 10) == 0 ? "LDL" : "1");
		at = strchr(at, '}');
	}
	out = arena_text(arena, text_string(&url));
	text_close(&url);
	return out;
}

static const struct {
	const char *path, *body;
} made[] = {
	{ "/practitioners/", "{\"name\":\"Dr. Zoe\",\"specialty\":\"GP\",\"practice\":\"House\"}" },
	{ "/pharmacies/", "{\"name\":\"Corner\"}" },
	{ "/medications/", "{\"medication_name\":\"Aspirin\",\"status\":\"active\","
	  "\"practitioner_id\":1,\"pharmacy_id\":1,\"tags\":[\"heart\"]}" },
	{ "/conditions/", "{\"diagnosis\":\"Flu\",\"status\":\"active\",\"medication_id\":1,"
	  "\"practitioner_id\":1}" },
	{ "/allergies/", "{\"allergen\":\"Peanut\",\"severity\":\"severe\",\"medication_id\":1}" },
	{ "/immunizations/", "{\"vaccine_name\":\"Tdap\",\"date_administered\":\"2024-05-01\"}" },
	{ "/procedures/", "{\"procedure_name\":\"MRI\",\"date\":\"2024-05-01\","
	  "\"status\":\"completed\",\"condition_id\":1}" },
	{ "/treatments/", "{\"treatment_name\":\"PT\",\"treatment_type\":\"Exercise\","
	  "\"start_date\":\"2024-05-01\",\"condition_id\":1}" },
	{ "/encounters/", "{\"reason\":\"Checkup\",\"date\":\"2024-05-01\",\"condition_id\":1}" },
	{ "/vitals/", "{\"recorded_date\":\"2024-05-01T10:00:00\",\"weight\":150,\"height\":70}" },
	{ "/lab-results/", "{\"test_name\":\"CBC\",\"test_code\":\"1\",\"practitioner_id\":1}" },
	{ "/lab-test-components/lab-result/1/components",
	  "{\"test_name\":\"LDL\",\"value\":160,\"unit\":\"mg/dL\",\"ref_range_max\":100}" },
	{ "/lab-test-components/lab-result/1/components/bulk", "{\"components\":[{\"test_name\":"
	  "\"LDL\",\"value\":90,\"unit\":\"mg/dL\",\"ref_range_max\":100}]}" },
	{ "/lab-results/1/conditions", "{\"condition_id\":1}" },
	{ "/conditions/1/medications", "{\"medication_id\":1}" },
	{ "/emergency-contacts/", "{\"name\":\"Bob\",\"relationship\":\"parent\","
	  "\"phone_number\":\"555-123-4567\",\"is_primary\":true}" },
	{ "/emergency-contacts/", "{\"name\":\"Bea\",\"relationship\":\"parent\","
	  "\"phone_number\":\"555-123-4567\",\"is_primary\":true}" },
	{ "/insurances/", "{\"insurance_type\":\"medical\",\"company_name\":\"Acme\",\"is_primary\":"
	  "true,\"member_name\":\"A\",\"member_id\":\"1\",\"effective_date\":\"2024-01-01\"}" },
	{ "/insurances/", "{\"insurance_type\":\"medical\",\"company_name\":\"Acme\",\"is_primary\":"
	  "true,\"member_name\":\"A\",\"member_id\":\"2\",\"effective_date\":\"2024-01-01\"}" },
	{ "/family-members/", "{\"name\":\"Ma\",\"relationship\":\"mother\"}" },
	{ "/family-members/1/conditions", "{\"condition_name\":\"Gout\"}" },
	{ "/family-history-sharing/1/shares", "{\"shared_with_identifier\":\"carl\"}" },
	{ "/invitations/", "{\"invitation_type\":\"family_join\",\"sent_to_identifier\":\"dora\"}" },
	{ "/patient-management/",
	  "{\"first_name\":\"Kid\",\"last_name\":\"One\",\"birth_date\":\"2019-05-05\"}" },
	{ "/patient-sharing/bulk-invite",
	  "{\"patient_ids\":[1],\"shared_with_user_identifier\":\"dora\"}" },
	{ "/patients/1/medications/", "{\"medication_name\":\"Ibuprofen\",\"patient_id\":1}" },
	{ "/people/1/vitals", "{\"recorded_date\":\"2024-05-01T10:00:00\",\"heart_rate\":60}" },
	{ "/people/1/medication-check", "{\"medication_name\":\"Aspirin\"}" },
	{ "/tags/create", "{\"tag\":\"heart\"}" },
	{ "/patient-management/switch", "{\"patient_id\":1}" },
};

static void
make_all(void)
{
	for (size_t i = 0; i < COUNT(made); i++)
		ask(ANNA, POST, made[i].path, made[i].body);
	(void)people_share(ANNA, BEN, "full", ",\"expires_at\":\"2099-01-01T00:00:00\"");
	(void)people_share(BEN, DORA, "view", "");
	ask(CARL, POST, "/invitations/1/respond", "{\"response\":\"accepted\"}");
	ask(DORA, POST, "/invitations/2/respond", "{\"response\":\"accepted\"}");
	ask(BEN, POST, "/patient-management/switch", "{\"patient_id\":1}");
	gather();
}

/* Every route that reads, plain and with what lists understand. */
static void
read_all(int user)
{
	static const char *const queries[] = { "", "?patient_id=1", "?patient_id=1&status=active",
		"?patient_id=1&tags=heart&tag_match_all=true", "?patient_id=1&q=a&name=as&search=a",
		"?patient_id=1&sort=-created_at&skip=1&limit=5", "?patient_id=1&active_only=true",
		"?patient_id=1&practitioner_id=1&condition_id=1", "?tags=heart&q=LDL",
		"?patient_id=1&severity=severe&allergen=p&vaccine_name=t&insurance_type=medical",
		"?patient_id=1&company=ac&days=300&vital_type=weight&relationship=mother",
		"?patient_id=1&days=3000", "?units=metric", "?permission=edit&specialty=g",
		"?start_date=2020-01-01T00:00:00&end_date=2030-01-01T00:00:00",
		"?date_from=2020-01-01&date_to=2030-01-01", "?is_active=true&is_primary=true",
		"?of=weight,blood_pressure,lab:LDL&from=2020-01-01&to=2030-01-01",
		"?limit=1&cursor=1704067200000000.1.1", "?limit=1&kind=medication&cursor=9" };

	for (size_t i = 0; face->tables[i]; i++)
		for (const struct route *route = face->tables[i]; route->path; route++)
			for (size_t j = 0; route->method == GET && j < COUNT(queries); j++)
				ask(user, GET, arena_printf(arena, "%s%s", fill(route->path),
					queries[j]), NULL);
	gather();
}

static void
change_all(void)
{
	static const char body[] = "{\"notes\":\"x\",\"dosage\":\"1\",\"relevance_note\":\"y\","
		"\"rating\":3,\"city\":\"Oz\",\"value\":170,\"status\":\"active\","
		"\"blood_type\":\"A+\",\"is_primary\":true,\"permission_level\":\"edit\"}";

	for (size_t i = 0; face->tables[i]; i++)
		for (const struct route *route = face->tables[i]; route->path; route++)
			if (route->method & (PUT | PATCH)
				&& strncmp(route->path, "/users", 6) != 0)
				ask(ANNA, route->method, arena_printf(arena,
					"%s?patient_id=1&shared_with_user_id=2&old_tag=heart"
					"&new_tag=pain", fill(route->path)), body);
	ask(ANNA, POST, "/emergency-contacts/1/set-primary", NULL);
	ask(ANNA, POST, "/patient-sharing/cleanup-expired", NULL);
	ask(ANNA, POST, "/invitations/cleanup", NULL);
	gather();
}

static void
drop_all(void)
{
	ask(ANNA, DELETE, "/tags/delete?tag=pain", NULL);
	ask(DORA, DELETE, "/patient-sharing/remove-my-access/1", NULL);
	ask(ANNA, DELETE, "/patient-sharing/revoke",
		"{\"patient_id\":1,\"shared_with_user_id\":2}");
	ask(BEN, GET, "/patient-management/active/current", NULL);
	for (size_t i = 0; face->tables[i]; i++)
		for (const struct route *route = face->tables[i]; route->path; route++)
			if (route->method == DELETE && strncmp(route->path, "/users", 6) != 0
				&& strncmp(route->path, "/patient", 8) != 0)
				ask(ANNA, DELETE, fill(route->path), NULL);
	ask(ANNA, DELETE, "/patient-management/1", NULL);
	ask(CARL, DELETE, "/patients/me", NULL);
	ask(CARL, DELETE, "/users/me", NULL);
	gather();
}

/* Three that are over all patients on purpose, and one that takes the last row by
 * its id. */
static bool
excused(const char *sql)
{
	static const char *const texts[] = {
		"UPDATE patient_shares SET is_active = FALSE, updated_at = $1 "
		"WHERE is_active = TRUE AND expires_at <= $1",
		"UPDATE invitations SET status = 'expired', updated_at = $1 "
		"WHERE status = 'pending' AND expires_at <= $1",
		"SELECT id, context_data FROM invitations WHERE CAST(context_data AS TEXT) LIKE $1",
		"SELECT seq, hash FROM activity_log WHERE chain = $1 ORDER BY id DESC LIMIT 1",
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		if (strcmp(sql, texts[i]) == 0)
			return true;
	return false;
}

/* What is no table, and directories where no patient is named. */
static bool
allowed(const char *what, const char *sql)
{
	static const char *const nothing[] = { "CONSTANT ROW", "(", "json_each", "pragma_",
		"sqlite_master", "derived", "pg_",
		/* results of a SELECT within */ "newest", "coming", NULL };
	static const char *const directories[] = { "practitioners", "pharmacies", "users",
		"settings", NULL };

	for (size_t i = 0; nothing[i]; i++)
		if (strncmp(what, nothing[i], strlen(nothing[i])) == 0)
			return true;
	for (size_t i = 0; directories[i] && !strstr(sql, "patient"); i++)
		if (strncmp(what, directories[i], strlen(directories[i])) == 0)
			return true;
	return excused(sql);
}

static void
no_statement_walks_through_a_table_of_patients(void **state)
{
	(void)state;
	make_all();
	read_all(ANNA);
	read_all(BEN);
	/* The old kind, which no request makes any more. */
	house_do("INSERT INTO lab_result_files (lab_result_id, file_name, file_path, file_type, "
		"uploaded_at) VALUES (1, 'a.pdf', 'a.pdf', 'application/pdf', '2024-01-01')");
	plans_pretend("personal");
	change_all();
	drop_all();
	print_message("%zu statements\n", plans_n);
	assert_true(plans_n > 300);
	assert_int_equal(plans_ask(folder, "personal", allowed), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_statement_walks_through_a_table_of_patients),
	};

	settings.database_writers = 1;
	return cmocka_run_group_tests(tests, people_open, house_close);
}
