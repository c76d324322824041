#pragma once
/*
 * resources - a patient's summary and record as MCP resources.
 */
#include "engine/work.h"

enum result resources_list(struct work *w);
enum result resources_templates(struct work *w);
enum result resources_read(struct work *w);
