/*
 * clinical_notes - why somebody did what the rules warn of: overrode an allergy,
 * cancelled an appointment.  Beside the schema; never in the audit.
 */
#include "clinic/notes.h"

#include "clinic/records.h"
#include "engine/store.h"

static const struct field fields[] = {
	TEXT(NOTES_RECORD, "record", "Record", .required = true, LENGTH(50)),
	WHOLE(NOTES_ROW_ID, "row_id", "Row", .required = true, .wide = true),
	TEXT(NOTES_KIND, "kind", "Kind", .required = true, LENGTH(50)),
	NOTE(NOTES_TEXT, "text", "Text", .required = true),
	TEXT(NOTES_AUTHOR, "author", "Author", LENGTH(200)),
};

const struct record clinic_notes = {
	.name = "clinical_notes",
	.one = "Note",
	.many = "Notes",
	.summary = "Reasons kept beside the records they belong to.",
	.entity = "clinical_note",
	.internal = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){ { NULL, "record, row_id" }, { 0 } },
	.stamps = STAMPS_DEFAULT,
};

enum result
notes_add(struct work *w, const struct row *about, const char *kind, const char *text)
{
	struct row *row = row_new(w->arena, &clinic_notes);
	bool quiet = w->quiet;
	enum result r;

	row_set_text(row, NOTES_RECORD, about->rec->name);
	row_set_whole(row, NOTES_ROW_ID, about->id);
	row_set_text(row, NOTES_KIND, kind);
	row_set_text(row, NOTES_TEXT, text);
	row_set_text(row, NOTES_AUTHOR, w->actor.name ? w->actor.name : "system");
	w->quiet = true; /* the row it explains has its own entry */
	r = store_put(w, row);
	w->quiet = quiet;
	return r;
}

enum result
notes_drop(struct work *w, const struct row *about)
{
	return db_run(w->db, "DELETE FROM clinical_notes WHERE record = $1 AND row_id = $2",
		ARGS(value_text(about->rec->name), value_whole(about->id)), NULL);
}
