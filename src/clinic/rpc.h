#pragma once
/*
 * rpc - one JSON-RPC request of MCP: read, checked against its era, answered.
 *
 * A struct turn lives in call->data from the first step to the last; its first
 * member is the struct ask that the records' hooks look for there.
 */
#include <jansson.h>

#include "clinic/ask.h"
#include "engine/call.h"

enum {
	RPC_PARSE = -32700,
	RPC_REQUEST = -32600,
	RPC_METHOD = -32601,
	RPC_PARAMS = -32602,
	RPC_INTERNAL = -32603,
	RPC_HEADERS = -32020,
	RPC_VERSION = -32022
};

struct tool;
struct grant;
struct listening;

struct turn {
	struct ask ask;        /* first */
	const json_t *id;      /* NULL: a notification, or not known */
	const char *method;
	json_t *params;        /* borrowed from call->json; NULL none */
	bool http;             /* came as an HTTP request of its own */
	bool modern;           /* 2026-07-28 */
	const char *version;   /* of the protocol */
	int code, status;      /* of an error of the protocol; 0: none */
	const char *data;      /* its data, JSON; NULL none */
	const struct tool *tool;
	json_t *args;          /* borrowed */
	struct row *input;     /* the arguments, checked */
	struct grant *grant;   /* of the tool authenticate */
	const char *more;      /* members for a tool's refusal, JSON; NULL none */
	bool confirmed;        /* a person has agreed */
	bool answers;          /* no request, but the answer to one of ours */
	const char *session;   /* the client's Mcp-Session-Id, ours for sure; NULL none */
	const char *asked;     /* the key of what it is being asked */
	int64_t until;         /* monotonic: how long that is waited for */
	struct listening *listening; /* subscriptions.c's */
};

/* The era's newest versions. */
extern const char rpc_modern[];
const char *rpc_versions(void); /* all, as a JSON array */
/* The version an initialize is answered with. */
const char *rpc_negotiate(const char *wanted);

struct turn *rpc_turn(const struct work *w);
/* Whether the answer may come as a stream of events. */
bool rpc_streams(const struct work *w);
/* Reads call->json; protocol errors come back as INVALID. */
MUST_CHECK enum result rpc_read(struct work *w, struct turn *turn);

/* An error of the protocol; status: HTTP's. */
enum result rpc_fail(struct work *w, int code, int status, const char *message);
/* {"jsonrpc", "id", "result":{ ... with what every result of the era has. */
void rpc_open(struct work *w);
void rpc_open_as(struct work *w, const char *type); /* of another resultType */
void rpc_close(struct work *w);
/* Members that let a client keep a reply: seconds, and whether others may share it. */
void rpc_keep(struct work *w, int seconds, const char *scope);
/* The result of a tool: the same JSON as structure and as text. */
void rpc_tool_result(struct work *w, const struct text *content, bool is_error);

/* A failed call: true when it was answered as a tool's refusal. */
bool rpc_refused(struct work *w, int status);
/* Else the body of the error with that HTTP status; call->status may be changed. */
void rpc_explain(struct work *w, int status, const char *detail);
/* A member of params that is a text; NULL when not. */
const char *rpc_param(const struct turn *turn, const char *name);
