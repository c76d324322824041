#pragma once
/*
 * mcp - the Model Context Protocol at /mcp: both eras on one endpoint.
 *
 * 2026-07-28 is stateless and says with every request who it is; 2025-11-25 and
 * older start with initialize.  No sessions are kept for either.
 */
#include <stdatomic.h>

#include "engine/call.h"

extern const struct route mcp_routes[];
/* One message that came another way (stdio, WebSocket): a call whose path is /mcp,
 * whose body is the message and whose route this is has no HTTP headers to check. */
extern const struct route mcp_message_route;
/* The same, without a message: whether who comes may talk at all. */
extern const struct route mcp_hello_route;

/* NULL in the program.  The conformance suite wants tools, prompts and resources made
 * for it; the test that has them sets this: true when it has answered. */
extern bool (*mcp_fixtures)(struct work *w, enum result *r);

/* Counts up whenever the list of tools is another; the fixtures' only. */
extern atomic_uint mcp_edition;

struct mcp_settings {
	bool allow_token_arguments; /* access_token among a tool's arguments is taken */
	bool confirm_destructive;   /* cancel, discontinue ... wait for a person */
	bool confirm_overrides;     /* prescribing against an allergy does */
	int patience;               /* seconds that an answer of a person is waited for */
};
extern struct mcp_settings mcp_settings;
