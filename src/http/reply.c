/*
 * reply - from the answer of a call to a response of libmicrohttpd.
 *
 * The response points into call.out, which lives until the exchange is given
 * back: nothing is copied.  A call's own header beats the standard one of the
 * same name.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "http/exchange.h"
#include "http/stream.h"

static const struct pair standard[] = {
	{ "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Cache-Control", "no-store" },
};

static void
put(struct MHD_Response *response, const char *name, const char *value)
{
	/* Refused are only line ends inside: such a header must not go out. */
	if (MHD_add_response_header(response, name, value) != MHD_YES)
		log_warn("http: the header %s of an answer was dropped", name);
}

static bool
has(const struct call *call, const char *name)
{
	for (size_t i = 0; i < call->n_answer; i++)
		if (strcasecmp(call->answer[i].name, name) == 0)
			return true;
	return false;
}

static const char *
allowed_origin(const struct call *call)
{
	const char *origin = settings.cors ? call_header(call, "origin") : NULL;

	for (size_t i = 0; origin && settings.cors[i]; i++)
		if (strcmp(settings.cors[i], origin) == 0)
			return origin;
	return NULL;
}

static void
put_cors(struct MHD_Response *response, const struct call *call)
{
	const char *origin = allowed_origin(call);

	if (!settings.cors)
		return;
	put(response, "Vary", "Origin");
	if (!origin)
		return;
	put(response, "Access-Control-Allow-Origin", origin);
	put(response, "Access-Control-Allow-Credentials", "true");
	put(response, "Access-Control-Expose-Headers",
		"Content-Disposition, ETag, Location, Mcp-Session-Id, Retry-After, WWW-Authenticate");
}

static void
put_headers(struct MHD_Response *response, const struct exchange *exchange)
{
	const struct call *call = &exchange->call;

	for (size_t i = 0; i < COUNT(standard); i++)
		if (call->n_answer == 0 || !has(call, standard[i].name))
			put(response, standard[i].name, standard[i].value);
	for (size_t i = 0; i < call->n_answer; i++)
		put(response, call->answer[i].name, call->answer[i].value);
	if (exchange->server->tls)
		put(response, "Strict-Transport-Security", "max-age=31536000");
	put_cors(response, call);
	if (!call->no_body)
		put(response, "Content-Type", call->type ? call->type : "application/json");
	if (exchange->close || atomic_load(&exchange->server->closing))
		put(response, "Connection", "close");
}

static struct MHD_Response *
make(struct exchange *exchange)
{
	struct call *call = &exchange->call;
	struct MHD_Response *response;

	if (exchange->stream)
		return stream_response(exchange);
	if (exchange->file >= 0 && !call->no_body) {
		response = MHD_create_response_from_fd64((uint64_t)exchange->file_size,
			exchange->file);
		if (response)
			exchange->file = -1;
		return response;
	}
	return MHD_create_response_from_buffer(call->no_body ? 0 : call->out.len, call->out.at,
		MHD_RESPMEM_PERSISTENT);
}

static int
status_of(const struct call *call)
{
	if (call->status)
		return call->status;
	return call->route && call->route->ok ? call->route->ok : 200;
}

enum MHD_Result
reply_send(struct exchange *exchange)
{
	struct call *call = &exchange->call;
	struct MHD_Response *response;
	enum MHD_Result queued;
	int status;

	if (call->out.full) {
		log_error("http: an answer is larger than its buffer may be");
		reply_refuse(exchange, 500, "An unexpected error occurred");
	}
	status = status_of(call);
	if (status == 204 || status == 304)
		call->no_body = true;
	response = make(exchange);
	if (!response)
		return MHD_NO;
	put_headers(response, exchange);
	queued = MHD_queue_response(exchange->connection, (unsigned)status, response);
	MHD_destroy_response(response);
	/* The route's pattern, never the path: ids and names stay out of the log. */
	log_debug("http: %s answered %d", call->route ? call->route->path : "(no route)", status);
	return queued;
}

static const char *
code_of(int status)
{
	switch (status) {
	case 400:
		return "BAD-400";
	case 403:
		return "PERM-403";
	case 404:
		return "NOT-404";
	case 503:
		return "SVC-503";
	default:
		return "ISE-500";
	}
}

static void
forget_answer(struct call *call, int status)
{
	call->out.len = 0;
	call->out.full = false;
	call->n_answer = 0;
	call->no_body = false;
	call->type = NULL;
	call->status = status;
}

/* personal-api 1.9: the envelope of errors that no face has words for. */
static void
write_envelope(struct call *call, int status, const char *message)
{
	struct text *out = &call->out;

	json_open(out, '{');
	json_put_nothing(out, "data");
	json_put_text(out, "status", "FAIL");
	json_put_text(out, "message", message);
	json_put_text(out, "error_code", code_of(status));
	json_put_text(out, "description",
		arena_printf(call->work.arena, "HTTP %d error occurred", status));
	json_put_text(out, "detail", message);
	json_close(out, '}');
}

void
reply_refuse(struct exchange *exchange, int status, const char *message)
{
	struct call *call = &exchange->call;
	enum result result = fail_as(&call->work, status, NULL, message);

	exchange->refused = true;
	forget_answer(call, status);
	if (call->face && call->face->explain)
		call->face->explain(&call->work, result);
	if (call->out.len == 0)
		write_envelope(call, status, message);
	call->status = status;
}

void
reply_nowhere(struct exchange *exchange)
{
	struct call *call = &exchange->call;
	int status = call->work.failure.status == 405 ? 405 : 404;

	/* call_route() has put Allow among the answer's headers: they stay. */
	exchange->refused = true;
	if (call->face && call->face->explain)
		call->face->explain(&call->work, MISSING);
	if (call->out.len == 0)
		text_add(&call->out,
			status == 405 ? "{\"detail\":\"Method Not Allowed\"}"
				      : "{\"detail\":\"Not Found\"}");
	call->status = status;
}
