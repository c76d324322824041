#pragma once
/*
 * resources - a patient's summary and record as MCP resources.
 */
#include "base/result.h"
#include "engine/work.h"

enum result resources_list(struct work *w);
enum result resources_templates(struct work *w);
enum result resources_read(struct work *w);
/* The patient of a resource whose chart may be read as a whole; else MISSING, DENIED. */
MUST_CHECK enum result resources_watch(struct work *w, const char *uri, int64_t *patient);
