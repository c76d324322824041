#pragma once
/*
 * prompts - what a person can ask an agent to begin with; and what completes.
 */
#include "engine/work.h"

enum result prompts_list(struct work *w);
enum result prompts_get(struct work *w);
enum result prompts_complete(struct work *w);
