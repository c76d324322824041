/*
 * people_activity - who looked at and changed what in a person's record.
 *
 * For the owner and holders of a full share: whoever is told who else looks.
 */
#include "base/json.h"
#include "engine/activity.h"
#include "personal/reach.h"
#include "personal/routes.h"
#include "personal/select.h"

static enum result
show(struct work *w)
{
	struct activity activity = {
		.who = "(SELECT full_name FROM users WHERE users.id = activity_log.user_id)",
	};
	struct text *out = &w->call->out;
	enum result r;

	activity_read(w, &activity);
	if ((r = call_sound(w)) || (r = select_path(w, 0, MANAGE, &activity.patient)))
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", activity.patient);
	if ((r = activity_print(w, &activity, out)))
		return r;
	json_close(out, '}');
	return reach_note_whole(w, activity.patient, "Read the activity", activity.n);
}

static const struct parameter query[] = { ACTIVITY_PARAMETERS, { 0 } };

const struct route personal_people_activity_routes[] = {
	{ .method = GET, .path = "/people/{patient_id}/activity", .steps = { { READ, show } },
	  .query = query,
	  .summary = "Who looked at and changed what in a person's record.",
	  .about = "For the owner and holders of a full share; the newest first." },
	{ 0 }
};
