/*
 * value - making the values that are bound to a statement.
 */
#include "db/db.h"

#include <string.h>

struct value
value_null(void)
{
	return (struct value){ .kind = VALUE_NULL };
}

struct value
value_whole(int64_t whole)
{
	return (struct value){ .kind = VALUE_WHOLE, .whole = whole };
}

struct value
value_number(double number)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = number };
}

struct value
value_text(const char *text)
{
	if (!text)
		return value_null();
	return (struct value){ .kind = VALUE_TEXT, .text = text, .len = strlen(text) };
}
