/*
 * ask - what a request says beside the record's own fields.
 */
#include "clinic/ask.h"

#include "base/text.h"
#include "engine/call.h"

static struct ask *
find_ask(const struct work *w)
{
	return w->call && !w->importing ? w->call->data : NULL;
}

static json_t *
member(const struct work *w, const char *name)
{
	const struct ask *ask = find_ask(w);

	return ask ? json_object_get(ask->body, name) : NULL;
}

const char *
ask_text(const struct work *w, const char *name)
{
	const char *given = json_string_value(member(w, name));
	const char *text = given ? text_trim(w->arena, given) : NULL;

	return text && *text ? text : NULL;
}

bool
ask_flag(const struct work *w, const char *name)
{
	return json_is_true(member(w, name));
}

void
ask_warn(struct work *w, const char *warning)
{
	struct ask *ask = find_ask(w);

	if (ask)
		ask->warning = warning;
}

void
ask_secret(struct work *w, const char *name, const char *secret)
{
	struct ask *ask = find_ask(w);

	if (ask) {
		ask->secret_name = name;
		ask->secret = secret;
	}
}

enum result
ask_person(struct work *w, bool needed)
{
	const struct ask *ask = find_ask(w);

	if (!needed || w->importing || w->actor.kind != CLIENT || (ask && ask->person))
		return OK;
	return fail_as(w, 403, "confirmation_needed", "An application may not do this without a "
		"person; call the tool of MCP, which proposes it.");
}
