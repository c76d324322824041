#pragma once
/*
 * routes - the explicit route tables of the records' room, each ending with
 * {0}.  They come before pattern_routes() in the face.
 */
#include "engine/call.h"

extern const struct route personal_patient_me_routes[];
extern const struct route personal_patient_management_routes[];
extern const struct route personal_patient_activity_routes[];
extern const struct route personal_patient_raw_routes[];
extern const struct route personal_photo_routes[];
extern const struct route personal_look_routes[];
extern const struct route personal_medications_routes[];
extern const struct route personal_conditions_routes[];
extern const struct route personal_condition_link_routes[];
extern const struct route personal_allergies_routes[];
extern const struct route personal_immunizations_routes[];
extern const struct route personal_procedures_routes[];
extern const struct route personal_treatments_routes[];
extern const struct route personal_encounters_routes[];
extern const struct route personal_vitals_routes[];
extern const struct route personal_lab_results_routes[];
extern const struct route personal_lab_link_routes[];
extern const struct route personal_components_routes[];
extern const struct route personal_trends_routes[];
extern const struct route personal_suggestions_routes[];
extern const struct route personal_insurances_routes[];
extern const struct route personal_contacts_routes[];
extern const struct route personal_family_routes[];
extern const struct route personal_practitioners_routes[];
extern const struct route personal_patient_invite_routes[];
extern const struct route personal_patient_sharing_routes[];
extern const struct route personal_invitations_routes[];
extern const struct route personal_family_join_routes[];
extern const struct route personal_family_invite_routes[];
extern const struct route personal_family_sharing_routes[];
extern const struct route personal_tags_routes[];
extern const struct route personal_people_patient_routes[];
extern const struct route personal_people_vitals_routes[];
extern const struct route personal_medication_check_routes[];
extern const struct route personal_people_list_routes[];
extern const struct route personal_dashboard_routes[];
extern const struct route personal_timeline_routes[];
extern const struct route personal_people_trends_routes[];
extern const struct route personal_people_chart_routes[];
extern const struct route personal_people_activity_routes[];
extern const struct route personal_house_users_routes[];
extern const struct route personal_house_passwords_routes[];
extern const struct route personal_house_watch_routes[];
extern const struct route personal_page_routes[];

#define ROUTE_TABLES                                                                   \
	personal_patient_me_routes, personal_patient_management_routes,                \
		personal_patient_activity_routes, personal_patient_raw_routes,         \
		personal_photo_routes, personal_look_routes,                           \
		personal_medications_routes, personal_conditions_routes,               \
		personal_condition_link_routes, personal_allergies_routes,             \
		personal_immunizations_routes, personal_procedures_routes,             \
		personal_treatments_routes, personal_encounters_routes,                \
		personal_vitals_routes, personal_lab_results_routes,                   \
		personal_lab_link_routes, personal_components_routes,                  \
		personal_trends_routes, personal_insurances_routes,                    \
		personal_contacts_routes, personal_family_routes,                      \
		personal_practitioners_routes, personal_patient_invite_routes,         \
		personal_patient_sharing_routes, personal_invitations_routes,          \
		personal_family_join_routes, personal_family_invite_routes,            \
		personal_family_sharing_routes, personal_tags_routes,                  \
		personal_people_patient_routes, personal_people_vitals_routes,         \
		personal_medication_check_routes,                                      \
		personal_suggestions_routes, personal_people_list_routes,              \
		personal_dashboard_routes, personal_timeline_routes,                   \
		personal_people_trends_routes, personal_people_chart_routes,           \
		personal_people_activity_routes, personal_house_users_routes,          \
		personal_house_passwords_routes, personal_house_watch_routes,           \
		personal_page_routes
