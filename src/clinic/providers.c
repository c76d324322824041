/*
 * providers - the doctors, nurses and specialists appointments are made with.
 */
#include "clinic/records.h"

#include "base/text.h"
#include "clinic/ask.h"
#include "clinic/npi.h"
#include "engine/shape.h"
#include "engine/store.h"

static const struct field fields[] = {
	TEXT(PROVIDERS_NPI, "npi", "NPI", .required = true, .unique = true, .create_only = true,
		.trim = true, .min = 1, LENGTH(20), .help = "National Provider Identifier."),
	TEXT(PROVIDERS_NAME, "name", "Name", .required = true, .trim = true, .min = 1,
		LENGTH(100), .searchable = true),
	TEXT(PROVIDERS_SPECIALTY, "specialty", "Specialty", LINE(100), .searchable = true),
	TEXT(PROVIDERS_DEPARTMENT, "department", "Department", LINE(100), .searchable = true),
	TEXT(PROVIDERS_PHONE, "phone", "Phone", LINE(20)),
	TEXT(PROVIDERS_EMAIL, "email", "E-mail", LINE(100), .shape = shape_email_simple),
	FLAG(PROVIDERS_ACCEPTING_NEW_PATIENTS, "accepting_new_patients",
		"Accepting new patients", .initial = "true"),
	NOTE(PROVIDERS_SEARCH_TEXT, "search_text", "Search text", .hidden = true,
		.read_only = true),
};

static void
derive(struct work *w, struct row *row)
{
	const char *npi = row_text(row, PROVIDERS_NPI);
	const char *name = row_text(row, PROVIDERS_NAME);
	const char *specialty = row_text(row, PROVIDERS_SPECIALTY);
	const char *department = row_text(row, PROVIDERS_DEPARTMENT);

	row_set_text(row, PROVIDERS_SEARCH_TEXT, text_fold(w->arena,
		arena_printf(w->arena, "%s %s %s %s", name ? name : "",
			specialty ? specialty : "", department ? department : "",
			npi ? npi : "")));
}

/* A wrong check digit is said, not refused: most of the numbers practices hold
 * are wrong, and the appointments made with them are real. */
static enum result
saving(struct work *w, struct row *row)
{
	if (row->id == 0 && !npi_valid(row_text(row, PROVIDERS_NPI)))
		ask_warn(w, "The NPI's check digit is wrong.");
	return OK;
}

static enum result
dropping(struct work *w, const struct row *row)
{
	int64_t n;
	enum result r = db_one(w->db, "SELECT count(*) FROM appointments WHERE provider_id = $1",
		ARGS(value_whole(row->id)), &n);

	if (r || n == 0)
		return r;
	return fail(w, CONFLICT, arena_printf(w->arena,
		"This provider still has %lld appointment%s.", (long long)n, n == 1 ? "" : "s"));
}

const struct record clinic_providers = {
	.name = "providers",
	.route = "providers",
	.one = "Provider",
	.many = "Providers",
	.summary = "The doctors, nurses and specialists appointments are made with.",
	.entity = "provider",
	.shared = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.stamps = STAMPS_DEFAULT,
	.stamps_shown = true,
	.order = "name, id",
	.key = "npi",
	.derive = derive,
	.saving = saving,
	.dropping = dropping,
};
