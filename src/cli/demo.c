/*
 * demo - a made-up family and practice to look around in.
 *
 * Has a folder of its own, marked by a file, so that it can never be mistaken for
 * or mixed with real records; passwords are new at every start; it listens on
 * loopback only.
 */
#include "cli/demo.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "cli/errands.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/listen.h"
#include "cli/serve.h"
#include "engine/store.h"

static const struct option options[] = {
	{ .name = "data", .value = "DIR", .initial = "./demo-data",
	  .help = "The demo's own folder: a new one, or one made by demo." },
	{ .name = "serve", .help = "Start the server on it afterwards." },
	SERVE_SETTINGS(false),
	{ 0 }
};

enum { CLIENT_ID_MAX = 128, ACCOUNTS = 3 };

static const struct account {
	const char *username, *email, *full_name, *role, *who;
} accounts[ACCOUNTS] = {
	{ "elena", "elena@bergs.example.com", "Elena Berg", "user",
		"mother; her own chart and the children's" },
	{ "marcus", "marcus@bergs.example.com", "Marcus Berg", "admin",
		"father; his own and his mother's; administers the server" },
	{ "drgrant", "h.grant@practice.example.com", "Helen Grant", "doctor",
		"family doctor; the clinic's 200 charts" },
};

struct keys {
	char client_id[CLIENT_ID_MAX];
	const char *client_secret;
	const char *passwords[ACCOUNTS];
	const char *origin;
};

static bool
empty(const char *dir)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	bool nothing = true;

	if (!folder)
		return errno == ENOENT;
	while (nothing && (entry = readdir(folder)))
		nothing = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	closedir(folder);
	return nothing;
}

/* The marker DIR/demo holds the client's id; false when there is none. */
static bool
read_marker(const char *dir, struct keys *keys)
{
	char path[PATH_MAX];
	FILE *file;
	bool read;

	snprintf(path, sizeof(path), "%s/demo", dir);
	file = fopen(path, "re");
	if (!file)
		return false;
	read = fgets(keys->client_id, sizeof(keys->client_id), file) != NULL;
	keys->client_id[strcspn(keys->client_id, "\n")] = '\0';
	fclose(file);
	return read;
}

static enum result
write_marker(const char *dir, const struct keys *keys)
{
	char path[PATH_MAX];
	FILE *file;
	bool written;

	snprintf(path, sizeof(path), "%s/demo", dir);
	file = fopen(path, "we");
	written = file && fprintf(file, "%s\n", keys->client_id) > 0;
	if (file && fclose(file) != 0)
		written = false;
	if (!written)
		fprintf(stderr, "charthouse demo: cannot write %s: %s\n", path, strerror(errno));
	return written ? OK : FAULT;
}

/* An errand done here; *reply is the caller's. */
static enum result
errand(struct premises *premises, const char *name, json_t *args, json_t **reply)
{
	const char *error;
	bool fine;

	*reply = errand_run(premises, name, args, NULL);
	json_decref(args);
	fine = json_is_true(json_object_get(*reply, "ok"));
	error = json_string_value(json_object_get(*reply, "error"));
	if (!fine)
		fprintf(stderr, "charthouse demo: %s: %s\n", name, error ? error : "failed");
	return fine ? OK : FAULT;
}

static enum result
give_passwords(struct options *o, struct premises *premises, struct keys *keys, bool new)
{
	enum result r = OK;

	for (size_t i = 0; !r && i < ACCOUNTS; i++) {
		const struct account *a = &accounts[i];
		char hash[PASSWORD_HASH_SIZE];
		json_t *reply = NULL;

		keys->passwords[i] = random_token(o->arena, 12);
		r = password_hash(keys->passwords[i], hash);
		if (r)
			break;
		r = new ? errand(premises, "user.add",
				  json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "username",
					  a->username, "email", a->email, "full_name",
					  a->full_name, "role", a->role, "hash", hash,
					  "no_patient", 1),
				  &reply)
			: errand(premises, "user.password",
				  json_pack("{s:s, s:s}", "username", a->username, "hash", hash),
				  &reply);
		json_decref(reply);
	}
	return r;
}

static enum result
give_client(struct options *o, struct premises *premises, struct keys *keys, bool new)
{
	json_t *reply = NULL;
	enum result r = new
		? errand(premises, "client.add",
			  json_pack("{s:s, s:s, s:s, s:s, s:I}", "app_id", "demo", "app_name",
				  "Demo client", "role", "doctor", "scopes",
				  "read:*,write:appointments,write:vitals,write:labs,"
				  "write:medications,write:allergies,write:patients",
				  "rate_limit", (json_int_t)0),
			  &reply)
		: errand(premises, "client.rotate",
			  json_pack("{s:s}", "client_id", keys->client_id), &reply);

	if (!r) {
		snprintf(keys->client_id, sizeof(keys->client_id), "%s",
			json_string_value(json_object_get(reply, "client_id")));
		keys->client_secret = arena_text(o->arena,
			json_string_value(json_object_get(reply, "client_secret")));
	}
	json_decref(reply);
	return r;
}

static enum result
plant_store(struct options *o, struct face *face, enum result (*plant)(struct work *w, void *arg))
{
	struct arena *arena = arena_open((size_t)1 << 30);
	struct plot *plot = arena_new(o->arena, sizeof(*plot));
	struct work w = work_new(arena, face->store);
	enum result r;

	w.actor = (struct actor){ .kind = SYSTEM, .name = "demo", .admin = true };
	plot->seed = 20240229;
	date_today(plot->today);
	r = store_write(&w, plant, plot);
	arena_close(&arena);
	return r;
}

static enum result
fill(struct options *o, struct premises *premises, struct keys *keys)
{
	bool new = keys->client_id[0] == '\0';
	enum result r = give_passwords(o, premises, keys, new);

	if (!r && new) {
		printf("Making the family's records ...\n");
		fflush(stdout);
		r = plant_store(o, premises->personal, demo_plant_family);
	}
	if (!r && new) {
		printf("Making the clinic's charts ...\n");
		fflush(stdout);
		r = plant_store(o, premises->clinic, demo_plant_clinic);
	}
	return r ? r : give_client(o, premises, keys, new);
}

static enum result
prepare(struct options *o, const char *dir, struct keys *keys)
{
	struct premises premises;
	int lock = -1;
	enum result r = folder_make(dir);

	if (!r)
		r = folder_lock(dir, &lock);
	if (r == CONFLICT)
		fprintf(stderr, "charthouse demo: %s is in use by another Charthouse.\n", dir);
	if (r)
		return r;
	r = premises_open(&premises, dir, NEEDS_PERSONAL | NEEDS_CLINIC);
	if (!r) {
		r = fill(o, &premises, keys);
		premises_close(&premises);
	}
	if (!r)
		r = write_marker(dir, keys);
	folder_unlock(&lock);
	return r;
}

static void
tell(void *arg)
{
	const struct keys *keys = arg;
	const char *at = settings.origin ? settings.origin : keys->origin;

	printf("\nMade-up records; nobody in them exists.  Open %s and sign in as\n\n", at);
	for (size_t i = 0; i < ACCOUNTS; i++)
		printf("  %-8s  %s   %s\n", accounts[i].username, keys->passwords[i],
			accounts[i].who);
	printf("\nThe passwords are new at every start.  From a shell, the family's face:\n\n"
	       "  curl -s -c jar -d 'username=elena&password=%s' %s/api/v1/auth/login\n"
	       "  curl -s -b jar %s/api/v1/medications/\n\n"
	       "and the clinic's:\n\n"
	       "  TOKEN=$(curl -s -u %s:%s \\\n"
	       "    -d grant_type=client_credentials %s/oauth/token |\n"
	       "    sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n"
	       "  curl -s -H \"Authorization: Bearer $TOKEN\" '%s/clinic/v1/patients/?limit=3'\n\n",
		keys->passwords[0], at, at, keys->client_id, keys->client_secret, at, at);
	fflush(stdout);
}

static enum status
demo(struct options *o)
{
	const char *dir = options_text(o, "data");
	struct keys keys = { .origin = NULL };
	const struct serve_plan plan = { .dir = dir, .zone_chosen = true, .ready = tell,
		.arg = &keys };
	struct listen_at at;

	if (!listen_parse(options_text(o, "listen"), &at) || !at.loopback) {
		fprintf(stderr, "charthouse demo: listens on loopback only, such as "
				"127.0.0.1:8080.\n");
		return USAGE;
	}
	if (!read_marker(dir, &keys) && !empty(dir)) {
		fprintf(stderr, "charthouse demo: %s was not made by demo; give it a new folder "
				"with --data.\n", dir);
		return FAILED;
	}
	folder_harden();
	crypto_start();
	if (!serve_zone(o))
		return USAGE;
	if (prepare(o, dir, &keys)) {
		fprintf(stderr, "charthouse demo: %s could not be filled.\n", dir);
		return FAILED;
	}
	if (options_flag(o, "serve"))
		return serve_run(o, &plan);
	keys.origin = listen_origin(o->arena, &at, false);
	printf("Start it with: charthouse serve --data %s --listen %s\n", dir,
		options_text(o, "listen"));
	tell(&keys);
	return DONE;
}

const struct command cli_demo = {
	.name = "demo",
	.summary = "Fill a folder with made-up records, and serve it",
	.help = "A family of five with three years of records, and a clinic with 200 patients and "
		"12 providers. Everything passes the rules that real records pass. New random "
		"passwords are printed at each start; only loopback addresses are served.",
	.examples = "charthouse demo --serve\n"
		    "charthouse demo --data /tmp/demo --serve --listen 127.0.0.1:9000",
	.options = options,
	.run = demo,
};
