/*
 * picture - the readers of pictures that are ours; the first byte picks one.
 *
 * What is read is whole and fits; JPEG and PNG are their libraries' to fuzz.
 */
#include <stdlib.h>

#include "files/decode.h"
#include "files/exif.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
look(bool (*decode)(const uint8_t *bytes, size_t n, struct canvas *canvas), const uint8_t *bytes,
	size_t n)
{
	struct canvas canvas = { 0 };

	if (decode(bytes, n, &canvas)) {
		if (!canvas_whole(&canvas) || canvas.w > PICTURE_SIDE || canvas.h > PICTURE_SIDE)
			abort();
		canvas_turn(&canvas, 6);
	}
	canvas_close(&canvas);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	int orientation;

	if (n < 1)
		return 0;
	switch (bytes[0] % 3) {
	case 0:
		look(bmp_decode, bytes + 1, n - 1);
		break;
	case 1:
		look(gif_decode, bytes + 1, n - 1);
		break;
	default:
		orientation = exif_orientation(bytes + 1, n - 1);
		if (orientation < 1 || orientation > 8)
			abort();
	}
	return 0;
}
