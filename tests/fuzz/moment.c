/*
 * moment - every text is a moment or none; what is one survives being stored.
 */
#include "base/moment.h"

#include <stdlib.h>
#include <string.h>

#include "base/result.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
expect(bool holds)
{
	if (!holds)
		abort();
}

static void
check_moment(int64_t moment)
{
	char stored[MOMENT_SIZE];
	char iso[ISO_SIZE];
	char reprint[ISO_SIZE];
	int64_t back;

	moment_store(moment, stored);
	expect(moment_load(stored, &back) && back == moment);
	moment_iso(moment, iso);
	expect(moment_reprint(stored, strlen(stored), reprint) == strlen(iso));
	expect(strcmp(iso, reprint) == 0);
	expect(moment_parse(iso, false, &back) && back == moment);
}

static void
check_date(const char *date)
{
	char same[DATE_SIZE];

	expect(date_valid(date));
	date_add(date, 0, same);
	expect(strcmp(date, same) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static bool started;
	char iso[ISO_SIZE];
	char date[DATE_SIZE];
	int64_t moment;
	char *text;

	if (!started)
		started = moment_zone("America/New_York");
	text = malloc(n + 1);
	if (!text)
		return 0;
	if (n)
		memcpy(text, bytes, n);
	text[n] = '\0';
	if (moment_parse(text, false, &moment))
		check_moment(moment);
	if (moment_parse(text, true, &moment))
		check_moment(moment);
	if (moment_load(text, &moment))
		check_moment(moment);
	if (date_parse(text, date))
		check_date(date);
	if (date_valid(text))
		check_date(text);
	expect(moment_reprint((const char *)bytes, n, iso) < ISO_SIZE);
	(void)moment_has_zone(text);
	free(text);
	return 0;
}
