#pragma once
/*
 * records - every table of the personal store, by name.
 *
 * Each is declared in one file of this room; its slots are in <table>.h.
 * May use: engine and below.
 */
#include "engine/record.h"

extern const struct record personal_allergies;
extern const struct record personal_backup_records;
extern const struct record personal_condition_medications;
extern const struct record personal_conditions;
extern const struct record personal_emergency_contacts;
extern const struct record personal_encounters;
extern const struct record personal_entity_files;
extern const struct record personal_family_conditions;
extern const struct record personal_family_history_shares;
extern const struct record personal_family_members;
extern const struct record personal_immunizations;
extern const struct record personal_insurance;
extern const struct record personal_invitations;
extern const struct record personal_lab_result_conditions;
extern const struct record personal_lab_result_files;
extern const struct record personal_lab_results;
extern const struct record personal_lab_test_components;
extern const struct record personal_medications;
extern const struct record personal_patient_photos;
extern const struct record personal_patient_looks;
extern const struct record personal_patient_shares;
extern const struct record personal_patients;
extern const struct record personal_pharmacies;
extern const struct record personal_practitioners;
extern const struct record personal_procedures;
extern const struct record personal_report_generation_audit;
extern const struct record personal_report_templates;
extern const struct record personal_sessions;
extern const struct record personal_settings;
extern const struct record personal_treatments;
extern const struct record personal_user_preferences;
extern const struct record personal_user_tags;
extern const struct record personal_users;
extern const struct record personal_vitals;
