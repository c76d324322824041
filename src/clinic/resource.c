/*
 * resource - the table of clinic-api 1, and how each record is listed.
 */
#include "clinic/resource.h"

#include <string.h>

#include "base/text.h"
#include "clinic/records.h"

#define PATIENT_EXTRAS(table)                                                          \
	{ "patient_mrn", "(SELECT mrn FROM patients WHERE id = " table ".patient_id)" }, \
	{ "first_name", "(SELECT first_name FROM patients WHERE id = " table ".patient_id)" }, \
	{ "last_name", "(SELECT last_name FROM patients WHERE id = " table ".patient_id)" }

static const struct extra patient_extras[] = {
	{ "ssn_last4", "substr(ssn, length(ssn) - 3)" },
	{ 0 }
};
static const struct extra client_extras[] = {
	{ "scopes", "scopes", .raw = true },
	{ "has_api_key", "CASE WHEN api_key_hash IS NULL THEN 'false' ELSE 'true' END",
	  .raw = true },
	{ 0 }
};
static const struct extra appointment_extras[] = {
	PATIENT_EXTRAS("appointments"),
	{ "provider_npi", "(SELECT npi FROM providers WHERE id = appointments.provider_id)" },
	{ "provider_name", "(SELECT name FROM providers WHERE id = appointments.provider_id)" },
	{ "specialty", "(SELECT specialty FROM providers WHERE id = appointments.provider_id)" },
	{ 0 }
};
static const struct extra medication_extras[] = { PATIENT_EXTRAS("medications"), { 0 } };
static const struct extra allergy_extras[] = { PATIENT_EXTRAS("allergies"), { 0 } };
static const struct extra vital_extras[] = { PATIENT_EXTRAS("vital_signs"), { 0 } };
static const struct extra lab_extras[] = { PATIENT_EXTRAS("lab_results"), { 0 } };

enum { WRITES = LOOK | CHANGE, ALL = LOOK | CHANGE | REMOVE };

/* clang-format off */
const struct resource resources[] = {
	{ &clinic_patients, "patients", -1, { "last_name", "first_name" }, false,
	  "COALESCE(search_text, LOWER(first_name || ' ' || last_name || ' ' || mrn || ' ' || dob))",
	  patient_extras,
	  /* doctor  nurse   patient  admin  system  staff */
	  { WRITES,  WRITES, LOOK,    ALL,   WRITES, WRITES } },
	{ &clinic_providers, "providers", -1, { "name", "npi" }, false,
	  "COALESCE(search_text, LOWER(name || ' ' || COALESCE(specialty, '') || ' ' || "
	  "COALESCE(department, '') || ' ' || npi))", NULL,
	  { LOOK,    LOOK,   LOOK,    ALL,   LOOK,   LOOK } },
	{ &clinic_appointments, "appointments", APPOINTMENTS_PROVIDER_ID, { "date", "time" }, false,
	  NULL, appointment_extras,
	  { ALL,     ALL,    WRITES,  ALL,   ALL,    ALL } },
	{ &clinic_medications, "medications", -1,
	  { "(SELECT last_name FROM patients WHERE id = medications.patient_id)", "name" }, false,
	  NULL, medication_extras,
	  { ALL,     LOOK,   LOOK,    NOT,   ALL,    NOT } },
	{ &clinic_allergies, "allergies", -1, { "allergen", "patient_id" }, false,
	  NULL, allergy_extras,
	  { ALL,     ALL,    LOOK,    NOT,   ALL,    NOT } },
	{ &clinic_vital_signs, "vitals", -1, { "recorded_date", "patient_id" }, true,
	  NULL, vital_extras,
	  { ALL,     ALL,    LOOK,    NOT,   ALL,    NOT } },
	{ &clinic_lab_results, "labs", -1,
	  { "COALESCE(resulted_date, '9999-12-31')", "ordered_date" }, true,
	  NULL, lab_extras,
	  { ALL,     ALL,    LOOK,    NOT,   ALL,    NOT } },
	{ &clinic_oauth_clients, "clients", -1, { "app_id", "client_id" }, false,
	  NULL, client_extras,
	  { NOT,     NOT,    NOT,     ALL,   NOT,    NOT } },
	{ 0 }
};
/* clang-format on */

const struct resource *
resource_of(const struct record *rec)
{
	for (const struct resource *res = resources; res->rec; res++)
		if (res->rec == rec)
			return res;
	return NULL;
}

int
role_of(const char *name)
{
	static const char *const names[N_ROLES] = { "doctor", "nurse", "patient", "admin",
		"system", "staff" };

	for (int i = 0; name && i < N_ROLES; i++)
		if (text_same(name, names[i]))
			return i;
	return -1;
}
