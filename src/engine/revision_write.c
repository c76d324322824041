/*
 * revision_write - the file of a new revision, made from what differs.
 */
#include <ctype.h>
#include <string.h>

#include "engine/catalog.h"
#include "engine/layout.h"
#include "engine/migrate.h"
#include "engine/revision.h"

static const char *const dialects[DIALECTS] = { [SQLITE] = "sqlite", [POSTGRES] = "postgres" };

struct sides {
	struct layout *head[DIALECTS], *declared[DIALECTS];
};

static void
write_summary(struct text *out, const struct revision_plan *plan)
{
	if (plan->summary) {
		text_printf(out, "-- summary: %s\n", plan->summary);
		return;
	}
	text_add(out, "-- summary: ");
	for (const char *c = plan->name; *c; c++)
		text_char(out, c == plan->name ? (char)toupper((unsigned char)*c)
				: *c == '_' ? ' ' : *c);
	text_add(out, ".\n");
}

static size_t
write_way(struct text *out, const char *way, struct layout *from[DIALECTS],
	struct layout *to[DIALECTS])
{
	size_t most = 0;

	for (size_t d = 0; d < DIALECTS; d++) {
		size_t n;

		text_printf(out, "\n-- %s %s\n", way, dialects[d]);
		n = layout_diff(out, from[d], to[d]);
		most = n > most ? n : most;
	}
	return most;
}

enum result
revision_write(struct text *out, struct revisions *chain, const struct catalog *catalog,
	const struct revision_plan *plan, size_t *n)
{
	struct arena *arena = arena_open((size_t)256 << 20);
	struct sides sides;
	enum result r = OK;

	*n = 0;
	text_printf(out, "-- revision: %04d\n-- parent: %04d\n-- kind: %s\n",
		revisions_head(chain) + 1, revisions_head(chain), plan->empty ? "data" : "schema");
	write_summary(out, plan);
	for (int d = 0; !r && d < DIALECTS; d++) {
		sides.declared[d] = layout_declared(arena, catalog, (enum dialect)d);
		r = migrate_foretell(arena, chain, revisions_head(chain), (enum dialect)d,
			&sides.head[d]);
	}
	if (r) {
		chain->trouble = "The revisions cannot be followed; see charthouse migrate check.";
	} else if (plan->empty) {
		text_add(out, "\n-- upgrade\n\n-- downgrade\n");
	} else {
		*n = write_way(out, "upgrade", sides.head, sides.declared);
		(void)write_way(out, "downgrade", sides.declared, sides.head);
	}
	arena_close(&arena);
	return r;
}
