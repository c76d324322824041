/*
 * appointments - who sees whom, when and where.
 *
 * Date and time are the practice's own; the time is kept as "HH:MM".
 */
#include "clinic/records.h"

#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "clinic/ask.h"
#include "clinic/clock.h"
#include "clinic/mcp.h"
#include "clinic/notes.h"
#include "clinic/slots.h"
#include "engine/store.h"

static const struct choice statuses[] = {
	{ "scheduled", "Scheduled" },
	{ "completed", "Completed" },
	{ "cancelled", "Cancelled" },
	{ 0 }
};

static const struct field fields[] = {
	TEXT(APPOINTMENTS_APPOINTMENT_ID, "appointment_id", "Appointment", LENGTH(20),
		.not_null = true, .unique = true, .create_only = true, .trim = true,
		.blank_null = true),
	PATIENT_REF(APPOINTMENTS_PATIENT_ID, clinic_patients),
	REF(APPOINTMENTS_PROVIDER_ID, "provider_id", "Provider", clinic_providers,
		.required = true, .on_delete = KEEP, .min = 1),
	DATE(APPOINTMENTS_DATE, "date", "Date", .required = true),
	TEXT(APPOINTMENTS_TIME, "time", "Time", .required = true, .trim = true, .min = 1,
		LENGTH(20), .help = "14:30 or 2:30 PM, in the practice's zone."),
	WHOLE(APPOINTMENTS_DURATION_MINUTES, "duration_minutes", "Minutes", .initial = "30",
		.min = 5, .max = 480, .null_ignored = true),
	TEXT(APPOINTMENTS_APPOINTMENT_TYPE, "appointment_type", "Type", LINE(50)),
	TEXT(APPOINTMENTS_DEPARTMENT, "department", "Department", LINE(100)),
	TEXT(APPOINTMENTS_LOCATION, "location", "Location", LINE(200)),
	CHOICE(APPOINTMENTS_STATUS, "status", "Status", statuses, .size = 20,
		.initial = "\"scheduled\"", .null_ignored = true),
	NOTE(APPOINTMENTS_REASON, "reason", "Reason", .max = 5000),
	NOTE(APPOINTMENTS_NOTES, "notes", "Notes", .max = 20000),
};

static bool
is_status(const struct row *row, const char *status)
{
	const char *is = row ? row_text(row, APPOINTMENTS_STATUS) : NULL;

	return is && strcmp(is, status) == 0;
}

static bool
differs(const struct row *row, int slot)
{
	const char *now = row_text(row, slot), *was = row_text(row->before, slot);

	return !now != !was || (now && strcmp(now, was) != 0);
}

/* True when the row takes time that was not its own before. */
static bool
takes_time(const struct row *row)
{
	if (is_status(row, "cancelled"))
		return false;
	if (!row->before || is_status(row->before, "cancelled"))
		return true;
	return differs(row, APPOINTMENTS_DATE) || differs(row, APPOINTMENTS_TIME) ||
		row_whole(row, APPOINTMENTS_DURATION_MINUTES) !=
			row_whole(row->before, APPOINTMENTS_DURATION_MINUTES) ||
		row_whole(row, APPOINTMENTS_PROVIDER_ID) !=
			row_whole(row->before, APPOINTMENTS_PROVIDER_ID);
}

static void
derive(struct work *w, struct row *row)
{
	const char *time = row_text(row, APPOINTMENTS_TIME);
	char read[CLOCK_SIZE];

	if (time && clock_read(time, read) == CLOCK_PLAIN)
		row_set_text(row, APPOINTMENTS_TIME, arena_text(w->arena, read));
}

static void
check_time(struct work *w, const struct row *row, struct problems *problems)
{
	const char *date = row_text(row, APPOINTMENTS_DATE);
	int minutes = clock_minutes(row_text(row, APPOINTMENTS_TIME));
	char today[DATE_SIZE];
	int64_t now;
	int order;

	if (row_has(row, APPOINTMENTS_TIME) && minutes < 0)
		problem(problems, &fields[APPOINTMENTS_TIME], "is not a time of day");
	if (!date || minutes < 0 || !takes_time(row) || !is_status(row, "scheduled"))
		return;
	date_of(w->now, today);
	now = (w->now / 1000000 + moment_offset(w->now)) % 86400 / 60;
	order = strcmp(date, today);
	if (order < 0)
		problem(problems, &fields[APPOINTMENTS_DATE], "is in the past");
	else if (order == 0 && minutes < now)
		problem(problems, &fields[APPOINTMENTS_TIME], "is in the past");
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	if (w->importing)
		return;
	check_time(w, row, problems);
	if (row->before && !is_status(row->before, "scheduled") &&
		differs(row, APPOINTMENTS_STATUS))
		problem(problems, &fields[APPOINTMENTS_STATUS],
			"cannot change: the appointment is no longer scheduled");
}

/* A patient may make an appointment and cancel it, nothing else. */
static enum result
hold_patient(struct work *w, const struct row *row)
{
	if (!w->actor.role || strcmp(w->actor.role, "patient") != 0)
		return OK;
	if (!row->before)
		return is_status(row, "scheduled") ? OK :
			fail(w, DENIED, "A patient can only schedule an appointment.");
	for (int slot = 0; slot < APPOINTMENTS__COUNT; slot++)
		if (slot != APPOINTMENTS_STATUS && row_sent(row, slot))
			return fail(w, DENIED, "A patient can only cancel an appointment.");
	return is_status(row, "cancelled") ? OK :
		fail(w, DENIED, "A patient can only cancel an appointment.");
}

static enum result
saving(struct work *w, struct row *row)
{
	const char *key;
	enum result r;

	if (!w->importing && (r = hold_patient(w, row)))
		return r;
	if (row->before && is_status(row, "cancelled") && !is_status(row->before, "cancelled") &&
		(r = ask_person(w, mcp_settings.confirm_destructive)))
		return r;
	if (!w->importing && takes_time(row) && (r = slots_take(w, row)))
		return r;
	if (row_has(row, APPOINTMENTS_APPOINTMENT_ID))
		return OK;
	if ((r = store_new_key(w, &clinic_appointments, &key)))
		return r;
	row_set_text(row, APPOINTMENTS_APPOINTMENT_ID, key);
	return OK;
}

static enum result
saved(struct work *w, const struct row *row)
{
	const char *why = ask_text(w, "change_reason");

	if (!row->before || !why)
		return OK;
	return notes_add(w, row, is_status(row, "cancelled") ? "cancellation" : "change", why);
}

const struct record clinic_appointments = {
	.name = "appointments",
	.route = "appointments",
	.one = "Appointment",
	.many = "Appointments",
	.summary = "Who sees whom, when and where.",
	.entity = "appointment",
	.of_patient = true,
	.patient = APPOINTMENTS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ NULL, "date" },
		{ NULL, "date, time" },
		{ NULL, "status" },
		{ NULL, "patient_id, date" },
		{ NULL, "provider_id, date" },
		{ 0 }
	},
	.stamps = STAMPS_DEFAULT,
	.stamps_shown = true,
	.order = "date, time, id",
	.key = "appointment_id",
	.key_prefix = "APT",
	.derive = derive,
	.check = check,
	.saving = saving,
	.saved = saved,
	.dropping = notes_drop,
};
