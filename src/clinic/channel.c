/*
 * channel - the requests a client was asked about, until it answers.
 */
#include "clinic/channel.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/log.h"

enum { LINE_MOST = 256 * 1024 };

static char *
copy(const char *text)
{
	char *own = strdup(text);

	if (!own) {
		log_error("channel: the machine has no memory left");
		abort();
	}
	return own;
}

static void
forget(struct question *question)
{
	free(question->id);
	free(question->message);
	json_decref(question->heard);
	*question = (struct question){ 0 };
}

static struct question *
find(struct channel *channel, const char *id)
{
	for (size_t i = 0; id && i < QUESTIONS; i++)
		if (channel->asked[i].id && same_text(channel->asked[i].id, id))
			return &channel->asked[i];
	return NULL;
}

/* The key is what stands before the last point of the id. */
static void
add_answer(struct question *question, const json_t *answer)
{
	json_t *result = json_object_get(answer, "result");
	char *point = strrchr(question->id, '.');

	if (point)
		*point = 0;
	if (!question->heard)
		question->heard = json_object();
	json_object_set_new(question->heard, question->id,
		result ? json_deep_copy(result) : json_object());
}

struct saying
channel_read(struct channel *channel, const char *line)
{
	size_t n = strlen(line);
	json_t *json = n <= LINE_MOST ? json_loadb(line, n, 0, NULL) : NULL;
	bool answers = json && !json_object_get(json, "method") &&
		(json_object_get(json, "result") || json_object_get(json, "error"));
	struct saying saying = { NULL, NULL };
	struct question *question;

	if (!answers) {
		saying.message = copy(line);
	} else {
		question = find(channel, json_string_value(json_object_get(json, "id")));
		if (question) {
			add_answer(question, json);
			saying = (struct saying){ question->message, question->heard };
			question->message = NULL;
			question->heard = NULL;
			forget(question);
		}
	}
	json_decref(json);
	return saying;
}

void
channel_done(struct channel *channel, struct saying *saying, const char *session,
	const char *asks)
{
	if (session) {
		free(channel->session);
		channel->session = copy(session);
	}
	if (asks && saying->message) {
		struct question *question = &channel->asked[channel->next++ % QUESTIONS];

		forget(question);
		*question = (struct question){ copy(asks), saying->message, saying->heard };
	} else {
		free(saying->message);
		json_decref(saying->heard);
	}
	*saying = (struct saying){ NULL, NULL };
}

void
channel_close(struct channel *channel)
{
	for (size_t i = 0; i < QUESTIONS; i++)
		forget(&channel->asked[i]);
	free(channel->session);
	channel->session = NULL;
}
