#pragma once
/*
 * log - one JSON object per line on stderr; never health data, never a secret.
 *
 * Formats name record types and ids ("medications/5"), not names or values.
 * Thread-safe; a line is written with one write(2).
 */
#include "base/result.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_set_level(enum log_level least);
void log_debug(const char *format, ...) PRINTF(1, 2);
void log_info(const char *format, ...) PRINTF(1, 2);
void log_warn(const char *format, ...) PRINTF(1, 2);
void log_error(const char *format, ...) PRINTF(1, 2);
