/*
 * bmp - the pictures of old Windows: palettes of 2 to 256 colours, 16, 24 and 32 bits.
 *
 * Run lengths are refused: nobody photographs with them.
 */
#include <stdlib.h>

#include "files/decode.h"

enum { FILE_HEADER = 14, OLD_HEADER = 12, HEADER = 40, PLAIN = 0, MASKS = 3 };

struct bmp {
	const uint8_t *bytes;
	size_t n;
	uint32_t header;   /* its size */
	uint32_t w, h;
	bool downwards;    /* rows from the top */
	uint32_t bits;     /* of a pixel */
	size_t palette, n_palette, step; /* where, how many, bytes of each */
	size_t pixels, stride;
	uint32_t mask[3];
};

static uint32_t
little(const uint8_t *at, size_t size)
{
	uint32_t value = 0;

	while (size-- > 0)
		value = value << 8 | at[size];
	return value;
}

/* Where red, green and blue are when no mask says so. */
static void
set_masks(struct bmp *bmp)
{
	for (size_t i = 0; i < 3; i++)
		bmp->mask[i] = bmp->bits == 16 ? 0x7c00u >> (5 * i) : 0xff0000u >> (8 * i);
}

static bool
read_old(struct bmp *bmp)
{
	const uint8_t *at = bmp->bytes + FILE_HEADER;

	bmp->w = little(at + 4, 2);
	bmp->h = little(at + 6, 2);
	bmp->bits = little(at + 10, 2);
	bmp->step = 3;
	set_masks(bmp);
	return bmp->bits != 16 && bmp->bits != 32;
}

static bool
read_masks(struct bmp *bmp, uint32_t coding)
{
	const uint8_t *at = bmp->bytes + FILE_HEADER + HEADER;

	set_masks(bmp);
	if (coding != MASKS)
		return coding == PLAIN;
	if (bmp->n < FILE_HEADER + HEADER + 12 || (bmp->bits != 16 && bmp->bits != 32))
		return false;
	for (size_t i = 0; i < 3; i++)
		bmp->mask[i] = little(at + 4 * i, 4);
	return true;
}

static bool
read_new(struct bmp *bmp)
{
	const uint8_t *at = bmp->bytes + FILE_HEADER;
	uint32_t h = little(at + 8, 4);

	if (bmp->n < FILE_HEADER + HEADER)
		return false;
	bmp->w = little(at + 4, 4);
	bmp->downwards = h & 0x80000000u;
	bmp->h = bmp->downwards ? 0u - h : h;
	bmp->bits = little(at + 14, 2);
	bmp->n_palette = little(at + 32, 4);
	bmp->step = 4;
	return read_masks(bmp, little(at + 16, 4));
}

static bool
read_header(struct bmp *bmp)
{
	size_t most;

	if (bmp->n < FILE_HEADER + OLD_HEADER || bmp->bytes[0] != 'B' || bmp->bytes[1] != 'M')
		return false;
	bmp->header = little(bmp->bytes + FILE_HEADER, 4);
	if (bmp->header != OLD_HEADER && bmp->header < HEADER)
		return false;
	if (!(bmp->header == OLD_HEADER ? read_old(bmp) : read_new(bmp)))
		return false;
	if (bmp->bits != 1 && bmp->bits != 4 && bmp->bits != 8 && bmp->bits != 16 && bmp->bits != 24
		&& bmp->bits != 32)
		return false;
	if (bmp->header > bmp->n - FILE_HEADER || !canvas_fits(bmp->w, bmp->h))
		return false;
	bmp->palette = FILE_HEADER + bmp->header;
	most = bmp->bits <= 8 ? (size_t)1 << bmp->bits : 0;
	if (bmp->n_palette == 0 || bmp->n_palette > most)
		bmp->n_palette = most;
	bmp->pixels = little(bmp->bytes + 10, 4);
	bmp->stride = ((size_t)bmp->w * bmp->bits + 31) / 32 * 4;
	return bmp->n_palette * bmp->step <= bmp->n - bmp->palette && bmp->pixels <= bmp->n
		&& bmp->stride * bmp->h <= bmp->n - bmp->pixels;
}

/* The bits under the mask as 0 to 255. */
static uint8_t
channel(uint32_t pixel, uint32_t mask)
{
	uint32_t value = pixel & mask;

	if (!mask)
		return 0;
	while (!(mask & 1)) {
		mask >>= 1;
		value >>= 1;
	}
	return (uint8_t)((uint64_t)value * 255 / mask);
}

static void
from_palette(const struct bmp *bmp, const uint8_t *row, uint32_t x, uint8_t *out)
{
	size_t bit = (size_t)x * bmp->bits;
	uint32_t byte = row[bit / 8];
	size_t i = byte >> (8 - bmp->bits - bit % 8) & ((1u << bmp->bits) - 1);

	for (size_t c = 0; c < 3; c++)
		out[c] = i < bmp->n_palette
			? bmp->bytes[bmp->palette + i * bmp->step + 2 - c] : 0;
}

static void
from_bits(const struct bmp *bmp, const uint8_t *row, uint32_t x, uint8_t *out)
{
	size_t size = bmp->bits / 8;
	uint32_t pixel = little(row + x * size, size);

	for (size_t c = 0; c < 3; c++)
		out[c] = channel(pixel, bmp->mask[c]);
}

bool
bmp_decode(const uint8_t *bytes, size_t n, struct canvas *canvas)
{
	struct bmp bmp = { .bytes = bytes, .n = n };
	uint8_t *line;

	*canvas = (struct canvas){ 0 };
	if (!read_header(&bmp) || !canvas_open(canvas, bmp.w, bmp.h))
		return false;
	line = malloc((size_t)bmp.w * 3);
	for (uint32_t y = 0; line && y < bmp.h; y++) {
		const uint8_t *row = bytes + bmp.pixels
			+ bmp.stride * (bmp.downwards ? y : bmp.h - 1 - y);

		for (uint32_t x = 0; x < bmp.w; x++)
			(bmp.bits <= 8 ? from_palette : from_bits)(&bmp, row, x, line + (size_t)x * 3);
		canvas_row(canvas, line);
	}
	free(line);
	return canvas_whole(canvas);
}
