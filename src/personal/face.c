/*
 * face - opens the personal store and gathers its routes into one face.
 *
 * Explicit routes come before the generated ones, so that a record's own
 * "/medications/dropdown" is found before "/medications/{id}".
 */
#include "personal/face.h"

#include <string.h>

#include "base/moment.h"
#include "engine/store.h"
#include "personal/access.h"
#include "personal/account_routes.h"
#include "personal/envelope.h"
#include "personal/pattern.h"
#include "personal/personal.h"
#include "personal/routes.h"
#include "personal/tokens.h"
#include "personal/visitor.h"

enum { MAX_FACE_MEMORY = 16 << 20 };

static struct state state;

static const struct route *const explicit_routes[] = {
	personal_auth_routes,
	personal_me_routes,
	personal_setup_routes,
	personal_system_routes,
	ROUTE_TABLES,
};

static const struct route *const *
gather(struct arena *arena)
{
	size_t n = COUNT(explicit_routes);
	const struct route **tables = arena_new(arena, (n + 2) * sizeof(*tables));

	memcpy(tables, explicit_routes, sizeof(explicit_routes));
	tables[n] = pattern_routes(arena);
	return tables;
}

const struct state *
face_state(void)
{
	return &state;
}

enum result
personal_open(struct face **out, const char *dir)
{
	const struct store_options options = { .catalog = &personal_catalog, .dir = dir };
	enum result r;

	if ((r = key_load(dir, "jwt", state.jwt_key)))
		return r;
	if ((r = store_open(&state.store, &options)))
		return r;
	state.opened = moment_now();
	state.arena = arena_open(MAX_FACE_MEMORY);
	state.cookie = arena_printf(state.arena, "%scharthouse_%d", settings.tls ? "__Host-" : "",
		settings.port);
	state.face = (struct face){
		.name = "personal",
		.prefix = "/api/v1",
		.tables = gather(state.arena),
		.catalog = &personal_catalog,
		.store = state.store,
		.who = visitor_find,
		.admit = visitor_admit,
		.access = personal_access,
		.explain = envelope_explain,
		.state = &state,
	};
	*out = &state.face;
	return OK;
}

void
personal_close(void)
{
	if (state.store)
		store_close(&state.store);
	if (state.arena)
		arena_close(&state.arena);
	tokens_reset();
	memset(&state, 0, sizeof(state));
}
