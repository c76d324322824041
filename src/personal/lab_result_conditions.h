#pragma once
/*
 * lab_result_conditions - the slots of personal_lab_result_conditions, in the order of its columns.
 */
enum {
	LAB_RESULT_CONDITIONS_LAB_RESULT_ID, LAB_RESULT_CONDITIONS_CONDITION_ID,
	LAB_RESULT_CONDITIONS_RELEVANCE_NOTE, LAB_RESULT_CONDITIONS__COUNT
};
