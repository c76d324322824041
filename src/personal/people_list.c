/*
 * people_list - everybody whose record a user may open, in one answer.
 *
 * Shared ones are asked about one by one by the rule there is, so that what is
 * listed is what may be opened.
 */
#include <string.h>

#include "base/json.h"
#include "personal/listing.h"
#include "personal/people.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"

static const char candidates[] =
	"SELECT p.id, p.first_name, p.last_name, p.birth_date, p.gender, "
	"p.relationship_to_family, p.is_self_record, p.owner_user_id, p.privacy_level, "
	"u.full_name, s.permission_level, s.expires_at, "
	"CASE WHEN (SELECT f.id FROM patient_photos f WHERE f.patient_id = p.id LIMIT 1) IS NULL "
	"THEN 0 ELSE 1 END "
	"FROM patients p LEFT JOIN users u ON u.id = p.owner_user_id "
	"LEFT JOIN patient_shares s ON s.patient_id = p.id AND s.shared_with_user_id = $1 "
	"AND s.is_active = TRUE WHERE p.id IN ("
	"SELECT id FROM patients WHERE owner_user_id = $1 UNION "
	"SELECT patient_id FROM patient_shares WHERE shared_with_user_id = $1 "
	"AND is_active = TRUE) "
	"ORDER BY CASE WHEN p.owner_user_id = $1 THEN 0 ELSE 1 END, "
	"CASE WHEN p.is_self_record = TRUE THEN 0 ELSE 1 END, p.id";
enum { P_ID, P_FIRST, P_LAST, P_BORN, P_GENDER, P_RELATION, P_SELF, P_OWNER, P_PRIVACY,
	P_OWNER_NAME, P_LEVEL, P_EXPIRES, P_PHOTO };

static void
print_person(struct work *w, struct query *query)
{
	struct text *out = &w->call->out;
	bool own = query_whole(query, P_OWNER) == w->actor.id;
	bool self = own && query_whole(query, P_SELF) != 0;
	const char *relation = query_text(query, P_RELATION, NULL);

	json_open(out, '{');
	json_put_whole(out, "id", query_whole(query, P_ID));
	json_put_text(out, "first_name", query_text(query, P_FIRST, NULL));
	json_put_text(out, "last_name", query_text(query, P_LAST, NULL));
	json_put_text(out, "birth_date", query_text(query, P_BORN, NULL));
	json_put_text(out, "gender", query_text(query, P_GENDER, NULL));
	json_put_text(out, "relationship", self && !relation ? "self" : relation);
	json_put_bool(out, "is_self", self);
	json_put_bool(out, "is_owner", own);
	json_key(out, "owner");
	json_open(out, '{');
	json_put_whole(out, "id", query_whole(query, P_OWNER));
	json_put_text(out, "name", query_text(query, P_OWNER_NAME, NULL));
	json_close(out, '}');
	json_put_text(out, "permission", own ? "owner" : query_text(query, P_LEVEL, NULL));
	json_put_bool(out, "is_active", query_whole(query, P_ID) == w->actor.active_patient);
	json_put_text(out, "privacy", query_text(query, P_PRIVACY, NULL));
	people_moment(out, "expires_at", own ? NULL : query_text(query, P_EXPIRES, NULL));
	json_put_bool(out, "has_photo", query_whole(query, P_PHOTO) != 0);
	json_close(out, '}');
}

/* Prints and notes the one under the cursor, unless it is out of reach by now. */
static enum result
take(struct work *w, struct query *query, bool *active)
{
	const struct failure failure = w->failure;
	int64_t id = query_whole(query, P_ID);
	enum result r = access_patient(w, id, SEE);

	if (r == MISSING || r == DENIED) {
		w->failure = failure;
		return OK;
	}
	if (r)
		return r;
	*active = *active || id == w->actor.active_patient;
	print_person(w, query);
	return reach_note(w, &personal_patients, id, id, 0);
}

static enum result
list(struct work *w)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	bool active = false;
	enum result r;

	if ((r = db_query(w->db, &query, candidates, ARGS(value_whole(w->actor.id)))))
		return r;
	json_open(out, '{');
	json_key(out, "people");
	json_open(out, '[');
	while (query_next(query))
		if ((r = take(w, query, &active)))
			return r;
	json_close(out, ']');
	json_key(out, "active_id");
	if (active)
		json_whole(out, w->actor.active_patient);
	else
		json_nothing(out);
	json_close(out, '}');
	return query_close(&query);
}

const struct route personal_people_list_routes[] = {
	{ .method = GET, .path = "/people", .steps = { { READ, list } },
	  .summary = "Everybody whose record you may open, with what you may do there." },
	{ 0 }
};
