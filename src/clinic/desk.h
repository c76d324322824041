#pragma once
/*
 * desk - what the practice's own page asks beside the contract's resources: who I
 * am and what I may, the calendar, the activity.
 */
#include "engine/call.h"

extern const struct route desk_routes[];
