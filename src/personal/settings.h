#pragma once
/*
 * settings - the slots of personal_settings, in the order of its columns.
 */
enum {
	SETTINGS_NAME, SETTINGS_VALUE, SETTINGS__COUNT
};
