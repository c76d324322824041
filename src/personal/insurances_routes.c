/*
 * insurances_routes - which insurance comes first, which end soon.
 */
#include "base/json.h"
#include "base/moment.h"
#include "engine/form.h"
#include "personal/insurance.h"
#include "personal/listing.h"
#include "personal/patient_drop.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

/* The record itself takes the place away from the others of its type. */
static enum result
set_primary(struct work *w)
{
	struct row *before, *row;
	enum result r;

	if ((r = reach_param(w, &personal_insurance, 0, EDIT, &before)))
		return r;
	row = reach_copy(w, before);
	row_set_whole(row, INSURANCE_IS_PRIMARY, 1);
	return record_store(w, row);
}

static enum result
set_status(struct work *w)
{
	const char *name = personal_insurance.fields[INSURANCE_STATUS].name;
	json_t *body = json_object();
	struct row *before, *row;
	enum result r;

	if ((r = reach_param(w, &personal_insurance, 0, EDIT, &before))) {
		json_decref(body);
		return r;
	}
	if (json_object_get(w->call->json, name))
		(void)json_object_set(body, name, json_object_get(w->call->json, name));
	else
		problem_at(&w->problems, "body", name, "missing", "Field required");
	row = reach_copy(w, before);
	form_read(w, body, true, row);
	json_decref(body);
	if ((r = call_sound(w)))
		return r;
	return record_store(w, row);
}

static enum result
list_expiring(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_insurance);
	char today[DATE_SIZE], last[DATE_SIZE];
	int64_t patient;
	enum result r;

	if ((r = select_query(w, SEE, &patient)))
		return r;
	date_today(today);
	date_add(today, (int)call_whole(w, "days"), last);
	listing_of(&list, patient);
	listing_only(&list, "status = 'active'");
	list_and(&list, "expiration_date <= ?", value_text(last));
	list.order = "expiration_date NULLS FIRST, id";
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

static enum result
search(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_insurance);
	const char *company = call_query(w->call, "company");
	int64_t patient;
	enum result r;

	if (!company || !*company)
		problem_at(&w->problems, "query", "company", "missing", "Field required");
	if ((r = call_sound(w)) || (r = select_query(w, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	list_contains(&list, w->arena, "company_name", company);
	list.order = "company_name, id";
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r;

	if ((r = reach_param(w, &personal_insurance, 0, EDIT, &row)))
		return r;
	if ((r = patient_drop_files(w, "insurance", row->id)))
		return r;
	if ((r = store_drop(w, row)))
		return r;
	return reach_message(w, "Insurance deleted successfully");
}

static const struct parameter expiring[] = {
	LISTING_PAGE, LISTING_PATIENT,
	{ .name = "days", .type = TYPE_WHOLE, .initial = "30", .min = 1, .max = 365,
	  .help = "How many days ahead." },
	{ 0 }
};
static const struct parameter by_company[] = {
	LISTING_PAGE, LISTING_PATIENT,
	{ .name = "company", .type = TYPE_TEXT, .required = true,
	  .help = "Part of the company's name." },
	{ 0 }
};

const struct route personal_insurances_routes[] = {
	{ .method = GET, .path = "/insurances/expiring", .steps = { { READ, list_expiring } },
	  .rec = &personal_insurance, .query = expiring,
	  .summary = "Active insurances that end soon." },
	{ .method = GET, .path = "/insurances/search", .steps = { { READ, search } },
	  .rec = &personal_insurance, .query = by_company,
	  .summary = "Insurances of a company." },
	{ .method = PATCH, .path = "/insurances/{id}/status", .body = BODY_JSON,
	  .steps = { { WRITE, set_status } }, .rec = &personal_insurance,
	  .summary = "Changes the status of an insurance." },
	{ .method = PATCH, .path = "/insurances/{id}/set-primary", .body = BODY_OPTIONAL,
	  .steps = { { WRITE, set_primary } }, .rec = &personal_insurance,
	  .summary = "Makes this the first insurance of its type." },
	{ .method = DELETE, .path = "/insurances/{id}", .steps = { { WRITE, drop } },
	  .rec = &personal_insurance, .summary = "Deletes an insurance." },
	{ 0 }
};
