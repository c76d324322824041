/*
 * moment - arithmetic of the calendar, done by hand.
 *
 * Days are counted as in Howard Hinnant's "chrono-Compatible Low-Level Date
 * Algorithms": eras of 400 years that start in March, so that the leap day is
 * the last day of a year.  The C library is asked only for the offset of the
 * facility's zone.  Moments beyond the years 0001..9999 are held at the edge.
 */
#include "base/moment.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/result.h"

enum { ZONE_NAME_SIZE = 64, DAY_SECONDS = 86400, LONGEST_FRACTION = 9 };

static const int64_t second = 1000000;
static const int64_t first_day = -719162; /* 0001-01-01 */
static const int64_t last_day = 2932896;  /* 9999-12-31 */

static char zone_name[ZONE_NAME_SIZE] = "UTC";
static bool zone_is_utc = true;

struct parts {
	int year, month, day;
	int hour, minute, second, micro;
	bool has_zone;
	int offset; /* seconds east of UTC */
};

static int64_t
count_days(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400; /* never negative: years start at 1 */
	int of_era = y - era * 400;
	int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return (int64_t)era * 146097 + (int64_t)of_era * 365 + of_era / 4 - of_era / 100
	       + of_year - 719468;
}

static void
split_days(int64_t days, struct parts *parts)
{
	int shifted = (int)(days + 719468);
	int era = shifted / 146097;
	int day = shifted - era * 146097;
	int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int of_year = day - (365 * year + year / 4 - year / 100);
	int month = (5 * of_year + 2) / 153;

	parts->day = of_year - (153 * month + 2) / 5 + 1;
	parts->month = month < 10 ? month + 3 : month - 9;
	parts->year = year + era * 400 + (parts->month <= 2);
}

static int
days_in(int year, int month)
{
	static const unsigned char days[]
		= { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[month - 1];
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool
in_range(int64_t moment)
{
	int64_t day = floor_div(moment, second * DAY_SECONDS);

	return day >= first_day && day <= last_day;
}

static int64_t
clamp(int64_t moment)
{
	if (in_range(moment))
		return moment;
	return moment < 0 ? first_day * DAY_SECONDS * second
			  : (last_day + 1) * DAY_SECONDS * second - 1;
}

static void
split(int64_t moment, struct parts *parts)
{
	int64_t at = clamp(moment);
	int64_t day = floor_div(at, second * DAY_SECONDS);
	int64_t rest = at - day * second * DAY_SECONDS;
	int seconds = (int)(rest / second);

	split_days(day, parts);
	parts->micro = (int)(rest % second);
	parts->hour = seconds / 3600;
	parts->minute = seconds / 60 % 60;
	parts->second = seconds % 60;
}

/* As if the parts were UTC. */
static int64_t
join(const struct parts *parts)
{
	int64_t days = count_days(parts->year, parts->month, parts->day);
	int seconds = parts->hour * 3600 + parts->minute * 60 + parts->second;

	return (days * DAY_SECONDS + seconds) * second + parts->micro;
}

static void
put_two(char *out, int number)
{
	out[0] = (char)('0' + number / 10);
	out[1] = (char)('0' + number % 10);
}

static void
put_date(char *out, const struct parts *parts)
{
	put_two(out, parts->year / 100);
	put_two(out + 2, parts->year % 100);
	out[4] = '-';
	put_two(out + 5, parts->month);
	out[7] = '-';
	put_two(out + 8, parts->day);
}

static void
put_fraction(char *out, int micro)
{
	out[0] = '.';
	put_two(out + 1, micro / 10000);
	put_two(out + 3, micro / 100 % 100);
	put_two(out + 5, micro % 100);
}

/* 26 bytes, without a NUL. */
static void
put_moment(char *out, const struct parts *parts, char between)
{
	put_date(out, parts);
	out[10] = between;
	put_two(out + 11, parts->hour);
	out[13] = ':';
	put_two(out + 14, parts->minute);
	out[16] = ':';
	put_two(out + 17, parts->second);
	put_fraction(out + 19, parts->micro);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two digits as a number, or -1.  Never looks behind a NUL. */
static int
get_two(const char *at)
{
	if (!is_digit(at[0]) || !is_digit(at[1]))
		return -1;
	return (at[0] - '0') * 10 + (at[1] - '0');
}

/* The getters return what stands behind the part, or NULL. */
static const char *
get_date(const char *at, struct parts *parts)
{
	int century = get_two(at);
	int year = century < 0 ? -1 : get_two(at + 2);

	if (year < 0 || at[4] != '-' || (parts->month = get_two(at + 5)) < 1)
		return NULL;
	if (at[7] != '-' || (parts->day = get_two(at + 8)) < 1)
		return NULL;
	parts->year = century * 100 + year;
	if (parts->year < 1 || parts->month > 12)
		return NULL;
	return parts->day <= days_in(parts->year, parts->month) ? at + 10 : NULL;
}

static const char *
get_fraction(const char *at, struct parts *parts)
{
	int worth = 100000;
	int n = 0;

	for (; is_digit(at[n]); n++) {
		if (n == LONGEST_FRACTION)
			return NULL;
		parts->micro += (at[n] - '0') * worth;
		worth /= 10;
	}
	return n ? at + n : NULL;
}

/* HH:MM[:SS[.f]] */
static const char *
get_time(const char *at, struct parts *parts)
{
	parts->hour = get_two(at);
	if (parts->hour < 0 || parts->hour > 23 || at[2] != ':')
		return NULL;
	parts->minute = get_two(at + 3);
	if (parts->minute < 0 || parts->minute > 59)
		return NULL;
	if (at[5] != ':')
		return at + 5;
	parts->second = get_two(at + 6);
	if (parts->second < 0 || parts->second > 59)
		return NULL;
	if (at[8] != '.' && at[8] != ',')
		return at + 8;
	return get_fraction(at + 9, parts);
}

/* Z, +HH:MM, +HHMM or +HH; nothing is no zone. */
static const char *
get_zone(const char *at, struct parts *parts)
{
	char sign = *at;
	int hours;
	int minutes = 0;

	if (sign == '\0')
		return at;
	parts->has_zone = true;
	if (sign == 'Z' || sign == 'z')
		return at + 1;
	if (sign != '+' && sign != '-')
		return NULL;
	hours = get_two(at + 1);
	if (hours < 0 || hours > 23)
		return NULL;
	at += 3;
	if (*at) {
		at += *at == ':';
		minutes = get_two(at);
		if (minutes < 0 || minutes > 59)
			return NULL;
		at += 2;
	}
	parts->offset = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
	return at;
}

static bool
scan(const char *text, struct parts *parts)
{
	const char *at;

	*parts = (struct parts){ 0 };
	if (!text || !(at = get_date(text, parts)))
		return false;
	if (*at == '\0')
		return true;
	if (*at != 'T' && *at != 't' && *at != ' ')
		return false;
	at = get_time(at + 1, parts);
	if (at)
		at = get_zone(at, parts);
	return at && *at == '\0';
}

/* Only a name below the zone folder that is a compiled zone. */
static bool
zone_exists(const char *name)
{
	char path[ZONE_NAME_SIZE + 32];
	char magic[4];
	ssize_t got;
	int fd;
	int n;

	if (name[0] == '/' || strstr(name, "..")
		|| name[strspn(name,
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			"0123456789_+-/")])
		return false;
	n = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	got = read(fd, magic, sizeof(magic));
	close(fd);
	return got == (ssize_t)sizeof(magic)
	       && memcmp(magic, "TZif", sizeof(magic)) == 0;
}

bool
moment_zone(const char *name)
{
	bool utc = name && strcmp(name, "UTC") == 0;
	size_t n = name ? strlen(name) : 0;

	/* UTC needs no zone files: small containers have none. */
	if (n == 0 || n >= sizeof(zone_name) || (!utc && !zone_exists(name)))
		return false;
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): before threads, by contract. */
	if (setenv("TZ", utc ? "UTC0" : name, 1))
		return false;
	tzset();
	memcpy(zone_name, name, n + 1);
	zone_is_utc = utc;
	return true;
}

const char *
moment_zone_name(void)
{
	return zone_name;
}

int
moment_offset(int64_t moment)
{
	time_t seconds = (time_t)floor_div(moment, second);
	struct tm tm;

	if (zone_is_utc || !localtime_r(&seconds, &tm))
		return 0;
	return (int)tm.tm_gmtoff;
}

static int64_t
read_clock(clockid_t clock)
{
	struct timespec now;

	if (clock_gettime(clock, &now))
		abort();
	return (int64_t)now.tv_sec * second + now.tv_nsec / 1000;
}

int64_t
moment_now(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t
moment_monotonic(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

void
moment_store(int64_t moment, char *out)
{
	struct parts parts;

	split(moment, &parts);
	put_moment(out, &parts, ' ');
	out[26] = '\0';
}

void
moment_iso(int64_t moment, char *out)
{
	struct parts parts;

	split(moment, &parts);
	put_moment(out, &parts, 'T');
	out[parts.micro ? 26 : 19] = '\0';
}

/* "YYYY-MM-DD HH:MM:SS" and up to six digits of fraction, nothing behind. */
static bool
scan_stored(const char *text, struct parts *parts)
{
	const char *at;

	*parts = (struct parts){ 0 };
	at = get_date(text, parts);
	if (!at || (*at != ' ' && *at != 'T'))
		return false;
	at = get_time(at + 1, parts);
	return at && *at == '\0' && at - text >= 19 && at - text <= 26;
}

/* "0000-00-00 00:00:00.000000" with any digits in place of the zeros: eight bytes at
 * once, as digits differ from '0' in their low half only. */
static bool
has_stored_form(const char *text)
{
	static const char form[] = "0000-00-00 00:00:00.000000";
	static const char loose[] = "\xF0\xF0\xF0\xF0\xFF\xF0\xF0\xFF\xF0\xF0\xFF\xF0\xF0"
		"\xFF\xF0\xF0\xFF\xF0\xF0\xFF\xF0\xF0\xF0\xF0\xF0\xF0";
	static const size_t at[] = { 0, 8, 16, 18 };
	uint64_t wrong = 0;

	for (size_t i = 0; i < COUNT(at); i++) {
		uint64_t word, zeros, mask;

		memcpy(&word, text + at[i], sizeof(word));
		memcpy(&zeros, form + at[i], sizeof(zeros));
		memcpy(&mask, loose + at[i], sizeof(mask));
		word ^= zeros;
		wrong |= word & mask;
		wrong |= (word + 0x0606060606060606U) & 0x1010101010101010U;
	}
	return wrong == 0;
}

/* Whether the text, of the form above, is a moment for sure: days that not every month
 * has are left to the calendar. */
static bool
surely_moment(const char *text)
{
	int month = get_two(text + 5);
	int day = get_two(text + 8);

	return month >= 1 && month <= 12 && day >= 1 && day <= 28 && get_two(text + 11) <= 23
	       && get_two(text + 14) <= 59 && get_two(text + 17) <= 59
	       && memcmp(text, "0000", 4) != 0;
}

size_t
moment_reprint(const char *text, size_t n, char *out)
{
	char copy[MOMENT_SIZE];
	struct parts parts;

	/* Bytes of a cursor have no NUL behind them. */
	if (!text || n < 19 || n >= sizeof(copy))
		return 0;
	if (n == 26 && has_stored_form(text) && surely_moment(text)) {
		memcpy(out, text, 26);
		out[10] = 'T';
		n = memcmp(text + 20, "000000", 6) == 0 ? 19 : 26;
		out[n] = '\0';
		return n;
	}
	memcpy(copy, text, n);
	copy[n] = '\0';
	if (!scan_stored(copy, &parts))
		return 0;
	put_moment(out, &parts, 'T');
	n = parts.micro ? 26 : 19;
	out[n] = '\0';
	return n;
}

bool
moment_load(const char *text, int64_t *moment)
{
	struct parts parts;

	if (!text || !scan_stored(text, &parts))
		return false;
	*moment = join(&parts);
	return true;
}

/*
 * The moment of a wall clock in the facility's zone.  Where the clock is set
 * back, the first of the two; where it is set forward, as if it had not been.
 * (mktime() answers by what it was asked before.)
 */
static int64_t
from_wall(int64_t wall)
{
	int64_t day = second * DAY_SECONDS;
	int64_t before = wall - moment_offset(wall - day) * second;
	int64_t after = wall - moment_offset(wall + day) * second;

	if (before + moment_offset(before) * second == wall)
		return before;
	return after + moment_offset(after) * second == wall ? after : before;
}

bool
moment_parse(const char *text, bool wall, int64_t *moment)
{
	struct parts parts;
	int64_t at;

	if (!scan(text, &parts))
		return false;
	at = wall ? from_wall(join(&parts)) : join(&parts) - parts.offset * second;
	if (!in_range(at))
		return false;
	*moment = at;
	return true;
}

bool
moment_has_zone(const char *text)
{
	struct parts parts;

	return scan(text, &parts) && parts.has_zone;
}

bool
date_valid(const char *text)
{
	struct parts parts;

	return text && get_date(text, &parts) && text[10] == '\0';
}

bool
date_parse(const char *text, char *out)
{
	struct parts parts;

	if (!scan(text, &parts) || parts.hour || parts.minute || parts.second
		|| parts.micro)
		return false;
	put_date(out, &parts);
	out[10] = '\0';
	return true;
}

void
date_today(char *out)
{
	date_of(moment_now(), out);
}

void
date_of(int64_t moment, char *out)
{
	struct parts parts;
	int64_t at = clamp(moment);

	split(at + moment_offset(at) * second, &parts);
	put_date(out, &parts);
	out[10] = '\0';
}

void
date_add(const char *date, int days, char *out)
{
	struct parts parts;
	int64_t day = date_number(date) + days;

	if (day < first_day)
		day = first_day;
	if (day > last_day)
		day = last_day;
	split_days(day, &parts);
	put_date(out, &parts);
	out[10] = '\0';
}

int64_t
date_number(const char *date)
{
	struct parts parts;

	/* An adopted database may hold anything; that must not end the process. */
	if (!date || !get_date(date, &parts))
		return 0;
	return count_days(parts.year, parts.month, parts.day);
}
