#pragma once
/*
 * sessions - the slots of personal_sessions, in the order of its columns.
 */
enum {
	SESSIONS_USER_ID, SESSIONS_TOKEN_ID, SESSIONS_EXPIRES_AT, SESSIONS_LAST_USED_AT,
	SESSIONS_IP_ADDRESS, SESSIONS_USER_AGENT, SESSIONS_ENDED_AT, SESSIONS__COUNT
};
