/*
 * plain - rows of a hand-written statement as JSON objects.
 */
#include "base/json.h"
#include "base/moment.h"
#include "personal/listing.h"

static void
print(struct query *query, size_t i, char kind, struct text *out)
{
	char iso[ISO_SIZE];
	const char *text;
	size_t n;

	if (query_null(query, i)) {
		json_nothing(out);
		return;
	}
	switch (kind) {
	case 'w':
		json_whole(out, query_whole(query, i));
		break;
	case 'n':
		json_number(out, query_number(query, i));
		break;
	case 'b':
		json_bool(out, query_whole(query, i) != 0);
		break;
	case 'm':
		text = query_text(query, i, &n);
		json_bytes(out, iso, moment_reprint(text, n, iso));
		break;
	default:
		text = query_text(query, i, &n);
		json_bytes(out, text, n);
		break;
	}
}

enum result
listing_plain(struct work *w, const char *kinds, const char *sql, const struct value *args,
	size_t n_args, size_t *n)
{
	struct text *out = &w->call->out;
	struct query *query = NULL;
	enum result r;

	*n = 0;
	if ((r = db_query(w->db, &query, sql, args, n_args)))
		return r;
	json_open(out, '[');
	for (; query_next(query); ++*n) {
		json_open(out, '{');
		for (size_t i = 0; kinds[i]; i++) {
			json_key(out, query_column_name(query, i));
			print(query, i, kinds[i], out);
		}
		json_close(out, '}');
	}
	json_close(out, ']');
	return query_close(&query);
}
