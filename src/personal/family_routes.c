/*
 * family_routes - relatives, and the conditions they have or had.
 */
#include <string.h>

#include "engine/form.h"
#include "personal/family_conditions.h"
#include "personal/listing.h"
#include "personal/patient_drop.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

static enum result
list_dropdown(struct work *w)
{
	int64_t patient;
	size_t n;
	enum result r;

	if ((r = select_query(w, SEE, &patient)))
		return r;
	r = listing_plain(w, "wtt", "SELECT id, name, relationship FROM family_members "
		"WHERE patient_id = $1 ORDER BY id DESC", ARGS(value_whole(patient)), &n);
	return r ? r : listing_done(w, &personal_family_members, patient, n);
}

static enum result
search(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_family_members);
	const char *name = call_query(w->call, "name");
	int64_t patient;
	enum result r;

	if (!name)
		problem_at(&w->problems, "query", "name", "missing", "Field required");
	else if (utf8_length(name, strlen(name)) < 2)
		problem_at(&w->problems, "query", "name", "string_too_short",
			"String should have at least 2 characters");
	if ((r = call_sound(w)) || (r = select_query(w, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	list_contains(&list, w->arena, "name", name);
	list.order = "name, id";
	return listing_answer(w, &list, patient);
}

/* What others were invited to see of this relative ends with it. */
static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r;

	if ((r = reach_param(w, &personal_family_members, 0, EDIT, &row)))
		return r;
	if ((r = patient_drop_relative(w, row->id)))
		return r;
	if ((r = store_drop(w, row)))
		return r;
	return reach_message(w, "Family Member deleted successfully");
}

/* --- conditions of a relative --- */

static enum result
list_conditions(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_family_conditions);
	struct row *member;
	int64_t patient;
	enum result r;

	if ((r = reach_param(w, &personal_family_members, 0, SEE, &member)))
		return r;
	if ((r = store_patient_of(w, member, &patient)))
		return r;
	list_where(&list, "family_member_id", value_whole(member->id));
	list.order = "condition_name, id";
	list.limit = 1000;
	return listing_answer(w, &list, patient);
}

/* The path says whose; the member of the body gives way to it. */
static enum result
read_condition(struct work *w)
{
	int64_t member;

	if (!call_id(w->call, 0, &member))
		return reach_missing(w, &personal_family_members, NULL);
	if (json_is_object(w->call->json))
		(void)json_object_set_new(w->call->json, "family_member_id",
			json_integer(member));
	return record_read(w);
}

static enum result
create_condition(struct work *w)
{
	struct row *member, *row = w->call->row;
	enum result r;

	if ((r = reach_param(w, &personal_family_members, 0, EDIT, &member)))
		return r;
	row_set_whole(row, FAMILY_CONDITIONS_FAMILY_MEMBER_ID, member->id);
	return record_store(w, row);
}

static enum result
reach_condition(struct work *w, struct row **out)
{
	struct row *member;
	enum result r;

	if ((r = reach_param(w, &personal_family_members, 0, EDIT, &member)))
		return r;
	if ((r = reach_param(w, &personal_family_conditions, 1, EDIT, out)))
		return r;
	if (row_whole(*out, FAMILY_CONDITIONS_FAMILY_MEMBER_ID) != member->id)
		return fail_as(w, 400, "BIZ-400",
			"Condition does not belong to the specified family member");
	return OK;
}

static enum result
update_condition(struct work *w)
{
	struct row *before;
	enum result r = reach_condition(w, &before);

	if (r)
		return r;
	(void)json_object_del(w->call->json, "family_member_id");
	return record_change(w, before);
}

static enum result
drop_condition(struct work *w)
{
	struct row *row;
	enum result r = reach_condition(w, &row);

	if (r || (r = store_drop(w, row)))
		return r;
	return reach_message(w, "Family Condition deleted successfully");
}

static const struct parameter of_patient[] = { LISTING_PATIENT, { 0 } };
static const struct parameter by_name[] = {
	LISTING_PATIENT,
	{ .name = "name", .type = TYPE_TEXT, .required = true,
	  .help = "Part of the name; at least 2 characters." },
	{ 0 }
};

#define OF "/family-members/{id}/conditions"
const struct route personal_family_routes[] = {
	{ .method = GET, .path = "/family-members/dropdown", .steps = { { READ, list_dropdown } },
	  .rec = &personal_family_members, .query = of_patient,
	  .summary = "The relatives of a patient, in short." },
	{ .method = GET, .path = "/family-members/search/", .steps = { { READ, search } },
	  .rec = &personal_family_members, .query = by_name,
	  .summary = "Relatives whose name contains a text." },
	{ .method = DELETE, .path = "/family-members/{id}", .steps = { { WRITE, drop } },
	  .rec = &personal_family_members, .summary = "Deletes a relative." },
	{ .method = GET, .path = OF, .steps = { { READ, list_conditions } },
	  .rec = &personal_family_conditions, .summary = "The conditions of a relative." },
	{ .method = POST, .path = OF, .body = BODY_JSON,
	  .steps = { { HERE, read_condition }, { WRITE, create_condition } },
	  .rec = &personal_family_conditions, .summary = "Adds a condition of a relative." },
	{ .method = PUT, .path = OF "/{condition_id}", .body = BODY_JSON,
	  .steps = { { WRITE, update_condition } }, .rec = &personal_family_conditions,
	  .summary = "Changes a condition of a relative." },
	{ .method = DELETE, .path = OF "/{condition_id}", .steps = { { WRITE, drop_condition } },
	  .rec = &personal_family_conditions, .summary = "Deletes a condition of a relative." },
	{ 0 }
};
