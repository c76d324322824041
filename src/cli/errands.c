/*
 * errands - what a command does to the stores, wherever they are open.
 */
#include "cli/errands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "clinic/clinic.h"
#include "cli/control.h"
#include "cli/folder.h"
#include "db/db.h"
#include "engine/store.h"
#include "personal/house.h"
#include "personal/personal.h"
#include "personal/visitor.h"

const struct errand *const errands[] = {
	&errand_user_add,
	&errand_user_list,
	&errand_user_password,
	&errand_user_active,
	&errand_client_add,
	&errand_client_list,
	&errand_client_rotate,
	&errand_client_active,
	&errand_import_clinic,
	&errand_export_clinic,
	&errand_mcp,
	&errand_client_key,
	&errand_keys_rotate,
	&errand_proposal_list,
	&errand_proposal_decide,
	NULL
};

enum { ERRAND_MEMORY = 512 << 20 };

enum result
premises_open(struct premises *premises, const char *dir, unsigned needs)
{
	enum result r = OK;

	*premises = (struct premises){ .dir = dir };
	if (!folder_has_keys(dir))
		return FAULT;
	if (needs & NEEDS_PERSONAL)
		r = personal_open(&premises->personal, dir);
	if (!r && needs & NEEDS_CLINIC)
		r = clinic_open(&premises->clinic, dir);
	if (r)
		premises_close(premises);
	if (!r && premises->personal && premises->clinic)
		/* The practice's staff sign in as users; the faces do not know each other. */
		clinic_staff = visitor_staff;
	if (!r && premises->personal && premises->clinic)
		house_neighbour = premises->clinic->store;
	return r;
}

void
premises_close(struct premises *premises)
{
	clinic_staff = NULL;
	house_neighbour = NULL;
	if (premises->clinic)
		clinic_close();
	if (premises->personal)
		personal_close();
	*premises = (struct premises){ 0 };
}

static const struct errand *
find(const char *name)
{
	for (size_t i = 0; name && errands[i]; i++)
		if (strcmp(errands[i]->name, name) == 0)
			return errands[i];
	return NULL;
}

static json_t *
refusal(const char *sentence)
{
	return json_pack("{s:b, s:s}", "ok", 0, "error", sentence);
}

json_t *
errand_run(struct premises *premises, const char *name, const json_t *args,
	void (*progress)(void *arg, size_t done, size_t of))
{
	const struct errand *errand = find(name);
	struct job_sheet e = { .premises = premises, .args = args, .progress = progress };
	enum result r;

	if (!errand)
		return refusal("The running server does not know this command; is it older?");
	e.arena = arena_open(ERRAND_MEMORY);
	e.reply = json_object();
	r = errand->run(&e);
	json_object_set_new(e.reply, "ok", json_boolean(r == OK));
	if (r)
		json_object_set_new(e.reply, "error",
			json_string(e.trouble ? e.trouble : "It could not be done; see the log."));
	arena_close(&e.arena);
	return e.reply;
}

static void
show_progress(void *arg, size_t done, size_t of)
{
	(void)arg;
	fprintf(stderr, "\r%zu of %zu", done, of);
	if (done == of)
		fprintf(stderr, "\n");
}

/* Runs it here: nobody else has the stores while we hold the lock. */
static enum result
run_here(const char *dir, const char *name, const json_t *args, json_t **reply)
{
	const struct errand *errand = find(name);
	struct premises premises;
	int lock = -1;
	enum result r = folder_lock(dir, &lock);

	if (r == CONFLICT)
		fprintf(stderr, "charthouse: %s is in use, but its server does not answer.\n", dir);
	if (r)
		return r;
	crypto_start();
	r = errand ? premises_open(&premises, dir, errand->needs) : FAULT;
	if (!r) {
		*reply = errand_run(&premises, name, args,
			isatty(STDERR_FILENO) ? show_progress : NULL);
		premises_close(&premises);
	} else {
		fprintf(stderr, "charthouse: the stores in %s cannot be opened; see above.\n", dir);
	}
	folder_unlock(&lock);
	return r;
}

static void
tell_problems(const json_t *reply)
{
	const json_t *problems = json_object_get(reply, "problems");
	const char *error = json_string_value(json_object_get(reply, "error"));

	fprintf(stderr, "charthouse: %s\n", error ? error : "It could not be done.");
	for (size_t i = 0; i < json_array_size(problems); i++)
		fprintf(stderr, "  %s\n", json_string_value(json_array_get(problems, i)));
}

enum result
errand_send(const char *dir, const char *name, json_t *args, json_t **reply)
{
	enum result r;

	*reply = NULL;
	folder_harden();
	r = folder_make(dir);
	if (!r)
		r = control_ask(dir, name, args, reply);
	if (r == MISSING)
		r = run_here(dir, name, args, reply);
	json_decref(args);
	if (!r && !json_is_true(json_object_get(*reply, "ok"))) {
		tell_problems(*reply);
		r = INVALID;
	}
	if (r && *reply) {
		json_decref(*reply);
		*reply = NULL;
	}
	return r;
}

static void
take_trouble(struct job_sheet *e, const struct work *w)
{
	json_t *problems = json_array();

	for (const struct problem *p = w->problems.first; p; p = p->next)
		json_array_append_new(problems, json_string(arena_printf(e->arena, "%s%s%s",
			p->field ? p->field : "", p->field && *p->field ? ": " : "", p->text)));
	if (json_array_size(problems) > 0) {
		e->trouble = "That cannot be stored:";
		json_object_set_new(e->reply, "problems", problems);
	} else {
		json_decref(problems);
	}
	if (w->failure.message)
		e->trouble = arena_text(e->arena, w->failure.message);
}

enum result
errand_write(struct job_sheet *e, struct face *face,
	enum result (*run)(struct work *w, void *arg), void *arg)
{
	struct work w = work_new(e->arena, face->store);
	enum result r;

	w.actor = (struct actor){ .kind = SYSTEM, .name = "command line", .admin = true };
	r = store_write(&w, run, arg);
	if (r)
		take_trouble(e, &w);
	return r;
}

const char *
errand_text(const struct job_sheet *e, const char *name)
{
	return json_string_value(json_object_get(e->args, name));
}
