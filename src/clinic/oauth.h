#pragma once
/*
 * oauth - client credentials (RFC 6749 4.4), introspection, revocation, metadata.
 */
#include "engine/call.h"

extern const struct route oauth_routes[];
