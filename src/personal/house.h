#pragma once
/*
 * house - what the administrators' resources share.  All are NEED_ADMIN, and ask
 * access again inside the transaction.
 */
#include "engine/call.h"
#include "engine/row.h"

/* The clinic's store, when it is open: its health is told beside ours.  Set once
 * by whoever opens both, for the faces do not know each other. */
extern struct store *house_neighbour;

/* The user of the path; 404 "User not found". */
MUST_CHECK enum result house_user(struct work *w, struct row **out);
/* 409 when the user is the only admin who may sign in.  Holds them until the unit
 * ends. */
MUST_CHECK enum result house_spare(struct work *w, const struct row *user);
