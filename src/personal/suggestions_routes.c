/*
 * suggestions_routes - names of lab values to choose from: those of the active
 * patient, and a built-in list of common ones [D50].
 *
 * What the patient has comes first when there are more than asked for.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "personal/listing.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

enum { MOST = 100 };

static const struct {
	const char *name, *abbreviation;
} common[] = {
	{ "Alanine Aminotransferase", "ALT" },
	{ "Albumin", "ALB" },
	{ "Alkaline Phosphatase", "ALP" },
	{ "Aspartate Aminotransferase", "AST" },
	{ "Bicarbonate", "HCO3" },
	{ "Bilirubin, Total", "TBIL" },
	{ "Blood Urea Nitrogen", "BUN" },
	{ "C-Reactive Protein", "CRP" },
	{ "Calcium", "CA" },
	{ "Chloride", "CL" },
	{ "Cholesterol, Total", "CHOL" },
	{ "Creatinine", "CREAT" },
	{ "Erythrocyte Sedimentation Rate", "ESR" },
	{ "Estimated Glomerular Filtration Rate", "EGFR" },
	{ "Ferritin", "FERR" },
	{ "Folate", "FOL" },
	{ "Free T3", "FT3" },
	{ "Free T4", "FT4" },
	{ "Glucose", "GLU" },
	{ "HDL Cholesterol", "HDL" },
	{ "Hematocrit", "HCT" },
	{ "Hemoglobin", "HGB" },
	{ "Hemoglobin A1c", "HBA1C" },
	{ "International Normalized Ratio", "INR" },
	{ "Iron", "FE" },
	{ "LDL Cholesterol", "LDL" },
	{ "Magnesium", "MG" },
	{ "Mean Corpuscular Volume", "MCV" },
	{ "Phosphorus", "PHOS" },
	{ "Platelets", "PLT" },
	{ "Potassium", "K" },
	{ "Prostate Specific Antigen", "PSA" },
	{ "Protein, Total", "TP" },
	{ "Red Blood Cells", "RBC" },
	{ "Sodium", "NA" },
	{ "Thyroid Stimulating Hormone", "TSH" },
	{ "Triglycerides", "TRIG" },
	{ "Uric Acid", "URIC" },
	{ "Vitamin B12", "B12" },
	{ "Vitamin D, 25-Hydroxy", "VITD" },
	{ "White Blood Cells", "WBC" },
};

struct words {
	size_t n, limit;
	const char *at[MOST];
};

static void
add(struct work *w, struct words *words, const char *word)
{
	for (size_t i = 0; i < words->n; i++)
		if (text_same(words->at[i], word))
			return;
	if (words->n < words->limit)
		words->at[words->n++] = arena_text(w->arena, word);
}

static enum result
add_used(struct work *w, struct words *words, const char *sql, int64_t patient)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, sql,
		ARGS(value_whole(patient), value_whole((int64_t)words->limit)));

	if (r)
		return r;
	while (query_next(query))
		add(w, words, query_text(query, 0, NULL));
	return query_close(&query);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum result
answer(struct work *w, struct words *words, int64_t patient)
{
	struct text *out = &w->call->out;

	qsort(words->at, words->n, sizeof(*words->at), compare);
	json_open(out, '[');
	for (size_t i = 0; i < words->n; i++)
		json_text(out, words->at[i]);
	json_close(out, ']');
	return listing_done(w, &personal_lab_test_components, patient, words->n);
}

/* Who has no active patient, or may not see it any more, gets the common ones. */
static enum result
suggest(struct work *w, const char *sql, bool abbreviations)
{
	struct words words = { .limit = (size_t)call_whole(w, "limit") };
	int64_t patient = w->actor.active_patient;
	enum result r = call_sound(w);

	if (r)
		return r;
	r = patient ? access_patient(w, patient, SEE) : MISSING;
	if (r == MISSING || r == DENIED)
		patient = 0;
	else if (r || (r = add_used(w, &words, sql, patient)))
		return r;
	for (size_t i = 0; i < COUNT(common); i++)
		add(w, &words, abbreviations ? common[i].abbreviation : common[i].name);
	return answer(w, &words, patient);
}

#define USED(column)                                                                   \
	"SELECT DISTINCT c." column " FROM lab_results l "                             \
	"JOIN lab_test_components c ON c.lab_result_id = l.id WHERE l.patient_id = $1 " \
	"AND c." column " IS NOT NULL AND c." column " <> '' ORDER BY 1 LIMIT $2"

static enum result
suggest_names(struct work *w)
{
	return suggest(w, USED("test_name"), false);
}

static enum result
suggest_abbreviations(struct work *w)
{
	return suggest(w, USED("abbreviation"), true);
}

static const struct parameter fifty[] = {
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "50", .min = 1, .max = MOST,
	  .help = "Names answered at most." },
	{ 0 }
};

#define BASE "/lab-test-components/suggestions/"
const struct route personal_suggestions_routes[] = {
	{ .method = GET, .path = BASE "test-names", .steps = { { READ, suggest_names } },
	  .rec = &personal_lab_test_components, .query = fifty,
	  .summary = "Names of values: those the active patient has, and common ones." },
	{ .method = GET, .path = BASE "abbreviations",
	  .steps = { { READ, suggest_abbreviations } }, .rec = &personal_lab_test_components,
	  .query = fifty,
	  .summary = "Abbreviations of values: those the active patient has, and common ones." },
	{ 0 }
};
