#pragma once
/*
 * request - from the bytes of a request to a struct call, without a socket.
 *
 * Everything here takes what a stranger sent, so it is bounded, never decodes
 * twice, and refuses what two readers could understand differently.  Memory is
 * the call's arena; call->path, query, form and headers live as long as it.
 */
#include <stdbool.h>
#include <stddef.h>

#include "engine/call.h"

enum {
	MAX_HEADERS = 100,
	MAX_PAIRS = 512,             /* of a query or a form */
	MAX_PARTS = 64,              /* of multipart/form-data */
	MAX_BODY = 1024 * 1024,      /* personal-api section 0 */
	MAX_STRANGER = 64 * 1024     /* without credentials */
};

/* How the body comes, by the headers. */
struct framing {
	bool chunked;
	bool expects;  /* Expect: 100-continue */
	size_t length; /* Content-Length; 0 when absent */
};

/* 0 for a method we do not know; HEAD is GET with *head. */
enum method request_method(const char *name, bool *head);
/* The raw request target to path and query; false: answer 400. */
bool request_target(struct call *call, const char *target);
/*
 * Looks at all headers (names in lower case already): the status to refuse the
 * request with, or 0 and *framing.  RFC 9112 3.2, 6.1, 6.3 without leniency.
 */
int request_check(const struct call *call, const char *version, struct framing *framing);
/* Whether anything in the headers could be a credential. */
bool request_has_credentials(const struct call *call);
/* key=value&...: percent and plus decoded; false when it is none or too many. */
bool request_pairs(struct arena *arena, const char *text, size_t n, struct pair **out,
	size_t *n_out);
/*
 * Reads call->body into call->form by its Content-Type; another type leaves an
 * empty form, which the route answers as missing fields.  INVALID: broken.
 */
MUST_CHECK enum result request_form(struct call *call);
/* multipart/form-data with text fields and, where the route has BODY_FILE, one file named
 * "file", which becomes call->upload; false when broken or with other files. */
bool multipart_read(struct call *call, const char *boundary);
