/*
 * import - the reference's export comes in whole, and once.
 */
#include "practice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct job {
	json_t *export;
	struct import_report report;
};

static enum result
import(struct work *w, void *arg)
{
	struct job *job = arg;

	return clinic_import(w, job->export, &job->report, NULL, NULL);
}

static struct import_report
bring_in(const char *json)
{
	struct job job = { .export = json_loads(json, 0, NULL) };
	struct arena *arena = arena_open(256 << 20);
	struct work w = work_new(arena, practice->store);

	assert_non_null(job.export);
	assert_int_equal(store_write(&w, import, &job), OK);
	json_decref(job.export);
	arena_close(&arena);
	return job.report;
}

static const char dirty[] =
	"{\"providers\":[{\"npi\":\"1234567890\",\"name\":\"Dr. A\"}],"
	"\"patients\":[{\"mrn\":\"MRN1\",\"first_name\":\" Ann \",\"last_name\":\"Lee\","
	"\"dob\":\"1985-06-15\",\"ssn\":\"***-**-1234\",\"email\":\"no mail\",\"shoe\":42},"
	"{\"mrn\":\"MRN2\",\"first_name\":\"B\",\"last_name\":\"C\",\"dob\":\"never\"}],"
	"\"appointments\":[{\"appointment_id\":\"APT1\",\"patient_mrn\":\"MRN1\","
	"\"provider_npi\":\"1234567890\",\"date\":\"2020-01-02\",\"time\":\"13:00 AM\","
	"\"status\":\"scheduled\"},{\"appointment_id\":\"APT2\",\"patient_mrn\":\"MRN1\","
	"\"provider_npi\":\"1234567890\",\"date\":\"2020-01-02\",\"time\":\"12:00 AM\","
	"\"status\":\"completed\",\"duration_minutes\":null}],"
	"\"allergies\":[{\"patient_mrn\":\"MRN1\",\"allergen\":\"Dust\",\"onset_date\":null},"
	"{\"patient_mrn\":\"MRN9\",\"allergen\":\"Dust\"}],"
	"\"vitals\":[{\"patient_mrn\":\"MRN1\",\"recorded_date\":\"2025-01-02T03:04:05.123456\","
	"\"heart_rate\":72}],"
	"\"labs\":[{\"order_id\":\"LAB1\",\"patient_mrn\":\"MRN1\",\"test_name\":\"X\","
	"\"ordered_date\":\"2025-01-01\",\"results_json\":\"[]\"}]}";

static void
dirty_rows_are_kept_and_flagged(void **state)
{
	struct import_report report = bring_in(dirty);

	(void)state;
	assert_int_equal(report.n, 7);
	assert_int_equal(report.counts[1].read, 2);
	assert_int_equal(report.counts[1].stored, 1);
	assert_int_equal(report.counts[1].left, 1);
	assert_int_equal(report.counts[2].stored, 2);
	assert_int_equal(report.counts[4].left, 1);
	assert_null(strstr(text_string(&report.flags), "no mail"));
	text_close(&report.flags);
	assert_int_equal(practice_count("SELECT count(*) FROM appointments WHERE time IN "
		"('13:00', '00:00') AND duration_minutes = 30"), 2);
	assert_int_equal(practice_count("SELECT count(*) FROM import_flags WHERE "
		"original = '13:00 AM' AND field = 'time'"), 1);
	assert_int_equal(practice_count("SELECT count(*) FROM import_flags WHERE "
		"original = 'no mail' AND field = 'email'"), 1);
	assert_int_equal(practice_count("SELECT count(*) FROM import_flags WHERE "
		"original = '42' AND field = 'shoe'"), 1);
	assert_int_equal(practice_count("SELECT count(*) FROM import_flags WHERE "
		"field = 'status'"), 1);
	assert_int_equal(practice_count("SELECT count(*) FROM vital_signs WHERE "
		"recorded_date = '2025-01-02 03:04:05.123456'"), 1);
	assert_int_equal(practice_count("SELECT count(*) FROM import_leftovers"), 2);
}

static void
a_second_import_changes_nothing(void **state)
{
	struct import_report report = bring_in(dirty);

	(void)state;
	for (size_t i = 0; i < report.n; i++) {
		assert_int_equal(report.counts[i].stored, 0);
		assert_int_equal(report.counts[i].unchanged + report.counts[i].left,
			report.counts[i].read);
	}
	text_close(&report.flags);
	assert_int_equal(practice_count("SELECT count(*) FROM import_leftovers"), 2);
}

/* The memory of the work does not grow with the rows. */
static void
any_number_of_rows_fits(void **state)
{
	enum { ROWS = 2000, MEMORY = 256 << 10 };
	struct job job = { .export = json_object() };
	json_t *patients = json_array();
	struct arena *arena = arena_open(MEMORY);
	struct work w = work_new(arena, practice->store);
	char mrn[20];

	(void)state;
	for (int i = 0; i < ROWS; i++) {
		(void)snprintf(mrn, sizeof(mrn), "MANY%d", i);
		json_array_append_new(patients, json_pack("{s:s, s:s, s:s, s:s}", "mrn", mrn,
			"first_name", "Ann", "last_name", "Many", "dob",
			i % 10 ? "1970-01-01" : "never"));
	}
	json_object_set_new(job.export, "patients", patients);
	assert_int_equal(store_write(&w, import, &job), OK);
	assert_int_equal(job.report.counts[1].stored, ROWS - ROWS / 10);
	assert_int_equal(job.report.counts[1].left, ROWS / 10);
	text_close(&job.report.flags);
	json_decref(job.export);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dirty_rows_are_kept_and_flagged),
		cmocka_unit_test(a_second_import_changes_nothing),
		cmocka_unit_test(any_number_of_rows_fits),
	};

	return cmocka_run_group_tests(tests, practice_open, practice_close);
}
