#pragma once
/*
 * web_files - the page as web/build.mjs packs it: constant, made at build time.
 */
#include <stdbool.h>
#include <stddef.h>

struct web_place {
	size_t at, n; /* in web_pack; n 0: there is none */
};

struct web_file {
	const char *name; /* "assets/app-0123456789ab.js", "index-0.html" */
	const char *type;
	const char *etag; /* with its quotes */
	bool hashed;      /* the name changes with the content */
	struct web_place plain, gzip, brotli;
};

extern const char web_pack[];
extern const char web_policy[]; /* Content-Security-Policy of the page */
extern const struct web_file web_files[];
extern const size_t web_n_files;
