#pragma once
/*
 * chart - a patient's complete record and its summary, each one snapshot.
 */
#include "engine/call.h"

extern const struct route chart_routes[];
