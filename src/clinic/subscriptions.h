#pragma once
/*
 * subscriptions - subscriptions/listen of 2026-07-28: a stream that says when the list
 * of tools or a patient's chart has changed, and never what.
 *
 * Granted are toolsListChanged and those resources whose chart the client may read
 * as a whole; the lists of prompts and of resources never change.  The first message
 * says what is granted.  What has changed is read once a second from the log of
 * activity, so that every way of writing counts.  The stream ends with the credentials.
 */
#include "base/result.h"
#include "engine/work.h"

enum result subscriptions_listen(struct work *w);
