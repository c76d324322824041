#pragma once
/*
 * condition_medications - the slots of personal_condition_medications, in the order of its columns.
 */
enum {
	CONDITION_MEDICATIONS_CONDITION_ID, CONDITION_MEDICATIONS_MEDICATION_ID,
	CONDITION_MEDICATIONS_RELEVANCE_NOTE, CONDITION_MEDICATIONS__COUNT
};
