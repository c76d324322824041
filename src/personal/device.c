/*
 * device - the first word of a list that occurs; who imitates another comes before.
 */
#include "personal/device.h"

#include <stddef.h>
#include <string.h>

#include "base/result.h"

struct word {
	const char *part, *name;
};

static const struct word programs[] = {
	{ "Edg", "Edge" }, { "OPR/", "Opera" }, { "SamsungBrowser", "Samsung Internet" },
	{ "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" },
	{ "HeadlessChrome/", "Chrome" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" },
	{ "curl/", "curl" }, { "node", "Node" },
};

static const struct word systems[] = {
	{ "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" },
	{ "CrOS", "ChromeOS" }, { "Windows", "Windows" }, { "Mac OS X", "macOS" },
	{ "Linux", "Linux" },
};

static const char *
find(const struct word *words, size_t n, const char *agent)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(agent, words[i].part))
			return words[i].name;
	return NULL;
}

const char *
device_of(struct arena *arena, const char *agent)
{
	const char *program, *system;

	if (!agent)
		return NULL;
	program = find(programs, COUNT(programs), agent);
	system = find(systems, COUNT(systems), agent);
	if (program && system)
		return arena_printf(arena, "%s on %s", program, system);
	return program ? program : system;
}
