/*
 * select - from a request to a patient, and the words when there is none.
 */
#include "personal/select.h"

#include <ctype.h>

static enum result
missing(struct work *w, const char *message)
{
	enum result r = fail(w, MISSING, message);

	w->failure.description = "The requested patient does not exist";
	return r;
}

static bool
all_digits(const char *text)
{
	if (*text == '-' || *text == '+')
		text++;
	if (!*text)
		return false;
	while (isdigit((unsigned char)*text))
		text++;
	return !*text;
}

/* 422 for what is no number at all; numbers beyond any id find nothing. */
static enum result
read_id(struct work *w, const char *where, const char *text, int64_t *id)
{
	if (text && text_whole(text, 1, INT32_MAX, id))
		return OK;
	if (text && all_digits(text))
		return missing(w, "Patient not found");
	problem_at(&w->problems, where, "patient_id", "int_parsing", "%s",
		"Input should be a valid integer");
	return INVALID;
}

enum result
select_active(struct work *w, enum verb verb, int64_t *patient)
{
	enum result r;

	*patient = w->actor.active_patient;
	if (!*patient)
		return missing(w, "No active patient selected for user");
	r = access_patient(w, *patient, verb);
	if (r == MISSING)
		return missing(w, "Active patient record not found");
	return r == DENIED ? fail(w, DENIED, "Access denied to patient") : r;
}

enum result
select_query(struct work *w, enum verb verb, int64_t *patient)
{
	const char *given = call_query(w->call, "patient_id");
	enum result r;

	if (!given)
		return select_active(w, verb, patient);
	if ((r = read_id(w, "query", given, patient)))
		return r;
	r = access_patient(w, *patient, verb);
	if (r == MISSING)
		return missing(w, "Patient not found");
	return r == DENIED ? fail(w, DENIED, "Access denied to patient") : r;
}

enum result
select_path(struct work *w, int param, enum verb verb, int64_t *patient)
{
	enum result r;

	if ((r = read_id(w, "path", w->call->params[param], patient)))
		return r;
	r = access_patient(w, *patient, verb);
	if (r == MISSING)
		return missing(w, "Patient not found");
	if (r == DENIED)
		return fail(w, DENIED, arena_printf(w->arena, "Access denied to patient %lld",
			(long long)*patient));
	return r;
}
