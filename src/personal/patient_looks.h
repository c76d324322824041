#pragma once
/*
 * patient_looks - the slots of personal_patient_looks, in the order of its columns.
 */
enum { PATIENT_LOOKS_USER_ID, PATIENT_LOOKS_PATIENT_ID, PATIENT_LOOKS_HUE, PATIENT_LOOKS__COUNT };
