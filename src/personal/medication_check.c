/*
 * medication_check - is there anything against this drug in the record?  Ours.
 *
 * It warns of active allergies, by name, by ingredient, by class, and of drugs
 * that are taken already.  It never says that a drug is safe.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/form.h"
#include "personal/drug_classes.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

enum { MOST_INGREDIENTS = 50, ROW_MEMORY = 64 << 20 };

/* --- the question --- */

enum { NAME, INGREDIENTS, SKIPPED, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	TEXT  (NAME, "medication_name", "Medication name", .required = true, .trim = true,
	       .min = 2, .max = 100, .spoken = true),
	LIST  (INGREDIENTS, "ingredients", "Ingredients", .fixed_array = true,
	       .initial = "[]", .help = "What is in it, when the name does not tell."),
	WHOLE (SKIPPED, "medication_id", "Medication", .min = 1,
	       .help = "A medication of the record that this is about to replace."),
};

static const struct record question = {
	.name = "medication_check", .one = "Check", .many = "Checks", .internal = true,
	.fields = fields, .n_fields = COUNT(fields),
};

static enum result
read_question(struct work *w)
{
	const json_t *list = json_object_get(w->call->json, "ingredients");

	w->call->row = row_new(w->arena, &question);
	form_read(w, w->call->json, false, w->call->row);
	if (json_array_size(list) > MOST_INGREDIENTS)
		problem(&w->problems, &fields[INGREDIENTS], "Maximum 50 ingredients");
	return call_sound(w);
}

/* A drug as it is compared: by its name, and by what is in it. */
struct drug {
	const char *name;                          /* words */
	const char *ingredients[MOST_INGREDIENTS]; /* words */
	size_t n;
	uint32_t classes;
};

static void
read_drug(struct work *w, struct drug *out)
{
	const json_t *list = json_object_get(w->call->json, "ingredients");

	out->name = drug_words(w->arena, row_text(w->call->row, NAME));
	out->classes = drug_classes(out->name);
	for (size_t i = 0; i < json_array_size(list) && i < MOST_INGREDIENTS; i++) {
		const char *words = drug_words(w->arena,
			json_string_value(json_array_get(list, i)));

		out->ingredients[out->n++] = words;
		out->classes |= drug_classes(words);
	}
}

/* How a drug and something in the record belong together; NULL: not at all. */
static const char *
compare(const struct drug *drug, const char *words, uint32_t *shared)
{
	uint32_t other = drug_classes(words);

	*shared = 0;
	if (drug_alike(drug->name, words))
		return "name";
	for (size_t i = 0; i < drug->n; i++)
		if (drug_alike(drug->ingredients[i], words))
			return "ingredient";
	*shared = drug->classes & other;
	if (*shared)
		return "class";
	*shared = drug_related(other) & drug->classes;
	return *shared ? "related_class" : NULL;
}

/* --- the answer --- */

static void
open_warning(struct text *out, const char *kind, const char *by, uint32_t shared)
{
	json_open(out, '{');
	json_put_text(out, "kind", kind);
	json_put_text(out, "by", by);
	json_put_text(out, "class", drug_class_name(shared));
}

static void
warn_of_allergy(struct work *w, struct query *query, const char *by, uint32_t shared)
{
	struct text *out = &w->call->out;
	const char *allergen = query_text(query, 1, NULL);
	const char *reaction = query_text(query, 3, NULL);

	open_warning(out, "allergy", by, shared);
	json_put_whole(out, "allergy_id", query_whole(query, 0));
	json_put_text(out, "allergen", allergen);
	json_put_text(out, "severity", query_text(query, 2, NULL));
	json_put_text(out, "reaction", reaction && *reaction ? reaction : NULL);
	json_put_text(out, "text", shared
		? arena_printf(w->arena, "There is an allergy to %s; this is one of the %s.",
			allergen, drug_class_name(shared))
		: arena_printf(w->arena, "There is an allergy to %s.", allergen));
	json_close(out, '}');
}

static enum result
check_allergies(struct work *w, int64_t patient, const struct drug *drug, size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT a.id, a.allergen, a.severity, "
		"a.reaction, m.medication_name FROM allergies a "
		"LEFT JOIN medications m ON m.id = a.medication_id "
		"WHERE a.patient_id = $1 AND a.status = 'active' ORDER BY CASE a.severity "
		"WHEN 'life-threatening' THEN 0 WHEN 'severe' THEN 1 WHEN 'moderate' THEN 2 "
		"ELSE 3 END, a.id", ARGS(value_whole(patient)));

	if (r)
		return r;
	for (*n = 0; query_next(query); ++*n, arena_reset(w->arena)) {
		const char *linked = query_text(query, 4, NULL);
		uint32_t shared;
		const char *by = compare(drug, drug_words(w->arena,
			arena_printf(w->arena, "%s %s", query_text(query, 1, NULL),
				linked ? linked : "")), &shared);

		if (by)
			warn_of_allergy(w, query, by, shared);
	}
	return query_close(&query);
}

static void
warn_of_duplicate(struct work *w, struct query *query, const char *by, uint32_t shared)
{
	struct text *out = &w->call->out;
	const char *name = query_text(query, 1, NULL);

	open_warning(out, "duplicate", by, shared);
	json_put_whole(out, "medication_id", query_whole(query, 0));
	json_put_text(out, "medication_name", name);
	json_put_text(out, "text", shared
		? arena_printf(w->arena, "%s is taken already; both are of the %s.", name,
			drug_class_name(shared))
		: arena_printf(w->arena, "%s is taken already.", name));
	json_close(out, '}');
}

static enum result
check_medications(struct work *w, int64_t patient, const struct drug *drug, size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	char today[DATE_SIZE];
	enum result r;

	date_of(w->now, today);
	r = db_query(w->db, &query, "SELECT id, medication_name FROM medications "
		"WHERE patient_id = $1 AND id <> $2 AND (status IS NULL OR status = 'active') "
		"AND (effective_period_end IS NULL OR effective_period_end >= $3) ORDER BY id",
		ARGS(value_whole(patient), value_whole(row_whole(w->call->row, SKIPPED)),
			value_text(today)));
	if (r)
		return r;
	for (*n = 0; query_next(query); ++*n, arena_reset(w->arena)) {
		uint32_t shared;
		const char *by = compare(drug,
			drug_words(w->arena, query_text(query, 1, NULL)), &shared);

		/* Related classes are given together on purpose. */
		if (by && strcmp(by, "related_class") != 0)
			warn_of_duplicate(w, query, by, shared);
	}
	return query_close(&query);
}

static void
print_checked(struct text *out, size_t allergies, size_t medications)
{
	json_key(out, "checked");
	json_open(out, '{');
	json_put_whole(out, "allergies", (int64_t)allergies);
	json_put_whole(out, "medications", (int64_t)medications);
	json_close(out, '}');
	json_put_text(out, "note", "Compared with what is recorded here and a short built-in "
		"list of drug classes. No warning does not mean that there is no danger.");
	json_close(out, '}');
}

/* Row by row, in memory that is given back after each: none may be left out. */
static enum result
compare_all(struct work *w, int64_t patient, const struct drug *drug, size_t n[2])
{
	struct arena *whole = w->arena, *scratch CLEANUP(arena_close) = arena_open(ROW_MEMORY);
	enum result r;

	w->arena = scratch;
	r = check_allergies(w, patient, drug, &n[0]);
	if (!r)
		r = check_medications(w, patient, drug, &n[1]);
	w->arena = whole;
	return r;
}

static enum result
check(struct work *w)
{
	struct text *out = &w->call->out;
	struct drug *drug = arena_new(w->arena, sizeof(*drug));
	size_t n[2];
	int64_t patient;
	enum result r = select_path(w, 0, SEE, &patient);

	if (r)
		return r;
	read_drug(w, drug);
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_put_text(out, "medication_name", row_text(w->call->row, NAME));
	json_key(out, "warnings");
	json_open(out, '[');
	if ((r = compare_all(w, patient, drug, n)))
		return r;
	json_close(out, ']');
	print_checked(out, n[0], n[1]);
	if ((r = reach_note(w, &personal_allergies, 0, patient, n[0])))
		return r;
	return reach_note(w, &personal_medications, 0, patient, n[1]);
}

const struct route personal_medication_check_routes[] = {
	{ .method = POST, .path = "/people/{patient_id}/medication-check", .body = BODY_JSON,
	  .input = &question, .steps = { { HERE, read_question }, { READ, check } },
	  .summary = "Warnings about a drug: allergies, and what is taken already." },
	{ 0 }
};
