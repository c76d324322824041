#pragma once
/*
 * account_routes - the route tables of accounts, sessions, setup and system.
 */
#include "engine/call.h"

extern const struct route personal_auth_routes[];
extern const struct route personal_me_routes[];
extern const struct route personal_setup_routes[];
extern const struct route personal_system_routes[];
