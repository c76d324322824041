/*
 * adopt_rules - what is not believed of an adopted row, record by record.
 *
 * There anybody could choose a role; so nobody is an admin here whom --admin does
 * not name.  Passwords are taken over as hashes.  Files are rows without bytes:
 * their paths lead into another machine and are never followed.
 */
#include <string.h>

#include "base/arena.h"
#include "base/bcrypt.h"
#include "personal/adopt_private.h"
#include "personal/entity_files.h"
#include "personal/invitations.h"
#include "personal/lab_result_files.h"
#include "personal/patient_photos.h"
#include "personal/patient_shares.h"
#include "personal/patients.h"
#include "personal/records.h"
#include "personal/user_preferences.h"
#include "personal/users.h"

static const char *
text_of(struct adoptee *e, int slot)
{
	const struct value *value = adopt_cell(e, slot);

	return value->kind == VALUE_TEXT ? value->text : "";
}

static int64_t
whole_of(struct adoptee *e, int slot)
{
	const struct value *value = adopt_cell(e, slot);

	return value->kind == VALUE_WHOLE ? value->whole : 0;
}

static void
refuse(struct adoptee *e, const char *why)
{
	if (!e->refused)
		e->refused = why;
}

/* ---- users ---- */

static bool
is_named(const struct adoptee *e, const char *username)
{
	const char *const *admin = e->run->adopt->admins;

	for (; admin && *admin; admin++)
		if (strcmp(text_lower(e->run->page, *admin), username) == 0)
			return true;
	return false;
}

static void
settle_role(struct adoptee *e, const char *username)
{
	const char *theirs = adopt_original(e, USERS_ROLE + 3);
	const char *word = text_lower(e->run->page, theirs ? theirs : "");
	bool admin = strcmp(word, "admin") == 0 || strcmp(word, "administrator") == 0;
	const char *role = strcmp(word, "guest") == 0 ? "guest" : "user";

	if (is_named(e, username))
		role = "admin";
	*adopt_cell(e, USERS_ROLE) = value_text(role);
	if (theirs && strcmp(theirs, role) == 0)
		return;
	adopt_flag(e, "role", theirs, "was not believed");
	text_printf(&e->run->adopt->changes, "user %s: role %.20s became %s%s\n", username,
		theirs ? theirs : "(none)", role,
		admin && strcmp(role, "admin") != 0 ? "; name them with --admin to keep it" : "");
}

static void
settle_password(struct adoptee *e, const char *username)
{
	const char *theirs = adopt_original(e, USERS_PASSWORD_HASH + 3);

	if (theirs && bcrypt_is(theirs)) {
		*adopt_cell(e, USERS_PASSWORD_HASH) = value_text(theirs);
		return;
	}
	*adopt_cell(e, USERS_PASSWORD_HASH) = value_text("!");
	text_printf(&e->run->adopt->changes, "user %s: the password cannot be taken over; give a "
			"new one with charthouse user password %s\n", username, username);
}

static void
settle_user(struct adoptee *e)
{
	const char *theirs = text_of(e, USERS_USERNAME);
	const char *username = text_lower(e->run->page, text_trim(e->run->page, theirs));

	if (e->refused == NULL && !*username)
		refuse(e, "username is empty");
	if (strcmp(username, theirs) != 0) {
		adopt_flag(e, "username", theirs, "names are kept in small letters");
		text_printf(&e->run->adopt->changes, "user %s: the name is kept in small letters\n",
			username);
	}
	*adopt_cell(e, USERS_USERNAME) = value_text(username);
	if (e->refused)
		return;
	settle_role(e, username);
	settle_password(e, username);
}

/* Sealed with the other server's key. */
static void
unseal(struct adoptee *e, int slot)
{
	struct value *value = adopt_cell(e, slot);

	if (value->kind != VALUE_NULL)
		e->run->sealed++;
	*value = value_null();
}

static void
settle_preferences(struct adoptee *e)
{
	unseal(e, USER_PREFERENCES_PAPERLESS_API_TOKEN_ENCRYPTED);
	unseal(e, USER_PREFERENCES_PAPERLESS_USERNAME_ENCRYPTED);
	unseal(e, USER_PREFERENCES_PAPERLESS_PASSWORD_ENCRYPTED);
	*adopt_cell(e, USER_PREFERENCES_PAPERLESS_ENABLED) = value_whole(0);
	*adopt_cell(e, USER_PREFERENCES_PAPERLESS_AUTO_SYNC) = value_whole(0);
}

/* ---- patients and who sees them ---- */

static enum result
settle_patient(struct adoptee *e)
{
	int64_t owner = whole_of(e, PATIENTS_OWNER_USER_ID);
	int64_t others = 0;
	enum result r;

	if (e->refused || !whole_of(e, PATIENTS_IS_SELF_RECORD))
		return OK;
	if ((r = db_one(e->run->w->db,
		     "SELECT count(*) FROM patients WHERE owner_user_id = $1 "
		     "AND is_self_record = TRUE",
		     ARGS(value_whole(owner)), &others)))
		return r;
	if (!others && whole_of(e, PATIENTS_USER_ID) == owner)
		return OK;
	*adopt_cell(e, PATIENTS_IS_SELF_RECORD) = value_whole(0);
	adopt_flag(e, "is_self_record", "true",
		others ? "the owner has a self record already" : "is another user's");
	return OK;
}

/* Only an owner may share. */
static enum result
settle_share(struct adoptee *e)
{
	int64_t by = whole_of(e, PATIENT_SHARES_SHARED_BY_USER_ID);
	int64_t owner = 0;
	enum result r;

	if (e->refused)
		return OK;
	r = db_one(e->run->w->db, "SELECT owner_user_id FROM patients WHERE id = $1",
		ARGS(value_whole(whole_of(e, PATIENT_SHARES_PATIENT_ID))), &owner);
	if (r && r != MISSING)
		return r;
	if (owner != by)
		refuse(e, "was shared by somebody who is not the owner");
	else if (by == whole_of(e, PATIENT_SHARES_SHARED_WITH_USER_ID))
		refuse(e, "is shared with the owner");
	return OK;
}

/* ---- files ---- */

/* path, name and size are slots of the record. */
static void
settle_path(struct adoptee *e, int path, int name, int size)
{
	const char *file = text_of(e, name);
	const char *base = file + strlen(file);

	while (base > file && base[-1] != '/' && base[-1] != '\\')
		base--;
	if (base != file) {
		adopt_flag(e, "file_name", file, "had a path in it");
		*adopt_cell(e, name) = value_text(*base ? base : "file");
	}
	adopt_flag(e, "file_path", text_of(e, path), "is a path on the other server");
	e->file = adopt_file(e, text_of(e, path), whole_of(e, size));
	*adopt_cell(e, path) = value_text(e->file ? e->file
		: arena_printf(e->run->page, "not-here/%s/%lld", e->source->rec->name,
			(long long)e->old));
}

static const struct record *
record_called(const struct adopting *run, const char *type)
{
	for (size_t i = 0; i < run->n_sources; i++) {
		const struct record *rec = run->sources[i].rec;
		const char *word = rec->entity ? rec->entity : "";
		size_t n = strlen(word);

		for (size_t c = 0; c < n && type[c]; c++)
			if (word[c] != type[c] && !(word[c] == '_' && type[c] == '-'))
				n = 0;
		if (n && strlen(type) == n)
			return rec;
	}
	return NULL;
}

static enum result
settle_file(struct adoptee *e)
{
	const char *type = text_of(e, ENTITY_FILES_ENTITY_TYPE);
	const struct record *on = strcmp(type, "visit") == 0 ? &personal_encounters
		: record_called(e->run, type);
	int64_t new = adopt_new_id(on ? adopt_source(e->run, on) : NULL,
		whole_of(e, ENTITY_FILES_ENTITY_ID));

	if (!new)
		refuse(e, "hangs on a row that was not taken over");
	*adopt_cell(e, ENTITY_FILES_ENTITY_ID) = value_whole(new);
	settle_path(e, ENTITY_FILES_FILE_PATH, ENTITY_FILES_FILE_NAME, ENTITY_FILES_FILE_SIZE);
	if (e->file)
		*adopt_cell(e, ENTITY_FILES_SYNC_STATUS) = value_text("synced");
	else if (strcmp(text_of(e, ENTITY_FILES_STORAGE_BACKEND), "local") == 0)
		*adopt_cell(e, ENTITY_FILES_SYNC_STATUS) = value_text("missing");
	return OK;
}

/* ---- rows that name others inside their JSON ---- */

static enum result
settle_names_inside(struct adoptee *e)
{
	if (!e->run->adopt->same_ids)
		refuse(e, "names rows by ids that are others here");
	return OK;
}

enum result
adopt_rules(struct adoptee *e)
{
	const struct record *rec = e->source->rec;

	if (rec == &personal_users)
		settle_user(e);
	if (rec == &personal_user_preferences)
		settle_preferences(e);
	if (rec == &personal_lab_result_files)
		settle_path(e, LAB_RESULT_FILES_FILE_PATH, LAB_RESULT_FILES_FILE_NAME,
			LAB_RESULT_FILES_FILE_SIZE);
	if (rec == &personal_patient_photos)
		settle_path(e, PATIENT_PHOTOS_FILE_PATH, PATIENT_PHOTOS_FILE_NAME,
			PATIENT_PHOTOS_FILE_SIZE);
	if (rec == &personal_patients)
		return settle_patient(e);
	if (rec == &personal_patient_shares)
		return settle_share(e);
	if (rec == &personal_entity_files)
		return settle_file(e);
	if (rec == &personal_invitations || rec == &personal_report_templates)
		return settle_names_inside(e);
	return OK;
}
