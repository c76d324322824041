/*
 * image_child - the one process that looks into a stranger's picture.
 *
 * Memory is never given back: the process ends.  When memory ends, so does it.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files/decode.h"
#include "files/exif.h"
#include "files/image.h"
#include "files/image_wire.h"
#include "files/sandbox.h"

enum { QUALITY = 90 };

struct kind {
	const char *sign;
	bool (*decode)(const uint8_t *bytes, size_t n, struct canvas *canvas);
};

static const struct kind kinds[] = {
	{ "\xff\xd8\xff", jpeg_decode },
	{ "\x89PNG\r\n\x1a\n", png_decode },
	{ "GIF8", gif_decode },
	{ "BM", bmp_decode },
};

static size_t
read_all(uint8_t *bytes, size_t most)
{
	size_t n = 0;
	ssize_t got;

	while (n < most && (got = read(STDIN_FILENO, bytes + n, most - n)) > 0)
		n += (size_t)got;
	return n;
}

static void
write_all(const void *bytes, size_t n)
{
	const char *at = bytes;
	ssize_t put;

	while (n > 0 && (put = write(STDOUT_FILENO, at, n)) > 0) {
		at += put;
		n -= (size_t)put;
	}
}

/* What a header says of the size, where it can be said without decoding. */
static bool
too_large(const uint8_t *bytes, size_t n)
{
	uint32_t w = 0, h = 0;

	if (n < 26 || memcmp(bytes, "\x89PNG", 4) != 0)
		return false;
	for (size_t i = 0; i < 4; i++) {
		w = w << 8 | bytes[16 + i];
		h = h << 8 | bytes[20 + i];
	}
	return w && h && !canvas_fits(w, h);
}

static struct image_answer
make(const uint8_t *bytes, size_t n, uint8_t **jpeg)
{
	struct image_answer answer = { .word = IMAGE_UNKNOWN };
	struct canvas canvas = { 0 };
	size_t size = 0;

	for (size_t i = 0; i < COUNT(kinds); i++) {
		size_t sign = strlen(kinds[i].sign);

		if (n < sign || memcmp(bytes, kinds[i].sign, sign) != 0)
			continue;
		answer.word = too_large(bytes, n) ? IMAGE_LARGE : IMAGE_DAMAGED;
		if (answer.word == IMAGE_LARGE || !kinds[i].decode(bytes, n, &canvas))
			return answer;
		canvas_turn(&canvas, exif_orientation(bytes, n));
		*jpeg = jpeg_encode(&canvas, QUALITY, &size);
		answer = (struct image_answer){ *jpeg ? IMAGE_DONE : IMAGE_DAMAGED, canvas.w, canvas.h,
			(uint32_t)size };
		return answer;
	}
	return answer;
}

int
image_child(void)
{
	struct image_answer answer;
	uint8_t *bytes, *jpeg = NULL;

	if (sandbox_enter() || !(bytes = malloc(IMAGE_MOST + 1)))
		_exit(1);
	answer = make(bytes, read_all(bytes, IMAGE_MOST + 1), &jpeg);
	write_all(&answer, sizeof(answer));
	write_all(jpeg, answer.n);
	_exit(0);
}
