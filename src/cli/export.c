/*
 * export - a clinic's charts as a file.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/errands.h"
#include "cli/list.h"
#include "clinic/clinic.h"
#include "engine/audit.h"
#include "engine/store.h"

/* The folder must be there, the file must not: nothing is written over. */
static bool
absolute(const char *path, char out[PATH_MAX + 256])
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path + 1) : 1,
		slash ? path : ".");
	if (!*name || strlen(name) > 200 || !realpath(folder, out))
		return false;
	strcat(out, "/");
	strcat(out, name);
	return true;
}

static enum status
export_clinic(struct options *o)
{
	char path[PATH_MAX + 256];
	json_t *reply;

	if (!absolute(options_arg(o, 0), path)) {
		fprintf(stderr, "charthouse: %s cannot be written: %s\n", options_arg(o, 0),
			strerror(errno));
		return FAILED;
	}
	if (errand_send(options_text(o, "data"), "export.clinic", json_pack("{s:s}", "path", path),
		    &reply))
		return FAILED;
	printf("%s: %lld bytes, readable by you alone. It holds health data.\n", path,
		(long long)json_integer_value(json_object_get(reply, "bytes")));
	json_decref(reply);
	return DONE;
}

static const struct option options[] = { SETTING_DATA, OPTION_CONFIG, { 0 } };

const struct command cli_export_clinic = {
	.name = "export clinic",
	.arguments = "FILE",
	.summary = "Write a clinic's charts to a file",
	.help = "In the form that import clinic reads: providers, patients, appointments, "
		"medications, allergies, vitals and labs. What an import had changed is there as it "
		"came, under original, and what it could not place is there whole. The file must not "
		"be there yet.",
	.examples = "charthouse export clinic charts.json",
	.least = 1,
	.most = 1,
	.options = options,
	.run = export_clinic,
};

static enum result
write_file(struct job_sheet *e, const char *path, const struct text *out)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	size_t done = 0;
	bool good = fd >= 0;

	while (good && done < out->len) {
		ssize_t n = write(fd, out->at + done, out->len - done);

		good = n > 0 || (n < 0 && errno == EINTR);
		done += n > 0 ? (size_t)n : 0;
	}
	good = good && fsync(fd) == 0;
	if (!good)
		e->trouble = arena_printf(e->arena, "%s cannot be written: %s.", path,
			strerror(errno));
	if (fd >= 0)
		close(fd);
	return good ? OK : FAULT;
}

static enum result
note(struct work *w, void *arg)
{
	(void)arg;
	return audit_add(w, &(struct entry){
		.action = "exported",
		.entity_type = "clinic",
		.description = "Exported all charts",
	});
}

static enum result
read_all(struct job_sheet *e, struct text *out)
{
	struct store *store = e->premises->clinic->store;
	struct work w = work_new(e->arena, store);
	enum result r;

	w.db = store_reader(store);
	if (!w.db || db_begin_read(w.db))
		return FAULT;
	r = clinic_export(&w, out);
	db_end_read(w.db);
	return r;
}

static enum result
run_export(struct job_sheet *e)
{
	struct text out CLEANUP(text_close) = { .cap = (size_t)1 << 31 };
	const char *path = errand_text(e, "path");
	enum result r;

	if (!path || *path != '/')
		return INVALID;
	/* no export without its entry */
	if ((r = read_all(e, &out)) || (r = errand_write(e, e->premises->clinic, note, NULL)) ||
		(r = write_file(e, path, &out)))
		return r;
	json_object_set_new(e->reply, "bytes", json_integer((json_int_t)out.len));
	return OK;
}

const struct errand errand_export_clinic = { "export.clinic", NEEDS_CLINIC, run_export };
