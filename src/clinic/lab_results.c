/*
 * lab_results - tests ordered for a patient and what came back.
 *
 * The results are JSON text in either of two forms: {"WBC": "7.5"}, or a list of
 * {component, value, unit, reference, flag}.  Values stay the text they were.
 */
#include "clinic/records.h"

#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "base/text.h"
#include "engine/store.h"

static const struct choice statuses[] = {
	{ "pending", "Pending" },
	{ "in_progress", "In progress" },
	{ "final", "Final" },
	{ 0 }
};

static const struct field fields[] = {
	TEXT(LABS_ORDER_ID, "order_id", "Order", LENGTH(20), .not_null = true, .unique = true,
		.create_only = true, .trim = true, .blank_null = true),
	PATIENT_REF(LABS_PATIENT_ID, clinic_patients),
	TEXT(LABS_TEST_NAME, "test_name", "Test", .required = true, .trim = true, .min = 1,
		LENGTH(200), .searchable = true),
	DATE(LABS_ORDERED_DATE, "ordered_date", "Ordered", .not_null = true,
		.help = "Today when it is not given."),
	DATE(LABS_COLLECTED_DATE, "collected_date", "Collected"),
	DATE(LABS_RESULTED_DATE, "resulted_date", "Resulted"),
	CHOICE(LABS_STATUS, "status", "Status", statuses, .size = 20, .initial = "\"pending\"",
		.null_ignored = true),
	TEXT(LABS_ORDERED_BY, "ordered_by", "Ordered by", LINE(100)),
	NOTE(LABS_RESULTS_JSON, "results_json", "Results", .max = 100000, .blank_null = true),
};

static void
derive(struct work *w, struct row *row)
{
	char today[DATE_SIZE];

	if (row_has(row, LABS_ORDERED_DATE) || row->before || w->importing)
		return;
	date_of(w->now, today);
	row_set_text(row, LABS_ORDERED_DATE, arena_text(w->arena, today));
}

static bool
is_plain(const json_t *value)
{
	return json_is_string(value) || json_is_number(value) || json_is_null(value);
}

static bool
is_component(json_t *item)
{
	const char *key;
	json_t *value;

	if (!json_is_object(item) || !json_string_length(json_object_get(item, "component")))
		return false;
	json_object_foreach(item, key, value)
		if (!is_plain(value))
			return false;
	return true;
}

static bool
is_results(json_t *results)
{
	const char *key;
	json_t *value;
	size_t i;

	if (json_is_array(results)) {
		json_array_foreach(results, i, value)
			if (!is_component(value))
				return false;
		return true;
	}
	if (!json_is_object(results))
		return false;
	json_object_foreach(results, key, value)
		if (!is_plain(value))
			return false;
	return true;
}

static void
check_results(const struct row *row, struct problems *problems)
{
	const char *text = row_text(row, LABS_RESULTS_JSON);
	struct json_trouble trouble;
	json_t *results;

	if (!text)
		return;
	results = json_read(text, strlen(text), &trouble);
	if (!results || !is_results(results))
		problem(problems, &fields[LABS_RESULTS_JSON], "is neither an object of values "
			"nor a list of {component, value, unit, reference, flag}");
	json_decref(results);
}

static int
rank(const struct row *row)
{
	const char *status = row_text(row, LABS_STATUS);

	for (int i = 0; status && statuses[i].key; i++)
		if (strcmp(status, statuses[i].key) == 0)
			return i;
	return 0;
}

static void
check_order(const struct row *row, int slot, int before, const char *text,
	struct problems *problems)
{
	const char *a = row_text(row, before), *b = row_text(row, slot);

	if (a && b && strcmp(b, a) < 0)
		problem(problems, &fields[slot], text);
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	if (w->importing)
		return;
	if (row_sent(row, LABS_RESULTS_JSON))
		check_results(row, problems);
	if (row->before && rank(row) < rank(row->before))
		problem(problems, &fields[LABS_STATUS], "cannot go back");
	check_order(row, LABS_COLLECTED_DATE, LABS_ORDERED_DATE, "is before the order", problems);
	check_order(row, LABS_RESULTED_DATE, LABS_COLLECTED_DATE, "is before the collection",
		problems);
	check_order(row, LABS_RESULTED_DATE, LABS_ORDERED_DATE, "is before the order", problems);
}

static enum result
saving(struct work *w, struct row *row)
{
	const char *key;
	enum result r;

	if (row_has(row, LABS_ORDER_ID))
		return OK;
	if ((r = store_new_key(w, &clinic_lab_results, &key)))
		return r;
	row_set_text(row, LABS_ORDER_ID, key);
	return OK;
}

const struct record clinic_lab_results = {
	.name = "lab_results",
	.route = "lab-results",
	.one = "Lab result",
	.many = "Lab results",
	.summary = "Tests ordered for a patient and what came back.",
	.entity = "lab_result",
	.of_patient = true,
	.patient = LABS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){ { NULL, "resulted_date" }, { 0 } },
	.stamps = STAMPS_DEFAULT,
	.stamps_shown = true,
	.order = "resulted_date DESC NULLS LAST, id DESC",
	.key = "order_id",
	.key_prefix = "LAB",
	.derive = derive,
	.check = check,
	.saving = saving,
};
