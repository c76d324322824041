/*
 * gif - the first frame of a GIF (GIF89a), on white where nothing covers it.
 *
 * The codes of LZW grow a table of strings, each the one before and a byte more; a
 * string is written from its end, so its length is kept with it.
 */
#include <stdlib.h>
#include <string.h>

#include "files/decode.h"

enum { HEADER = 13, CODES = 4096, NO_COLOUR = 256 };

struct gif {
	const uint8_t *bytes;
	size_t n, at;
	uint32_t w, h;                 /* of the screen */
	uint32_t left, top, fw, fh;    /* of the frame */
	const uint8_t *palette;
	size_t n_palette;
	unsigned transparent;          /* NO_COLOUR: none */
	bool interlaced;
	uint8_t *pixels;               /* of the frame, fw * fh */
	size_t n_pixels;               /* that have come */
	/* The bits of the blocks. */
	uint32_t bits;
	unsigned n_bits;
	size_t block;                  /* bytes left in the block */
	bool over;                     /* no more bytes */
	/* The table. */
	uint16_t before[CODES];
	uint16_t length[CODES];
	uint8_t last[CODES], first[CODES];
};

static uint32_t
pair(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8;
}

static bool
take_palette(struct gif *gif, uint8_t flags)
{
	size_t n = (size_t)2 << (flags & 7);

	if (!(flags & 0x80))
		return true;
	if (gif->n - gif->at < n * 3)
		return false;
	gif->palette = gif->bytes + gif->at;
	gif->n_palette = n;
	gif->at += n * 3;
	return true;
}

static bool
take_header(struct gif *gif)
{
	if (gif->n < HEADER || (memcmp(gif->bytes, "GIF87a", 6) != 0
		&& memcmp(gif->bytes, "GIF89a", 6) != 0))
		return false;
	gif->w = pair(gif->bytes + 6);
	gif->h = pair(gif->bytes + 8);
	gif->at = HEADER;
	return canvas_fits(gif->w, gif->h) && take_palette(gif, gif->bytes[10]);
}

static bool
skip_blocks(struct gif *gif)
{
	while (gif->at < gif->n) {
		size_t size = gif->bytes[gif->at++];

		if (size == 0)
			return true;
		if (gif->n - gif->at < size)
			return false;
		gif->at += size;
	}
	return false;
}

/* Behind the 0x21: what it says of transparency is kept. */
static bool
take_extension(struct gif *gif)
{
	const uint8_t *at = gif->bytes + gif->at;

	if (gif->n - gif->at < 1)
		return false;
	if (gif->n - gif->at >= 6 && at[0] == 0xf9 && at[1] == 4)
		gif->transparent = at[2] & 1 ? at[5] : NO_COLOUR;
	gif->at++;
	return skip_blocks(gif);
}

static bool
take_frame(struct gif *gif)
{
	const uint8_t *at = gif->bytes + gif->at;
	uint8_t flags;

	if (gif->n - gif->at < 9)
		return false;
	gif->left = pair(at);
	gif->top = pair(at + 2);
	gif->fw = pair(at + 4);
	gif->fh = pair(at + 6);
	flags = at[8];
	gif->interlaced = flags & 0x40;
	gif->at += 9;
	return canvas_fits(gif->fw, gif->fh) && take_palette(gif, flags) && gif->palette;
}

static bool
find_frame(struct gif *gif)
{
	while (gif->at < gif->n) {
		uint8_t word = gif->bytes[gif->at++];

		if (word == 0x2c)
			return take_frame(gif);
		if (word != 0x21 || !take_extension(gif))
			return false;
	}
	return false;
}

static unsigned
take_code(struct gif *gif, unsigned size)
{
	unsigned code;

	while (gif->n_bits < size && !gif->over) {
		if (gif->block == 0) {
			gif->block = gif->at < gif->n ? gif->bytes[gif->at++] : 0;
			gif->over = gif->block == 0;
			continue;
		}
		gif->over = gif->at == gif->n;
		if (gif->over)
			break;
		gif->bits |= (uint32_t)gif->bytes[gif->at++] << gif->n_bits;
		gif->n_bits += 8;
		gif->block--;
	}
	if (gif->n_bits < size)
		return CODES;
	code = gif->bits & ((1u << size) - 1);
	gif->bits >>= size;
	gif->n_bits -= size;
	return code;
}

/* The code's string to the pixels, as far as there is room. */
static void
put_string(struct gif *gif, unsigned code)
{
	size_t room = (size_t)gif->fw * gif->fh - gif->n_pixels;
	size_t n = gif->length[code];

	for (size_t i = n; i-- > 0; code = gif->before[code])
		if (i < room)
			gif->pixels[gif->n_pixels + i] = gif->last[code];
	gif->n_pixels += n < room ? n : room;
}

static void
add_code(struct gif *gif, unsigned code, unsigned before, uint8_t last)
{
	gif->before[code] = (uint16_t)before;
	gif->length[code] = (uint16_t)(gif->length[before] + 1);
	gif->first[code] = gif->first[before];
	gif->last[code] = last;
}

static bool
unpack(struct gif *gif, unsigned least)
{
	unsigned clear = 1u << least, end = clear + 1;
	unsigned next = end + 1, size = least + 1, former = CODES;

	for (unsigned i = 0; i < clear; i++) {
		gif->length[i] = 1;
		gif->first[i] = gif->last[i] = (uint8_t)i;
	}
	while (gif->n_pixels < (size_t)gif->fw * gif->fh) {
		unsigned code = take_code(gif, size);

		if (code == clear) {
			next = end + 1;
			size = least + 1;
			former = CODES;
			continue;
		}
		if (code == end || code == CODES || code > next || (code == next && former == CODES)
			|| (former == CODES && code > end))
			return false;
		if (former != CODES && next < CODES) {
			add_code(gif, next, former, gif->first[code == next ? former : code]);
			next++;
			if (next == 1u << size && size < 12)
				size++;
		} else if (code >= next) {
			return false;
		}
		put_string(gif, code);
		former = code;
	}
	return true;
}

/* Which row of what came is the y-th from the top. */
static uint32_t
row_of(const struct gif *gif, uint32_t y)
{
	uint32_t h = gif->fh;

	if (!gif->interlaced)
		return y;
	if (y % 8 == 0)
		return y / 8;
	if (y % 8 == 4)
		return (h + 7) / 8 + y / 8;
	if (y % 4 == 2)
		return (h + 7) / 8 + (h + 3) / 8 + y / 4;
	return (h + 7) / 8 + (h + 3) / 8 + (h + 1) / 4 + y / 2;
}

static void
draw(const struct gif *gif, struct canvas *canvas, uint8_t *line)
{
	for (uint32_t y = 0; y < gif->h; y++) {
		memset(line, 0xff, (size_t)gif->w * 3);
		for (uint32_t x = 0; y >= gif->top && y - gif->top < gif->fh && x < gif->fw
			&& x + gif->left < gif->w; x++) {
			size_t colour = gif->pixels[(size_t)row_of(gif, y - gif->top) * gif->fw + x];

			if (colour != gif->transparent && colour < gif->n_palette)
				memcpy(line + (size_t)(x + gif->left) * 3, gif->palette + colour * 3, 3);
		}
		canvas_row(canvas, line);
	}
}

static bool
decode(struct gif *gif, struct canvas *canvas)
{
	uint8_t *line = malloc((size_t)gif->w * 3);
	unsigned least = gif->at < gif->n ? gif->bytes[gif->at++] : 0;
	bool whole;

	gif->pixels = calloc(gif->fw, gif->fh);
	whole = line && gif->pixels && least >= 2 && least <= 8 && unpack(gif, least)
		&& canvas_open(canvas, gif->w, gif->h);
	if (whole)
		draw(gif, canvas, line);
	free(gif->pixels);
	free(line);
	return whole;
}

bool
gif_decode(const uint8_t *bytes, size_t n, struct canvas *canvas)
{
	struct gif *gif = calloc(1, sizeof(*gif));
	bool whole;

	*canvas = (struct canvas){ 0 };
	if (!gif)
		return false;
	gif->bytes = bytes;
	gif->n = n;
	gif->transparent = NO_COLOUR;
	whole = take_header(gif) && find_frame(gif) && decode(gif, canvas);
	free(gif);
	return whole;
}
