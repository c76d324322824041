/*
 * face - the clinic as the server knows it: opened and closed here.
 */
#include <string.h>

#include "base/arena.h"
#include "clinic/chart.h"
#include "clinic/clinic.h"
#include "clinic/desk.h"
#include "clinic/explain.h"
#include "clinic/confirm.h"
#include "clinic/dialog.h"
#include "clinic/keys.h"
#include "clinic/limit.h"
#include "clinic/mcp.h"
#include "clinic/oauth.h"
#include "clinic/page.h"
#include "clinic/proposals.h"
#include "clinic/rest.h"
#include "clinic/rights.h"
#include "clinic/slots.h"
#include "clinic/tokens.h"
#include "clinic/caller.h"

enum { ROUTES_ROOM = 256 * 1024 };

static struct arena *arena; /* the routes, made once */
static const struct route *tables[8];

static struct face face = {
	.name = "clinic",
	.prefix = "",
	.tables = tables,
	.catalog = &clinic_catalog,
	.who = caller_find,
	.admit = caller_admit,
	.access = rights_rule,
	.explain = explain_failure,
};

enum result
clinic_open(struct face **out, const char *dir)
{
	struct store_options options = { .catalog = &clinic_catalog, .dir = dir };
	enum result r;

	if ((r = store_open(&face.store, &options)) || (r = keys_open(dir)) ||
		(r = page_open(dir)) || (r = confirm_open(dir)) || (r = dialog_open(dir))) {
		clinic_close();
		return r;
	}
	tokens_open();
	limit_open(dir);
	arena = arena_open(ROUTES_ROOM);
	tables[0] = oauth_routes;
	tables[1] = chart_routes;
	tables[2] = rest_routes(arena);
	tables[3] = mcp_routes;
	tables[4] = proposal_routes;
	tables[5] = slots_routes;
	tables[6] = desk_routes;
	*out = &face;
	return OK;
}

void
clinic_close(void)
{
	if (face.store)
		store_close(&face.store);
	if (arena) /* it was open */
		limit_close();
	tokens_close();
	keys_close();
	if (arena)
		arena_close(&arena);
	memset(tables, 0, sizeof(tables));
}
