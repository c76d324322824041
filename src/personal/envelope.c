/*
 * envelope - one shape for all that goes wrong.
 *
 * A failure with a code of its own belongs to a class and carries the class's
 * description; one with a status but no code is a "plain HTTP error" of the
 * reference, whose code and description follow from the number.
 */
#include "personal/envelope.h"

#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "engine/call.h"

struct class {
	int status;
	const char *code;
	const char *message;
	const char *description;
};

static const struct class classes[] = {
	{ 422, "VAL-422", "Validation failed", NULL },
	{ 401, "AUTH-401", "Authentication required",
		"You must be authenticated to access this resource" },
	{ 403, "PERM-403", "Access denied",
		"You do not have permission to access this resource" },
	{ 404, "NOT-404", "Resource not found", "The requested resource does not exist" },
	{ 409, "CONF-409", "Resource conflict",
		"The request conflicts with the current state of the resource" },
	{ 400, "BIZ-400", "Business rule violation", "The operation violates business rules" },
	{ 500, "DB-500", "Database operation failed",
		"An error occurred while accessing the database" },
	{ 503, "SVC-503", "Service temporarily unavailable",
		"The service is temporarily unavailable, please try again later" },
	{ 500, "ISE-500", "An unexpected error occurred",
		"The server encountered an unexpected error. Please try again later." },
};

static const struct class *
class_of_code(const char *code)
{
	for (size_t i = 0; i < COUNT(classes); i++)
		if (strcmp(classes[i].code, code) == 0)
			return &classes[i];
	return NULL;
}

static const struct class *
class_of_result(enum result result)
{
	switch (result) {
	case INVALID:
		return class_of_code("BIZ-400");
	case MISSING:
		return class_of_code("NOT-404");
	case DENIED:
		return class_of_code("PERM-403");
	case CONFLICT:
		return class_of_code("CONF-409");
	case OK:
	case FAULT:
	default:
		return class_of_code("ISE-500");
	}
}

static const char *
code_of_status(int status)
{
	switch (status) {
	case 400:
		return "BAD-400";
	case 401:
		return "AUTH-401";
	case 403:
		return "PERM-403";
	case 404:
		return "NOT-404";
	case 409:
		return "CONF-409";
	case 503:
		return "SVC-503";
	default:
		return "ISE-500";
	}
}

/* "Lab Result not found" -> "The requested lab result does not exist". */
static const char *
describe_missing(struct arena *arena, const char *message)
{
	static const char tail[] = " not found";
	size_t n = message ? strlen(message) : 0;
	char *thing;

	if (n < sizeof(tail) || strcmp(message + n - (sizeof(tail) - 1), tail) != 0)
		return "The requested resource does not exist";
	thing = arena_copy(arena, message, n - (sizeof(tail) - 1));
	for (char *c = thing; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return arena_printf(arena, "The requested %s does not exist", thing);
}

static const char *
in_words(const char *text)
{
	static const char prefix[] = "Value error, ";

	return text_starts(text, prefix) ? text + sizeof(prefix) - 1 : text;
}

/* detail's texts are those of clients' libraries: our own rules are announced. */
static const char *
in_detail(struct arena *arena, const struct problem *p)
{
	const char *text = in_words(p->text);

	if (strcmp(p->kind, "value_error") != 0 || text_starts(text, "value is not a valid")
		|| text_starts(text, "Input should"))
		return text;
	return arena_printf(arena, "Value error, %s", text);
}

/* loc: ["body","components",3,"value"], numbers as numbers. */
static void
print_place(struct text *out, struct arena *arena, const struct problem *p)
{
	const char *at = p->field;

	json_key(out, "loc");
	json_open(out, '[');
	json_text(out, p->where);
	while (at && *at) {
		size_t n = strcspn(at, ".");
		const char *part = arena_copy(arena, at, n);
		int64_t number;

		if (text_whole(part, 0, INT32_MAX, &number))
			json_whole(out, number);
		else
			json_text(out, part);
		at += n + (at[n] == '.');
	}
	json_close(out, ']');
}

static void
print_problems(struct text *out, struct work *w)
{
	json_key(out, "detail");
	json_open(out, '[');
	for (const struct problem *p = w->problems.first; p; p = p->next) {
		json_open(out, '{');
		json_put_text(out, "type", p->kind);
		print_place(out, w->arena, p);
		json_put_text(out, "msg", in_detail(w->arena, p));
		json_close(out, '}');
	}
	json_close(out, ']');
	json_key(out, "validation_errors");
	json_open(out, '[');
	for (const struct problem *p = w->problems.first; p; p = p->next)
		json_text(out, *p->field
			? arena_printf(w->arena, "%s: %s", p->field, in_words(p->text))
			: in_words(p->text));
	json_close(out, ']');
}

static void
print_head(struct text *out, const char *message, const char *code, const char *description)
{
	json_open(out, '{');
	json_put_nothing(out, "data");
	json_put_text(out, "status", "FAIL");
	json_put_text(out, "message", message);
	json_put_text(out, "error_code", code);
	json_put_text(out, "description", description);
}

static void
explain_problems(struct work *w, struct text *out)
{
	w->call->status = 422;
	print_head(out, "Validation failed", "VAL-422",
		arena_printf(w->arena, "Input validation failed for %zu field(s)", w->problems.n));
	print_problems(out, w);
	json_close(out, '}');
}

static void
explain_failure(struct work *w, enum result result, struct text *out)
{
	const struct failure *f = &w->failure;
	const struct class *class = f->code ? class_of_code(f->code)
		: !f->status ? class_of_result(result)
		: !f->message ? class_of_code(code_of_status(f->status)) : NULL;
	const char *message = f->message;
	const char *description = f->description;
	const char *code = class ? class->code : f->code ? f->code : code_of_status(f->status);

	w->call->status = f->status ? f->status : class ? class->status : 500;
	if (!message)
		message = f->status == 507 ? "There is no room left to store anything"
			: class ? class->message : "HTTP Error";
	if (!description && class && strcmp(class->code, "NOT-404") == 0)
		description = describe_missing(w->arena, message);
	if (!description)
		description = class && class->description ? class->description
			: arena_printf(w->arena, "HTTP %d error occurred", w->call->status);
	print_head(out, message, code, description);
	json_put_text(out, "detail", message);
	json_close(out, '}');
}

/* Unknown routes and wrong methods have a body of their own. */
static void
explain_unrouted(struct call *call)
{
	bool method = call->status == 405 || call->work.failure.status == 405;

	call->status = method ? 405 : 404;
	json_open(&call->out, '{');
	json_put_text(&call->out, "detail", method ? "Method Not Allowed" : "Not Found");
	json_close(&call->out, '}');
}

void
envelope_explain(struct work *w, enum result result)
{
	struct call *call = w->call;
	int status = w->failure.status ? w->failure.status : call->status;

	call->out.len = 0;
	call->out.full = false;
	call->type = NULL;
	call->no_body = false;
	if (!call->route && (status == 0 || status == 404 || status == 405))
		explain_unrouted(call);
	else if (w->problems.n && (result == INVALID || result == OK))
		explain_problems(w, &call->out);
	else
		explain_failure(w, result, &call->out);
	if (w->failure.retry_after)
		call_answer(call, "Retry-After",
			arena_printf(w->arena, "%d", w->failure.retry_after));
}
