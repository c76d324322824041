/*
 * png - by libpng: row by row, on white where it lets through.
 *
 * Only an interlaced one must be whole in memory; the limits of the child hold there.
 */
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "files/decode.h"

enum { TEXT_MOST = 1 << 20 };

struct input {
	const uint8_t *at;
	size_t n;
};

static void
take(png_structp png, png_bytep out, size_t n)
{
	struct input *input = png_get_io_ptr(png);

	if (n > input->n)
		png_error(png, "short");
	memcpy(out, input->at, n);
	input->at += n;
	input->n -= n;
}

_Noreturn static void
give_up(png_structp png, png_const_charp words)
{
	(void)words;
	png_longjmp(png, 1);
}

static void
be_silent(png_structp png, png_const_charp words)
{
	(void)png;
	(void)words;
}

/* Whatever it is: red, green, blue and how much it covers, a byte each. */
static int
set_up(png_structp png, png_infop info)
{
	int passes;

	png_set_expand(png);
	png_set_strip_16(png);
	png_set_gray_to_rgb(png);
	png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
	passes = png_set_interlace_handling(png);
	png_read_update_info(png, info);
	return passes;
}

static void
cover(struct canvas *canvas, uint8_t *row)
{
	for (size_t x = 0; x < canvas->from_w; x++) {
		unsigned alpha = row[4 * x + 3];

		for (size_t c = 0; c < 3; c++)
			row[3 * x + c] = (uint8_t)((row[4 * x + c] * alpha + 255 * (255 - alpha) + 127) / 255);
	}
	canvas_row(canvas, row);
}

static void
read_rows(png_structp png, struct canvas *canvas, uint8_t *rows, int passes)
{
	size_t stride = (size_t)canvas->from_w * 4;

	for (int pass = 1; pass < passes; pass++)
		for (uint32_t y = 0; y < canvas->from_h; y++)
			png_read_row(png, rows + stride * y, NULL);
	for (uint32_t y = 0; y < canvas->from_h; y++) {
		uint8_t *row = passes > 1 ? rows + stride * y : rows;

		png_read_row(png, row, NULL);
		cover(canvas, row);
	}
}

bool
png_decode(const uint8_t *bytes, size_t n, struct canvas *canvas)
{
	struct input input = { bytes, n };
	png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, be_silent);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	uint8_t *volatile rows = NULL;

	*canvas = (struct canvas){ 0 };
	if (info && !setjmp(png_jmpbuf(png))) {
		int passes;

		png_set_user_limits(png, 65535, 65535);
		png_set_chunk_malloc_max(png, TEXT_MOST);
		png_set_read_fn(png, &input, take);
		png_read_info(png, info);
		if (canvas_open(canvas, png_get_image_width(png, info),
			png_get_image_height(png, info))) {
			passes = set_up(png, info);
			rows = malloc((size_t)canvas->from_w * 4 * (passes > 1 ? canvas->from_h : 1));
			if (rows)
				read_rows(png, canvas, rows, passes);
		}
	}
	png_destroy_read_struct(&png, &info, NULL);
	free(rows);
	return canvas_whole(canvas);
}
