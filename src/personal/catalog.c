/*
 * catalog - the tables of the personal store, parents before children; users
 * and patients point at each other.
 */
#include "engine/catalog.h"

#include "engine/house.h"
#include "personal/personal.h"
#include "personal/records.h"

static const struct record *const records[] = {
	&personal_users,
	&personal_practitioners,
	&personal_pharmacies,
	&personal_patients,
	&personal_user_preferences,
	&personal_sessions,
	&personal_settings,
	&personal_medications,
	&personal_conditions,
	&personal_lab_results,
	&personal_lab_test_components,
	&personal_lab_result_files,
	&personal_allergies,
	&personal_vitals,
	&personal_immunizations,
	&personal_procedures,
	&personal_treatments,
	&personal_encounters,
	&personal_emergency_contacts,
	&personal_insurance,
	&personal_user_tags,
	&personal_family_members,
	&personal_family_conditions,
	&personal_invitations,
	&personal_family_history_shares,
	&personal_patient_shares,
	&personal_entity_files,
	&personal_patient_photos,
	&personal_patient_looks,
	&personal_report_templates,
	&personal_report_generation_audit,
	&personal_backup_records,
	&personal_lab_result_conditions,
	&personal_condition_medications,
	HOUSE_RECORDS,
	NULL
};

const struct catalog personal_catalog = {
	.name = "personal",
	.records = records,
	.version = 1,
};
