#pragma once
/*
 * openapi - OpenAPI 3.1 and the schema as JSON, derived from routes and records.
 */
#include "base/text.h"
#include "engine/call.h"
#include "engine/catalog.h"

void openapi_write(struct text *out, struct face *const *faces);
/* The records as the web page needs them: fields, labels, bounds, choices. */
void schema_write(struct text *out, const struct catalog *catalog);
/* A readable page of all routes: plain HTML without script. */
void docs_write(struct text *out, struct face *const *faces);
