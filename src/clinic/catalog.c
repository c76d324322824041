/*
 * catalog - the tables of a practice.
 */
#include "clinic/clinic.h"
#include "clinic/records.h"
#include "engine/catalog.h"
#include "engine/house.h"

static const struct record *const records[] = {
	&clinic_patients,
	&clinic_providers,
	&clinic_oauth_clients,
	&clinic_appointments,
	&clinic_medications,
	&clinic_allergies,
	&clinic_vital_signs,
	&clinic_lab_results,
	&clinic_notes,
	&clinic_revoked_tokens,
	&clinic_proposals,
	HOUSE_RECORDS,
	NULL
};

const struct catalog clinic_catalog = {
	.name = "clinic",
	.records = records,
	.version = 1,
};
