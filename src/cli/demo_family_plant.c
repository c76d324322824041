/*
 * demo_family_plant - the Bergs into the personal store, in one write.
 */
#include "cli/demo.h"
#include "engine/store.h"

static const char *const accounts[] = { "elena", "marcus" };

/* Users are there already; the sheets call them @user.NAME. */
static enum result
name_users(struct plot *plot)
{
	struct work *w = plot->w;
	const struct record *users = catalog_find(store_catalog(w->store), "users");
	enum result r = OK;

	for (size_t i = 0; !r && i < COUNT(accounts); i++) {
		struct row *user;

		r = store_find(w, users, "username", value_text(accounts[i]), &user);
		if (!r)
			plot_name(plot, arena_printf(w->arena, "user.%s", accounts[i]), user->id,
				NULL);
	}
	return r;
}

/* Each opens their own chart first. */
static enum result
choose_active(struct plot *plot)
{
	enum result r = OK;

	for (size_t i = 0; !r && i < COUNT(accounts); i++)
		r = db_run(plot->w->db, "UPDATE users SET active_patient_id = $1 WHERE id = $2",
			ARGS(value_whole(plot_find(plot, accounts[i])),
				value_whole(plot_find(plot,
					arena_printf(plot->w->arena, "user.%s", accounts[i])))),
			NULL);
	return r;
}

enum result
demo_plant_family(struct work *w, void *arg)
{
	struct plot *plot = arg;
	enum result r;

	plot->w = w;
	r = name_users(plot);
	for (size_t i = 0; !r && demo_family_sheets[i]; i++)
		r = plot_sheet(plot, demo_family_sheets[i]);
	for (size_t i = 0; !r && demo_visit_sheets[i]; i++)
		r = plot_sheet(plot, demo_visit_sheets[i]);
	if (!r)
		r = demo_plant_series(plot);
	return r ? r : choose_active(plot);
}
