#pragma once
/*
 * stream - an answer in pieces, as server-sent events (HTML, 9.2): each message of a
 * call that waits, then its answer.
 *
 * Between messages the connection is suspended like that of any call in a lane.  A
 * comment goes out when nothing else has for a while, so that proxies keep the
 * connection; a peer that has left is noticed within a second, and its call ends
 * there without an answer.
 */
#include "http/exchange.h"

/* The call waits: what it has written becomes the first message. */
void stream_open(struct exchange *exchange);
/* Frees what the exchange's stream holds, if it has one. */
void stream_close(struct exchange *exchange);
/* For MHD_queue_response(); NULL when there is no memory. */
struct MHD_Response *stream_response(struct exchange *exchange);
