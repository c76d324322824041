/*
 * medications - what was prescribed, and whether the patient still takes it.
 */
#include "clinic/records.h"

#include <ctype.h>
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "clinic/ask.h"
#include "clinic/mcp.h"
#include "clinic/notes.h"
#include "engine/audit.h"
#include "engine/store.h"

static const struct choice statuses[] = {
	{ "active", "Active" },
	{ "discontinued", "Discontinued" },
	{ "completed", "Completed" },
	{ 0 }
};

static const struct field fields[] = {
	TEXT(MEDICATIONS_MEDICATION_ID, "medication_id", "Medication", LENGTH(20),
		.not_null = true, .unique = true, .create_only = true, .trim = true,
		.blank_null = true),
	PATIENT_REF(MEDICATIONS_PATIENT_ID, clinic_patients),
	TEXT(MEDICATIONS_NAME, "name", "Name", .required = true, .trim = true, .min = 1,
		LENGTH(200), .searchable = true),
	TEXT(MEDICATIONS_DOSAGE, "dosage", "Dose", LINE(50), .help = "For example 10 mg."),
	TEXT(MEDICATIONS_FREQUENCY, "frequency", "How often", LINE(100)),
	TEXT(MEDICATIONS_ROUTE, "route", "Route", LINE(50), .help = "Oral, IV ..."),
	DATE(MEDICATIONS_PRESCRIBED_DATE, "prescribed_date", "Prescribed", .not_null = true,
		.help = "Today when it is not given."),
	TEXT(MEDICATIONS_PRESCRIBER, "prescriber", "Prescribed by", LINE(100)),
	CHOICE(MEDICATIONS_STATUS, "status", "Status", statuses, .size = 20,
		.initial = "\"active\"", .null_ignored = true),
	WHOLE(MEDICATIONS_REFILLS_REMAINING, "refills_remaining", "Refills left", .initial = "0",
		.from_zero = true, .max = 1000, .null_ignored = true),
	NOTE(MEDICATIONS_NOTES, "notes", "Notes", .max = 20000),
};

static bool
is_active(const struct row *row)
{
	const char *status = row ? row_text(row, MEDICATIONS_STATUS) : NULL;

	return status && strcmp(status, "active") == 0;
}

/* An active prescription that was not there, or not under this name, before. */
static bool
is_prescribing(const struct row *row)
{
	return is_active(row) && (!is_active(row->before) ||
		strcmp(row_text(row, MEDICATIONS_NAME),
			row_text(row->before, MEDICATIONS_NAME)) != 0);
}

static void
derive(struct work *w, struct row *row)
{
	char today[DATE_SIZE];

	if (row_has(row, MEDICATIONS_PRESCRIBED_DATE) || row->before || w->importing)
		return;
	date_of(w->now, today);
	row_set_text(row, MEDICATIONS_PRESCRIBED_DATE, arena_text(w->arena, today));
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	if (w->importing || !row->before)
		return;
	if (!row_has(row, MEDICATIONS_PRESCRIBED_DATE))
		problem(problems, &fields[MEDICATIONS_PRESCRIBED_DATE], "is required");
	if (!is_active(row->before) && is_active(row))
		problem(problems, &fields[MEDICATIONS_STATUS],
			"cannot become active again; prescribe anew");
}

static bool
in_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Whether the words of needle stand in text as whole words; both are folded. */
static bool
has_words(const char *text, const char *needle)
{
	size_t n = strlen(needle);

	for (const char *at = text; n > 0 && (at = strstr(at, needle)); at++)
		if ((at == text || !in_word(at[-1])) && !in_word(at[n]))
			return true;
	return false;
}

/* The refusal tells what the patient is allergic to: that is a read, and it stays
 * when the unit is taken back. */
static enum result
note_told(struct work *w, const struct row *row)
{
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = clinic_allergies.entity,
		.patient = row_whole(row, MEDICATIONS_PATIENT_ID),
		.description = "Told an allergy against a prescription",
		.count = 1,
	});
}

static enum result
refuse_allergy(struct work *w, const struct row *row)
{
	const char *name = text_fold(w->arena, row_text(row, MEDICATIONS_NAME));
	const char *found = NULL;
	struct query *query = NULL;
	enum result r = db_query(w->db, &query, "SELECT allergen FROM allergies "
		"WHERE patient_id = $1 AND (status IS NULL OR status = 'active') ORDER BY id",
		ARGS(value_whole(row_whole(row, MEDICATIONS_PATIENT_ID))));

	if (r)
		return r;
	while (!found && query_next(query)) {
		const char *allergen = query_text(query, 0, NULL);
		const char *folded = text_trim(w->arena, text_fold(w->arena, allergen));

		if (has_words(name, folded) || has_words(folded, name))
			found = arena_text(w->arena, allergen);
	}
	if ((r = query_close(&query)) || !found)
		return r;
	if ((r = note_told(w, row)))
		return r;
	return fail(w, CONFLICT, arena_printf(w->arena, "The patient has an active allergy to "
		"%s; send override_reason to prescribe it nevertheless.", found));
}

static enum result
warn_twice(struct work *w, const struct row *row)
{
	const char *name = text_fold(w->arena, row_text(row, MEDICATIONS_NAME));
	struct query *query = NULL;
	bool twice = false;
	enum result r = db_query(w->db, &query, "SELECT name FROM medications "
		"WHERE patient_id = $1 AND status = 'active' AND id <> $2",
		ARGS(value_whole(row_whole(row, MEDICATIONS_PATIENT_ID)), value_whole(row->id)));

	if (r)
		return r;
	while (query_next(query))
		if (strcmp(text_fold(w->arena, query_text(query, 0, NULL)), name) == 0)
			twice = true;
	if (twice)
		ask_warn(w, "The patient has another active prescription of this name.");
	return query_close(&query);
}

static enum result
saving(struct work *w, struct row *row)
{
	bool ends = is_active(row->before) && !is_active(row);
	const char *key;
	enum result r;

	if ((r = ask_person(w, (ends && mcp_settings.confirm_destructive) ||
			(mcp_settings.confirm_overrides && ask_text(w, "override_reason")))))
		return r;
	if (!w->importing && is_prescribing(row)) {
		if (!ask_text(w, "override_reason") && (r = refuse_allergy(w, row)))
			return r;
		if ((r = warn_twice(w, row)))
			return r;
	}
	if (row_has(row, MEDICATIONS_MEDICATION_ID))
		return OK;
	if ((r = store_new_key(w, &clinic_medications, &key)))
		return r;
	row_set_text(row, MEDICATIONS_MEDICATION_ID, key);
	return OK;
}

static enum result
saved(struct work *w, const struct row *row)
{
	const char *override = ask_text(w, "override_reason");
	const char *change = row->before ? ask_text(w, "change_reason") : NULL;
	enum result r;

	if (override && is_prescribing(row) && (r = notes_add(w, row, "override", override)))
		return r;
	return change ? notes_add(w, row, "change", change) : OK;
}

const struct record clinic_medications = {
	.name = "medications",
	.route = "medications",
	.one = "Medication",
	.many = "Medications",
	.summary = "What was prescribed, and whether the patient still takes it.",
	.entity = "medication",
	.of_patient = true,
	.patient = MEDICATIONS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){ { NULL, "status" }, { 0 } },
	.stamps = STAMPS_DEFAULT,
	.stamps_shown = true,
	.order = "name, id",
	.key = "medication_id",
	.key_prefix = "MED",
	.derive = derive,
	.check = check,
	.saving = saving,
	.saved = saved,
	.dropping = notes_drop,
};
