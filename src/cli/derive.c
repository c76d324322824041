/*
 * derive - what follows from the declarations: SQL, OpenAPI, the schema as JSON.
 *
 * Golden files are made with it; so is the schema of a PostgreSQL database.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "cli/errands.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "clinic/clinic.h"
#include "engine/ddl.h"
#include "engine/openapi.h"
#include "personal/personal.h"

static const struct option no_options[] = { { 0 } };

static enum status
print(struct text *out)
{
	enum status status = out->full ? FAILED : DONE;

	if (out->len && fwrite(out->at, 1, out->len, stdout) != out->len)
		status = FAILED;
	if (out->len && out->at[out->len - 1] != '\n')
		putchar('\n');
	text_close(out);
	return status;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

/* The routes belong to opened faces, so they are opened on a folder that is
 * thrown away. */
static enum status
derive_openapi(void)
{
	char dir[] = "/tmp/charthouse-derive-XXXXXX";
	struct premises premises;
	struct text out = { 0 };
	enum status status = FAILED;

	folder_harden();
	crypto_start();
	if (!mkdtemp(dir)) {
		perror("charthouse derive: /tmp");
		return FAILED;
	}
	if (premises_open(&premises, dir, NEEDS_PERSONAL | NEEDS_CLINIC) == OK) {
		struct face *const faces[] = { premises.personal, premises.clinic, NULL };

		openapi_write(&out, faces);
		status = print(&out);
		premises_close(&premises);
	}
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return status;
}

static enum status
derive_catalog(const char *what, const struct catalog *catalog)
{
	struct text out = { 0 };

	if (catalog_check(catalog))
		return FAILED;
	if (strcmp(what, "sqlite") == 0)
		ddl_write(&out, catalog, SQLITE);
	else if (strcmp(what, "postgres") == 0)
		ddl_write(&out, catalog, POSTGRES);
	else
		schema_write(&out, catalog);
	return print(&out);
}

static enum status
derive(struct options *o)
{
	const char *what = options_arg(o, 0);
	const char *store = options_arg(o, 1);

	if (strcmp(what, "openapi") == 0)
		return derive_openapi();
	if (strcmp(what, "sqlite") != 0 && strcmp(what, "postgres") != 0
	    && strcmp(what, "schema") != 0) {
		fprintf(stderr, "charthouse derive: \"%s\" is none of sqlite, postgres, schema, "
				"openapi.\n", what);
		return USAGE;
	}
	if (!store || strcmp(store, "personal") == 0)
		return derive_catalog(what, &personal_catalog);
	if (strcmp(store, "clinic") == 0)
		return derive_catalog(what, &clinic_catalog);
	fprintf(stderr, "charthouse derive: \"%s\" is neither personal nor clinic.\n", store);
	return USAGE;
}

const struct command cli_derive = {
	.name = "derive",
	.arguments = "sqlite|postgres|schema|openapi [personal|clinic]",
	.summary = "Print what follows from the declarations",
	.help = "The SQL of a store in either dialect, the schema as JSON (as the web page reads "
		"it), or the OpenAPI document of all routes. Touches no data. The store is "
		"personal when not named.",
	.examples = "charthouse derive sqlite clinic | sqlite3 empty.db\n"
		    "charthouse derive postgres personal | psql charthouse\n"
		    "charthouse derive openapi > openapi.json",
	.least = 1,
	.most = 2,
	.options = no_options,
	.run = derive,
};
