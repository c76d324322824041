/*
 * exif - walks the markers of a JPEG to the one with the orientation in it.
 *
 * What the file says of itself is believed only as far as the bytes go.
 */
#include "files/exif.h"

#include <stdbool.h>
#include <string.h>

enum { ORIENTATION = 0x0112, SHORT = 3, ENTRY = 12 };

/* The TIFF inside, in one of two byte orders. */
struct tiff {
	const uint8_t *at;
	size_t n;
	bool big;
};

static uint32_t
whole(const struct tiff *tiff, size_t at, size_t size)
{
	uint32_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | tiff->at[at + (tiff->big ? i : size - 1 - i)];
	return value;
}

static int
search(const struct tiff *tiff)
{
	size_t at;
	uint32_t n;

	if (tiff->n < 8 || whole(tiff, 2, 2) != 42)
		return 1;
	at = whole(tiff, 4, 4);
	if (at > tiff->n - 2)
		return 1;
	n = whole(tiff, at, 2);
	at += 2;
	for (; n > 0 && tiff->n >= ENTRY && at <= tiff->n - ENTRY; n--, at += ENTRY) {
		uint32_t value;

		if (whole(tiff, at, 2) != ORIENTATION || whole(tiff, at + 2, 2) != SHORT)
			continue;
		value = whole(tiff, at + 8, 2);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

static int
look(const uint8_t *segment, size_t n)
{
	struct tiff tiff = { .at = segment + 6, .n = n - 6 };

	if (n < 8 || memcmp(segment, "Exif\0", 6) != 0)
		return 0;
	if (memcmp(tiff.at, "MM", 2) != 0 && memcmp(tiff.at, "II", 2) != 0)
		return 1;
	tiff.big = *tiff.at == 'M';
	return search(&tiff);
}

int
exif_orientation(const uint8_t *bytes, size_t n)
{
	size_t at = 2;

	if (n < 4 || bytes[0] != 0xff || bytes[1] != 0xd8)
		return 1;
	while (n - at >= 4 && bytes[at] == 0xff) {
		uint8_t marker = bytes[at + 1];
		size_t size = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
		int found = 0;

		if (marker == 0xff) { /* fill */
			at++;
			continue;
		}
		/* The picture itself begins, or the end. */
		if (marker == 0xda || marker == 0xd9 || size < 2 || size > n - at - 2)
			return 1;
		if (marker == 0xe1)
			found = look(bytes + at + 4, size - 2);
		if (found)
			return found;
		at += size + 2;
	}
	return 1;
}
