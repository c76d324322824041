/*
 * invite - invitations as rows.
 */
#include "personal/invite.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/store.h"
#include "personal/invitations.h"
#include "personal/reach.h"
#include "personal/records.h"

enum { HOUR = 3600 };

static const char *
stored(struct work *w, int64_t moment)
{
	char *text = arena_new(w->arena, MOMENT_SIZE);

	moment_store(moment, text);
	return text;
}

static const char *
dump(struct work *w, json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);
	const char *copy = arena_text(w->arena, text ? text : "{}");

	free(text);
	json_decref(json);
	return copy;
}

/* One entry for each patient it is about. */
static enum result
note_sent(struct work *w, const struct row *row, const struct ids *patients)
{
	enum result r = OK;

	if (!patients)
		return people_note(w, row, "invited", 0);
	for (size_t i = 0; !r && i < patients->n; i++)
		r = people_note(w, row, "invited", patients->at[i]);
	return r;
}

enum result
invite_send(struct work *w, const struct invite *invite, struct row **out)
{
	struct row *row = row_new(w->arena, &personal_invitations);
	enum result r;

	row_set_whole(row, INVITATIONS_SENT_BY_USER_ID, w->actor.id);
	row_set_whole(row, INVITATIONS_SENT_TO_USER_ID, invite->to);
	row_set_text(row, INVITATIONS_INVITATION_TYPE, invite->type);
	row_set_text(row, INVITATIONS_STATUS, "pending");
	row_set_text(row, INVITATIONS_TITLE, invite->title);
	row_set_text(row, INVITATIONS_MESSAGE, invite->message);
	row_set_text(row, INVITATIONS_CONTEXT_DATA, dump(w, invite->context));
	if (invite->hours)
		row_set_text(row, INVITATIONS_EXPIRES_AT,
			stored(w, w->now + invite->hours * HOUR * 1000000));
	w->quiet = true;
	r = store_put(w, row);
	w->quiet = false;
	*out = row;
	return r ? r : note_sent(w, row, invite->patients);
}

enum result
invite_answer(struct work *w, const struct row *invitation, const char *status, int64_t patient)
{
	struct row *row = reach_copy(w, invitation);
	const json_t *note = json_object_get(w->call->json, "response_note");

	row_set_text(row, INVITATIONS_STATUS, status);
	row_set_text(row, INVITATIONS_RESPONDED_AT, stored(w, w->now));
	if (json_is_string(note))
		row_set_text(row, INVITATIONS_RESPONSE_NOTE,
			arena_text(w->arena, json_string_value(note)));
	return people_put(w, row, status, patient);
}

enum result
invite_mark(struct work *w, const struct row *invitation, const char *status, int64_t patient)
{
	struct row *row = reach_copy(w, invitation);

	row_set_text(row, INVITATIONS_STATUS, status);
	return people_put(w, row, status, patient);
}

enum result
invite_revoke(struct work *w, int64_t id, int64_t patient)
{
	struct row *row = NULL;
	enum result r = id ? store_get(w, &personal_invitations, id, &row) : MISSING;

	if (r)
		return r == MISSING ? OK : r;
	if (strcmp(row_text(row, INVITATIONS_STATUS), "accepted") != 0)
		return OK;
	return invite_mark(w, row, "revoked", patient);
}

json_t *
invite_context(const struct row *invitation)
{
	const char *text = row_text(invitation, INVITATIONS_CONTEXT_DATA);
	struct json_trouble trouble;
	json_t *json = text ? json_read(text, strlen(text), &trouble) : NULL;

	return json ? json : json_object();
}

void
invite_open(struct work *w, const char *message, int64_t invitation)
{
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "message", message);
	json_put_whole(out, "invitation_id", invitation);
}

void
invite_shares(struct work *w, const struct ids *shares, bool bulk)
{
	struct text *out = &w->call->out;

	if (bulk) {
		json_key(out, "share_ids");
		json_open(out, '[');
		for (size_t i = 0; i < shares->n; i++)
			json_whole(out, shares->at[i]);
		json_close(out, ']');
		json_put_whole(out, "share_count", (int64_t)shares->n);
	} else {
		json_put_whole(out, "share_id", shares->n ? shares->at[0] : 0);
	}
	json_put_text(out, "status", "accepted");
	json_close(out, '}');
}
