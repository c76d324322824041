/*
 * resources - patient://{mrn}/summary and patient://{mrn}/record.
 *
 * The list itself is empty: which patients there are is asked of search_patients,
 * not read off a list.
 */
#include "clinic/resources.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/charts.h"
#include "clinic/rpc.h"

static const struct kind {
	const char *name, *title, *about;
	enum result (*write)(struct work *w, int64_t patient, struct text *out);
} kinds[] = {
	{ "summary", "Summary of a patient", "Demographics, and how much is on the chart.",
	  charts_summary },
	{ "record", "Complete record of a patient",
	  "Demographics, appointments, medications, allergies, vital signs and lab results.",
	  charts_record },
};

static const char scheme[] = "patient://";

enum result
resources_list(struct work *w)
{
	if (rpc_param(rpc_turn(w), "cursor"))
		return rpc_fail(w, RPC_PARAMS, 400, "This cursor is none of ours.");
	rpc_open(w);
	json_put_raw(&w->call->out, "resources", "[]");
	rpc_keep(w, 0, "private");
	rpc_close(w);
	return OK;
}

enum result
resources_templates(struct work *w)
{
	struct text *out = &w->call->out;

	if (rpc_param(rpc_turn(w), "cursor"))
		return rpc_fail(w, RPC_PARAMS, 400, "This cursor is none of ours.");
	rpc_open(w);
	json_key(out, "resourceTemplates");
	json_open(out, '[');
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (i)
			text_char(out, ',');
		json_open(out, '{');
		json_put_text(out, "uriTemplate",
			arena_printf(w->arena, "patient://{mrn}/%s", kinds[i].name));
		json_put_text(out, "name", kinds[i].name);
		json_put_text(out, "title", kinds[i].title);
		json_put_text(out, "description", kinds[i].about);
		json_put_text(out, "mimeType", "application/json");
		json_close(out, '}');
	}
	json_close(out, ']');
	rpc_keep(w, 3600, "private");
	rpc_close(w);
	return OK;
}

static const struct kind *
find_kind(struct work *w, const char *uri, const char **mrn)
{
	const char *at, *slash;

	if (!uri || !text_starts(uri, scheme))
		return NULL;
	at = uri + sizeof(scheme) - 1;
	slash = strchr(at, '/');
	for (size_t i = 0; slash && slash > at && i < COUNT(kinds); i++)
		if (strcmp(slash + 1, kinds[i].name) == 0) {
			*mrn = arena_copy(w->arena, at, (size_t)(slash - at));
			return &kinds[i];
		}
	return NULL;
}

enum result
resources_watch(struct work *w, const char *uri, int64_t *patient)
{
	const char *mrn = NULL;

	return find_kind(w, uri, &mrn) ? charts_whole(w, mrn, patient) : MISSING;
}

static enum result
missing(struct work *w, const char *uri)
{
	struct text data CLEANUP(text_close) = { 0 };

	json_open(&data, '{');
	json_put_text(&data, "uri", uri);
	json_close(&data, '}');
	rpc_turn(w)->data = arena_copy(w->arena, data.at, data.len);
	return rpc_fail(w, rpc_turn(w)->modern ? RPC_PARAMS : -32002, 200, "Resource not found");
}

enum result
resources_read(struct work *w)
{
	const char *uri = rpc_param(rpc_turn(w), "uri"), *mrn = NULL;
	const struct kind *kind = find_kind(w, uri, &mrn);
	struct text content CLEANUP(text_close) = { 0 }, *out = &w->call->out;
	int64_t patient = 0;
	enum result r;

	if (!uri)
		return rpc_fail(w, RPC_PARAMS, 200, "The uri is missing.");
	if (!kind || (r = charts_patient(w, mrn, &patient)) == MISSING)
		return missing(w, uri);
	if (r)
		return r;
	json_open(&content, '{');
	if ((r = kind->write(w, patient, &content)))
		return r;
	json_close(&content, '}');
	rpc_open(w);
	json_key(out, "contents");
	json_open(out, '[');
	json_open(out, '{');
	json_put_text(out, "uri", uri);
	json_put_text(out, "mimeType", "application/json");
	json_key(out, "text");
	json_bytes(out, content.at, content.len);
	json_close(out, '}');
	json_close(out, ']');
	rpc_keep(w, 0, "private");
	rpc_close(w);
	return content.full ? call_too_much(w) : OK;
}
