/*
 * problem - a list that only grows, in the arena of the work.
 */
#include "engine/problem.h"

#include <stdarg.h>

#include "base/arena.h"
#include "engine/record.h"

static void
append(struct problems *problems, const char *where, const char *field, const char *kind,
	const char *text)
{
	struct problem *new = arena_new(problems->arena, sizeof(*new));

	new->where = where;
	new->field = problems->prefix && *field
		? arena_printf(problems->arena, "%s%s", problems->prefix, field)
		: field;
	new->kind = kind;
	new->text = text;
	if (problems->last)
		problems->last->next = new;
	else
		problems->first = new;
	problems->last = new;
	problems->n++;
}

void
problem(struct problems *problems, const struct field *field, const char *text)
{
	append(problems, "body", field->name, "value_error",
		arena_text(problems->arena, text));
}

void
problem_at(struct problems *problems, const char *where, const char *field,
	const char *kind, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	append(problems, where, arena_text(problems->arena, field), kind,
		arena_vprintf(problems->arena, format, args));
	va_end(args);
}
