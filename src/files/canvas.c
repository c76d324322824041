/*
 * canvas - every pixel counts by the part of the small pixel it covers.
 *
 * In whole numbers: a row that comes is as wide as from_w * w parts, of which each of its
 * pixels has w and each of the row that is made has from_w; down likewise.  So nothing
 * is rounded before the last division.
 */
#include "files/canvas.h"

#include <stdlib.h>
#include <string.h>


bool
canvas_fits(uint32_t w, uint32_t h)
{
	return w > 0 && h > 0 && (uint64_t)w * h <= PICTURE_PIXELS && w <= 65535 && h <= 65535;
}

static void
shrink(struct canvas *canvas)
{
	uint32_t longer = canvas->from_w > canvas->from_h ? canvas->from_w : canvas->from_h;

	canvas->w = canvas->from_w;
	canvas->h = canvas->from_h;
	if (longer <= PICTURE_SIDE)
		return;
	canvas->w = (canvas->from_w * (uint32_t)PICTURE_SIDE + longer / 2) / longer;
	canvas->h = (canvas->from_h * (uint32_t)PICTURE_SIDE + longer / 2) / longer;
	canvas->w += canvas->w == 0;
	canvas->h += canvas->h == 0;
}

static void *
memory(size_t n, size_t size)
{
	void *at = calloc(n, size);

	if (!at)
		abort();
	return at;
}

bool
canvas_open(struct canvas *canvas, uint32_t w, uint32_t h)
{
	*canvas = (struct canvas){ .from_w = w, .from_h = h };
	if (!canvas_fits(w, h))
		return false;
	shrink(canvas);
	canvas->rgb = memory((size_t)canvas->w * canvas->h, 3);
	canvas->line = memory((size_t)canvas->w * 3, sizeof(*canvas->line));
	canvas->sum = memory((size_t)canvas->w * 3, sizeof(*canvas->sum));
	return true;
}

void
canvas_close(struct canvas *canvas)
{
	free(canvas->rgb);
	free(canvas->line);
	free(canvas->sum);
	*canvas = (struct canvas){ 0 };
}

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* The row into canvas->line, each place the sum of what covers it. */
static void
narrow(struct canvas *canvas, const uint8_t *rgb)
{
	uint32_t *at = canvas->line;
	uint32_t room = canvas->from_w;

	memset(canvas->line, 0, (size_t)canvas->w * 3 * sizeof(*canvas->line));
	for (uint32_t x = 0; x < canvas->from_w; x++, rgb += 3) {
		uint32_t left = canvas->w;

		while (left) {
			uint32_t part = least(left, room);

			at[0] += part * rgb[0];
			at[1] += part * rgb[1];
			at[2] += part * rgb[2];
			left -= part;
			room -= part;
			if (room == 0) {
				at += 3;
				room = canvas->from_w;
			}
		}
	}
}

static void
finish_row(struct canvas *canvas, uint32_t y)
{
	uint64_t whole = (uint64_t)canvas->from_w * canvas->from_h;
	uint8_t *out = canvas->rgb + (size_t)y * canvas->w * 3;

	for (size_t i = 0; i < (size_t)canvas->w * 3; i++) {
		out[i] = (uint8_t)((canvas->sum[i] + whole / 2) / whole);
		canvas->sum[i] = 0;
	}
}

void
canvas_row(struct canvas *canvas, const uint8_t *rgb)
{
	uint64_t at = (uint64_t)canvas->rows * canvas->h;
	uint32_t left = canvas->h;

	if (canvas->rows == canvas->from_h)
		return;
	canvas->rows++;
	narrow(canvas, rgb);
	while (left) {
		uint32_t y = (uint32_t)(at / canvas->from_h);
		uint32_t room = (uint32_t)((uint64_t)(y + 1) * canvas->from_h - at);
		uint32_t part = least(left, room);

		for (size_t i = 0; i < (size_t)canvas->w * 3; i++)
			canvas->sum[i] += (uint64_t)canvas->line[i] * part;
		at += part;
		left -= part;
		if (part == room)
			finish_row(canvas, y);
	}
}

bool
canvas_whole(const struct canvas *canvas)
{
	return canvas->rgb && canvas->rows == canvas->from_h;
}

/* Where the pixel x, y of the picture turned comes from. */
static size_t
place(const struct canvas *canvas, int orientation, uint32_t x, uint32_t y)
{
	uint32_t w = canvas->w, h = canvas->h;

	if (orientation == 3)
		return (size_t)(h - 1 - y) * w + (w - 1 - x);
	if (orientation == 6)
		return (size_t)(h - 1 - x) * w + y;
	return (size_t)x * w + (w - 1 - y);
}

void
canvas_turn(struct canvas *canvas, int orientation)
{
	bool lying = orientation == 6 || orientation == 8;
	uint32_t w = lying ? canvas->h : canvas->w;
	uint32_t h = lying ? canvas->w : canvas->h;
	uint8_t *turned;

	if (orientation != 3 && !lying)
		return;
	turned = memory((size_t)w * h, 3);
	for (uint32_t y = 0; y < h; y++)
		for (uint32_t x = 0; x < w; x++)
			memcpy(turned + ((size_t)y * w + x) * 3,
				canvas->rgb + place(canvas, orientation, x, y) * 3, 3);
	free(canvas->rgb);
	canvas->rgb = turned;
	canvas->w = w;
	canvas->h = h;
}
