/*
 * house - health, the docs, the way to the page; written once, then kept.
 *
 * The docs follow from constant tables, so that each is made at its first use
 * and never again; its ETag is the hash of it.
 */
#include "http/house.h"

#include <string.h>

#include "base/crypto.h"
#include "base/json.h"
#include "engine/openapi.h"
#include "http/static.h"
#include "http/web.h"

static const char style[] =
	":root{color-scheme:light dark;--ink:#1d2733;--paper:#fdfdfb;--link:#0b57a4;"
	"--soft:#53606e;--line:#d9dee3;--card:#f4f6f7}\n"
	"@media(prefers-color-scheme:dark){:root{--ink:#e4e8ec;--paper:#14191f;"
	"--link:#8ec5ff;--soft:#a5b1bd;--line:#303a45;--card:#1b222a}}\n"
	"body{margin:0;background:var(--paper);color:var(--ink);"
	"font:1.0625rem/1.6 system-ui,sans-serif}\n"
	"main{max-width:40rem;margin:0 auto;padding:2rem 1.25rem}\n"
	"h1{font-size:1.75rem;margin:0 0 1rem}\n"
	"h2{font-size:1.25rem;margin:2rem 0 .5rem}\n"
	"a{color:var(--link)}\n"
	"a:focus-visible{outline:3px solid var(--link);outline-offset:2px}\n"
	"li{margin:.5rem 0}\n"
	"code{font-size:.95em;overflow-wrap:anywhere}\n"
	"details{border:1px solid var(--line);border-radius:.5rem;margin:.4rem 0;"
	"background:var(--card)}\n"
	"summary{padding:.5rem .75rem;cursor:pointer;line-height:1.45;min-height:1.5rem}\n"
	"summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}\n"
	"summary b{display:inline-block;min-width:4.2em;color:var(--link);font-size:.85em}\n"
	"summary span{display:block;color:var(--soft);font-size:.95em}\n"
	"details>:not(summary){margin:.25rem .75rem .75rem}\n"
	"dt{margin-top:.35rem}dd{margin:0 0 0 1rem;color:var(--soft)}\n"
	".wide{overflow-x:auto}\n"
	"table{border-collapse:collapse;font-size:.9em;width:100%}\n"
	"th,td{text-align:start;vertical-align:top;padding:.3rem .6rem .3rem 0;"
	"border-bottom:1px solid var(--line)}\n"
	"h3{font-size:1.05rem;margin:1.5rem 0 .4rem}\n";

static const char docs_policy[] = "default-src 'none'; style-src 'self'; "
				  "base-uri 'none'; form-action 'none'; "
				  "frame-ancestors 'none'";

struct page {
	struct text text;
	char etag[HASH_HEX + 2]; /* with its quotes */
};

enum { DOCS, OPENAPI, SCHEMAS, N_PAGES = SCHEMAS + 8 };

static struct page pages[N_PAGES];
static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;

static void
make(struct page *page, size_t which, struct face *const *faces)
{
	char hash[HASH_HEX];
	int n;

	if (which == DOCS)
		docs_write(&page->text, faces);
	else if (which == OPENAPI)
		openapi_write(&page->text, faces);
	else
		schema_write(&page->text, faces[which - SCHEMAS]->catalog);
	hash_hex(page->text.at, page->text.len, hash);
	n = snprintf(page->etag, sizeof(page->etag), "\"%s\"", hash);
	(void)n;
}

static const struct page *
page_of(struct call *call, size_t which)
{
	const struct exchange *exchange = call->conn;
	struct page *page = &pages[which];

	pthread_mutex_lock(&making);
	if (!page->text.at)
		make(page, which, exchange->server->faces);
	pthread_mutex_unlock(&making);
	return page;
}

static enum result
give(struct call *call, size_t which, const char *type)
{
	const struct page *page = page_of(call, which);
	const char *known = call_header(call, "if-none-match");

	call_answer(call, "ETag", page->etag);
	call_answer(call, "Cache-Control", "no-cache");
	call->type = type;
	if (known && strstr(known, page->etag)) {
		call->status = 304;
		call->no_body = true;
		return OK;
	}
	text_put(&call->out, page->text.at, page->text.len);
	return OK;
}

static enum result
health(struct work *w)
{
	/* The version of the API that front ends look for (personal-api 1.14). */
	text_add(&w->call->out,
		"{\"status\":\"ok\",\"app\":\"Charthouse\",\"version\":\"0.33.0\"}");
	return OK;
}

static enum result
home(struct work *w)
{
	return settings.static_dir ? static_serve(w->call) : web_serve(w->call);
}

static enum result
sheet(struct work *w)
{
	w->call->type = "text/css; charset=utf-8";
	call_answer(w->call, "Cache-Control", "max-age=3600");
	text_put(&w->call->out, style, sizeof(style) - 1);
	return OK;
}

static enum result
docs(struct work *w)
{
	call_answer(w->call, "Content-Security-Policy", docs_policy);
	return give(w->call, DOCS, "text/html; charset=utf-8");
}

static enum result
openapi(struct work *w)
{
	return give(w->call, OPENAPI, "application/json");
}

/* ?face=clinic; the first face when none is named. */
static enum result
schema(struct work *w)
{
	const struct exchange *exchange = w->call->conn;
	struct face *const *faces = exchange->server->faces;
	const char *wanted = call_query(w->call, "face");

	for (size_t i = 0; faces[i] && SCHEMAS + i < N_PAGES; i++)
		if (faces[i]->catalog && (!wanted || strcmp(wanted, faces[i]->name) == 0))
			return give(w->call, SCHEMAS + i, "application/json");
	return fail_as(w, 404, NULL, "There is no such face");
}

#define PAGE(at, step, words)                                                          \
	{ .method = GET, .path = (at), .need = NEED_NOBODY, .steps = { { HERE, step } }, \
		.summary = (words) }

static const struct route routes[] = {
	PAGE("/health", health, "Whether the server answers."),
	PAGE("/", home, "The first page."),
	PAGE("/style.css", sheet, "The style of the docs."),
	PAGE("/docs", docs, "All routes, for people."),
	PAGE("/openapi.json", openapi, "All routes, for programs."),
	PAGE("/api/v1/openapi.json", openapi, "All routes, for programs."),
	PAGE("/schema.json", schema, "All record types, for programs."),
};

/* Either form of a trailing slash is taken (personal-api section 0). */
static bool
same_path(const char *path, const char *wanted)
{
	size_t n = strlen(wanted);

	if (strncmp(path, wanted, n) != 0)
		return false;
	return !path[n] || (n > 1 && path[n] == '/' && !path[n + 1]);
}

const struct route *
house_find(const struct call *call)
{
	for (size_t i = 0; i < COUNT(routes); i++)
		if (same_path(call->path, routes[i].path))
			return &routes[i];
	return NULL;
}

void
house_close(void)
{
	for (size_t i = 0; i < N_PAGES; i++)
		text_close(&pages[i].text);
}
