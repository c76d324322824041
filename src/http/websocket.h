#pragma once
/*
 * websocket - /ws: messages of MCP in frames (RFC 6455), for old configurations.
 *
 * Every message is a call of its own with the credentials of the handshake, so a
 * client that is shut out is out with its next message.  Each socket has a thread;
 * there may be few of them.
 */
#include "http/exchange.h"

/* Whether the request is for /ws. */
bool websocket_wants(const struct call *call);
/* Answers the handshake, or refuses it. */
enum MHD_Result websocket_accept(struct exchange *exchange);
/* Ends those that are open; no more are taken.  Before libmicrohttpd stops. */
void websocket_close_all(void);
void websocket_open_all(void);
