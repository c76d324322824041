#pragma once
/*
 * reach - from an id to a row that who asks may have, and the words when not.
 *
 * What may not be seen answers like what is not there (404); what may be seen
 * but not changed answers 403.  Everything here runs inside a transaction.
 */
#include "engine/call.h"
#include "engine/row.h"

/* Answers MISSING; sentence NULL: "<one> not found". */
enum result reach_missing(struct work *w, const struct record *rec, const char *sentence);
/* The row, when the actor may do verb to it; missing as above. */
MUST_CHECK enum result reach_row(struct work *w, const struct record *rec, int64_t id,
	enum verb verb, const char *missing, struct row **out);
/* The same for the id in the route's path. */
MUST_CHECK enum result reach_param(struct work *w, const struct record *rec, int param,
	enum verb verb, struct row **out);
/* For a row that is not of the one the path names: 400 with this sentence for who may
 * see it, missing for anybody else. */
enum result reach_stray(struct work *w, const struct row *row, const char *missing,
	const char *sentence);
/* Rows of rec of a patient: 404 "Patient not found", 403 "Access denied to patient". */
MUST_CHECK enum result reach_patient(struct work *w, const struct record *rec, int64_t patient,
	enum verb verb);
/* Puts the entry of a read into the writer's queue: id 0 and a count for lists. */
MUST_CHECK enum result reach_note(struct work *w, const struct record *rec, int64_t id,
	int64_t patient, size_t count);
/* The same for an answer about the patient as a whole: "Read the chart". */
MUST_CHECK enum result reach_note_whole(struct work *w, int64_t patient, const char *what,
	size_t count);
/* An update's row: a copy of what is stored, with .before. */
struct row *reach_copy(struct work *w, const struct row *before);
/* Opens the JSON object that ends the answer, to put more members into it. */
void reach_reopen(struct work *w);
/* A whole number > 0 of the JSON body; a problem is reported when there is none. */
int64_t reach_body_id(struct work *w, const char *name);
/* {"message": sentence} */
enum result reach_message(struct work *w, const char *sentence);
