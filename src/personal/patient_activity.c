/*
 * patient_activity - what was done of late, and how much there is.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/catalog.h"
#include "personal/listing.h"
#include "personal/personal.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

/* The words of the log and those of the page. */
static const struct kind {
	const char *type, *name;
	const struct record *rec;
} kinds[] = {
	{ "medication", "Medication", &personal_medications },
	{ "lab_result", "Lab Result", &personal_lab_results },
	{ "vitals", "Vital Signs", NULL },
	{ "condition", "Medical Condition", &personal_conditions },
	{ "allergy", "Allergy", &personal_allergies },
	{ "immunization", "Immunization", &personal_immunizations },
	{ "procedure", "Procedure", &personal_procedures },
	{ "treatment", "Treatment", &personal_treatments },
	{ "encounter", "Visit", &personal_encounters },
	{ "emergency_contact", "Emergency Contact", &personal_emergency_contacts },
	{ "patient", "Patient Information", NULL },
	{ "practitioner", "Doctor", &personal_practitioners },
	{ "pharmacy", "Pharmacy", &personal_pharmacies },
	{ "lab_result_file", "Lab Result File", NULL },
	{ "insurance", "Insurance", &personal_insurance },
};

static const struct kind *
kind_of(const char *type)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (type && strcmp(kinds[i].type, type) == 0)
			return &kinds[i];
	return NULL;
}

static const char *
verb_of(const char *action)
{
	if (strcmp(action, "created") == 0)
		return "Created";
	return strcmp(action, "updated") == 0 ? "Updated" : "Deleted";
}

/* The name people know the row by: the log itself keeps none.  Only for rows
 * of the patient, which who asks may see, and for shared ones. */
static enum result
find_name(struct work *w, const struct kind *kind, int64_t id, int64_t patient, const char **out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	const struct record *rec = kind->rec;
	enum result r;

	*out = NULL;
	if (!rec || !rec->title || !id || (rec->of_patient && !patient))
		return OK;
	r = db_query(w->db, &query, arena_printf(w->arena, "SELECT %s FROM %s WHERE id = $1%s",
		rec->title, rec->name, rec->of_patient ? " AND patient_id = $2" : ""),
		(const struct value[]){ value_whole(id), value_whole(patient) },
		rec->of_patient ? 2 : 1);
	if (r)
		return r;
	if (query_next(query))
		*out = arena_text(w->arena, query_text(query, 0, NULL));
	return query_close(&query);
}

enum { ID, TYPE, ACTION, ENTITY, PATIENT, TIMESTAMP };

static enum result
print(struct work *w, struct query *query, int64_t visible)
{
	struct text *out = &w->call->out;
	const struct kind *kind = kind_of(query_text(query, TYPE, NULL));
	const char *action = query_text(query, ACTION, NULL), *name, *when;
	char iso[ISO_SIZE];
	size_t n = 0;
	int64_t id = query_whole(query, ENTITY);
	enum result r;

	if (!kind) /* the query asks for these kinds only */
		return FAULT;
	r = find_name(w, kind, id, visible, &name);
	json_open(out, '{');
	json_put_whole(out, "id", id);
	json_put_text(out, "model_name", kind->name);
	json_put_text(out, "action", action);
	json_put_text(out, "description", arena_printf(w->arena, "%s %s%s%s", verb_of(action),
		kind->name, name ? ": " : "", name ? name : ""));
	json_key(out, "timestamp");
	when = query_text(query, TIMESTAMP, &n);
	json_bytes(out, iso, moment_reprint(when, n, iso));
	json_close(out, '}');
	return r;
}

#define ENTRIES                                                                        \
	"SELECT id, entity_type, action, entity_id, patient_id, timestamp "            \
	"FROM activity_log WHERE action IN ('created', 'updated', 'deleted') "         \
	"AND entity_type IN ('medication', 'lab_result', 'vitals', 'condition', "      \
	"'allergy', 'immunization', 'procedure', 'treatment', 'encounter', "           \
	"'emergency_contact', 'patient', 'practitioner', 'pharmacy', "                 \
	"'lab_result_file', 'insurance') "
#define NEWEST " ORDER BY timestamp DESC, id DESC LIMIT $2"

/* visible: the patient whose rows may be named; 0: look for each entry. */
static enum result
print_all(struct work *w, const char *sql, const struct value *args, size_t n_args,
	int64_t visible)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	size_t n = 0;
	enum result r;

	if ((r = db_query(w->db, &query, sql, args, n_args)))
		return r;
	json_open(out, '[');
	for (; query_next(query); n++) {
		if (n)
			text_char(out, ',');
		if ((r = print(w, query, visible)))
			return r;
	}
	json_close(out, ']');
	if ((r = query_close(&query)))
		return r;
	return listing_done(w, &personal_patients, visible, n);
}

/* What the caller did, in the records of the active patient or for nobody: entries
 * about patients who are out of reach by now are left out. */
static enum result
list_mine(struct work *w)
{
	int64_t limit = call_whole(w, "limit"), patient = w->actor.active_patient;
	enum result r;

	if ((r = call_sound(w)))
		return r;
	r = patient ? access_patient(w, patient, SEE) : OK;
	if (r == FAULT)
		return r;
	return print_all(w, ENTRIES "AND user_id = $1 AND (patient_id IS NULL OR patient_id = 0 "
		"OR patient_id = $3)" NEWEST,
		ARGS(value_whole(w->actor.id), value_whole(limit),
			value_whole(r ? -1 : patient)), r ? 0 : patient);
}

static enum result
list_recent(struct work *w)
{
	int64_t limit = call_whole(w, "limit"), patient;
	enum result r;

	if ((r = call_sound(w)))
		return r;
	if (!call_query(w->call, "patient_id"))
		return list_mine(w);
	if ((r = select_query(w, SEE, &patient)))
		return r;
	return print_all(w, ENTRIES "AND (patient_id = $1 OR (user_id = $3 AND entity_type IN "
		"('practitioner', 'pharmacy')))" NEWEST,
		ARGS(value_whole(patient), value_whole(limit), value_whole(w->actor.id)), patient);
}

/* --- numbers --- */

#define OF(table) "(SELECT COUNT(*) FROM " table " WHERE patient_id = $1)"
static const char counts[] =
	"SELECT " OF("medications") ", " OF("lab_results") ", " OF("procedures") ", "
	OF("treatments") ", " OF("conditions") ", " OF("allergies") ", "
	OF("immunizations") ", " OF("encounters") ", " OF("vitals") ", "
	OF("emergency_contacts") ", "
	"(SELECT COUNT(derived.id) FROM (SELECT physician_id AS id FROM patients WHERE id = $1 "
	"UNION SELECT practitioner_id FROM medications WHERE patient_id = $1 "
	"UNION SELECT practitioner_id FROM encounters WHERE patient_id = $1 "
	"UNION SELECT practitioner_id FROM lab_results WHERE patient_id = $1) derived), "
	"(SELECT COUNT(DISTINCT pharmacy_id) FROM medications WHERE patient_id = $1)";
static const char *const count_names[] = {
	"active_medications", "total_lab_results", "total_procedures", "total_treatments",
	"total_conditions", "total_allergies", "total_immunizations", "total_encounters",
	"total_vitals",
};
enum { N_COUNTS = 12 };

static enum result
first_owned(struct work *w, int64_t *patient)
{
	enum result r = db_one(w->db,
		"SELECT id FROM patients WHERE owner_user_id = $1 ORDER BY id LIMIT 1",
		ARGS(value_whole(w->actor.id)), patient);

	return r == MISSING ? select_active(w, SEE, patient) : r;
}

static enum result
get_stats(struct work *w)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	int64_t patient, total = 0;
	enum result r;

	r = call_query(w->call, "patient_id") ? select_query(w, SEE, &patient)
					      : first_owned(w, &patient);
	if (r)
		return r;
	if ((r = db_query(w->db, &query, counts, ARGS(value_whole(patient)))))
		return r;
	if (!query_next(query))
		return FAULT;
	for (size_t i = 0; i < N_COUNTS; i++)
		total += query_whole(query, i);
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_put_whole(out, "total_records", total);
	for (size_t i = 0; i < COUNT(count_names); i++)
		json_put_whole(out, count_names[i], query_whole(query, i));
	json_close(out, '}');
	if ((r = query_close(&query)))
		return r;
	return listing_done(w, &personal_patients, patient, (size_t)total);
}

static const struct parameter mine[] = {
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "10", .min = 1, .max = 100,
	  .help = "Entries answered at most." },
	{ 0 }
};
static const struct parameter recent[] = {
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "10", .min = 1, .max = 50,
	  .help = "Entries answered at most." },
	LISTING_PATIENT,
	{ 0 }
};
static const struct parameter of_patient[] = { LISTING_PATIENT, { 0 } };

const struct route personal_patient_activity_routes[] = {
	{ .method = GET, .path = "/patients/me/recent-activity",
	  .steps = { { READ, list_mine } }, .query = mine, .summary = "What you did of late." },
	{ .method = GET, .path = "/patients/recent-activity/",
	  .steps = { { READ, list_recent } }, .query = recent,
	  .summary = "What was done of late in a patient's record." },
	{ .method = GET, .path = "/patients/me/dashboard-stats",
	  .steps = { { READ, get_stats } }, .query = of_patient,
	  .summary = "How many records a patient has." },
	{ 0 }
};
