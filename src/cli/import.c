/*
 * import - a clinic's charts from another system's export.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "cli/control.h"
#include "cli/errands.h"
#include "cli/list.h"
#include "cli/table.h"

static const struct option options[] = {
	{ .name = "flags", .help = "List what was kept but looks wrong, one line each." },
	SETTING_DATA,
	SETTING_TIMEZONE,
	OPTION_CONFIG,
	OPTION_JSON,
	{ 0 }
};

static void
print_report(struct options *o, const json_t *reply)
{
	static const char *const keys[] = { "what", "read", "stored", "unchanged", "flagged",
		"left" };
	struct table table = table_of(o->arena, COUNT(keys));
	const json_t *counts = json_object_get(reply, "counts");
	json_int_t flagged = 0;
	json_int_t left = 0;

	for (size_t k = 0; k < COUNT(keys); k++)
		table_add(&table, keys[k]);
	for (size_t i = 0; i < json_array_size(counts); i++) {
		const json_t *c = json_array_get(counts, i);

		table_add(&table, json_string_value(json_object_get(c, keys[0])));
		for (size_t k = 1; k < COUNT(keys); k++)
			table_add(&table, arena_printf(o->arena, "%lld",
						  (long long)json_integer_value(
							  json_object_get(c, keys[k]))));
		flagged += json_integer_value(json_object_get(c, "flagged"));
		left += json_integer_value(json_object_get(c, "left"));
	}
	table_print(&table, true);
	if (options_flag(o, "flags"))
		printf("\n%s", json_string_value(json_object_get(reply, "flags")));
	else if (flagged > 0)
		printf("\nFlagged rows are stored; --flags lists why they look wrong, and the "
		       "originals are in import_flags.\n");
	if (left > 0)
		printf("Rows left are kept whole in import_leftovers; nothing was dropped.\n");
}

/* Where nobody else does, the zone of this process is the one that counts. */
static bool
choose_zone(struct options *o, const char *dir)
{
	const char *zone = options_text(o, "timezone");

	if (control_running(dir))
		return true;
	if (!zone)
		zone = getenv("TZ");
	if (zone && *zone && !moment_zone(zone)) {
		fprintf(stderr, "charthouse: there is no time zone \"%s\".\n", zone);
		return false;
	}
	return true;
}

static enum status
import_clinic(struct options *o)
{
	const char *dir = options_text(o, "data");
	char path[PATH_MAX];
	json_t *reply;

	if (!realpath(options_arg(o, 0), path)) {
		fprintf(stderr, "charthouse: cannot read %s: %s\n", options_arg(o, 0),
			strerror(errno));
		return FAILED;
	}
	if (!choose_zone(o, dir))
		return USAGE;
	if (errand_send(dir, "import.clinic",
		    json_pack("{s:s, s:s?}", "path", path, "zone", options_text(o, "timezone")),
		    &reply))
		return FAILED;
	if (options_flag(o, "json")) {
		json_object_del(reply, "ok");
		json_dumpf(reply, stdout, JSON_COMPACT);
		putchar('\n');
	} else {
		print_report(o, reply);
	}
	json_decref(reply);
	return DONE;
}

const struct command cli_import_clinic = {
	.name = "import clinic",
	.arguments = "FILE",
	.summary = "Take in a clinic's charts from an export",
	.help = "Reads the JSON export of the reference system, or its SQLite file: providers, patients, "
		"appointments, medications, allergies, vitals and labs, in one transaction. "
		"Every row is stored, or kept whole aside with its reason; what looks wrong is "
		"flagged with its original. Importing the same file again changes nothing.\n\n"
		"Times without a zone are read in the facility's (--timezone).",
	.examples = "charthouse import clinic clinic-export.json --timezone America/New_York\n"
		    "charthouse import clinic clinic-export.json --flags",
	.least = 1,
	.most = 1,
	.options = options,
	.run = import_clinic,
};
