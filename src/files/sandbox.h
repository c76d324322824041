#pragma once
/*
 * sandbox - what a process that reads a stranger's bytes may still do: compute, with so
 * much memory and time, and read and write what it has open.  There is no way back.
 */
#include "base/result.h"

/* FAULT: it did not come about, and nothing may be read. */
MUST_CHECK enum result sandbox_enter(void);
