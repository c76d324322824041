/*
 * pictures - making small by area, turning upright, and the readers that are ours.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/result.h"
#include "files/canvas.h"
#include "files/decode.h"
#include "files/exif.h"

/* A picture of w x h whose left half is black and whose right half is white. */
static void
paint_halves(struct canvas *canvas, uint32_t w, uint32_t h)
{
	uint8_t *row = calloc(w, 3);

	assert_non_null(row);
	memset(row + w / 2 * (size_t)3, 255, (w - w / 2) * (size_t)3);
	assert_true(canvas_open(canvas, w, h));
	for (uint32_t y = 0; y < h; y++)
		canvas_row(canvas, row);
	free(row);
}

static void
a_large_picture_fits_and_keeps_its_halves(void **state)
{
	struct canvas canvas = { 0 };

	(void)state;
	paint_halves(&canvas, 3000, 1500);
	assert_true(canvas_whole(&canvas));
	assert_int_equal(canvas.w, 1000);
	assert_int_equal(canvas.h, 500);
	assert_int_equal(canvas.rgb[0], 0);
	assert_int_equal(canvas.rgb[999 * 3], 255);
	assert_int_equal(canvas.rgb[(499 * 1000 + 499) * 3], 0);
	assert_int_equal(canvas.rgb[(499 * 1000 + 500) * 3], 255);
	canvas_close(&canvas);
}

static void
a_small_picture_stays_as_it_is(void **state)
{
	struct canvas canvas = { 0 };

	(void)state;
	paint_halves(&canvas, 4, 3);
	assert_int_equal(canvas.w, 4);
	assert_int_equal(canvas.h, 3);
	assert_int_equal(canvas.rgb[1 * 3], 0);
	assert_int_equal(canvas.rgb[2 * 3], 255);
	canvas_close(&canvas);
}

static void
a_picture_is_not_whole_before_its_last_row(void **state)
{
	const uint8_t row[6] = { 0 };
	struct canvas canvas = { 0 };

	(void)state;
	assert_true(canvas_open(&canvas, 2, 2));
	canvas_row(&canvas, row);
	assert_false(canvas_whole(&canvas));
	canvas_row(&canvas, row);
	canvas_row(&canvas, row); /* one too many */
	assert_true(canvas_whole(&canvas));
	canvas_close(&canvas);
}

static void
sizes_have_a_bound(void **state)
{
	(void)state;
	assert_false(canvas_fits(0, 1));
	assert_false(canvas_fits(1, 0));
	assert_false(canvas_fits(50000, 50000));
	assert_false(canvas_fits(UINT32_MAX, UINT32_MAX));
	assert_true(canvas_fits(8000, 6000));
}

static void
a_picture_is_turned_upright(void **state)
{
	/* Where the right half, white, is afterwards: 3 left, 6 below, 8 above. */
	static const struct {
		int orientation;
		uint32_t w, h;
		size_t white;
	} turns[] = { { 1, 4, 2, 3 }, { 3, 4, 2, 0 }, { 6, 2, 4, 6 }, { 8, 2, 4, 0 } };

	(void)state;
	for (size_t i = 0; i < COUNT(turns); i++) {
		struct canvas canvas = { 0 };

		paint_halves(&canvas, 4, 2);
		canvas_turn(&canvas, turns[i].orientation);
		assert_int_equal(canvas.w, turns[i].w);
		assert_int_equal(canvas.h, turns[i].h);
		assert_int_equal(canvas.rgb[turns[i].white * 3], 255);
		canvas_close(&canvas);
	}
}

/* SOI and an APP1 with one entry, big-endian; its value comes last but six. */
static const uint8_t held[] = { 0xff, 0xd8, 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42,
	0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0xff, 0xd9 };

static void
a_camera_says_which_side_is_up(void **state)
{
	uint8_t nonsense[sizeof(held)];

	(void)state;
	assert_int_equal(exif_orientation(held, sizeof(held)), 6);
	memcpy(nonsense, held, sizeof(held));
	nonsense[31] = 99;
	assert_int_equal(exif_orientation(nonsense, sizeof(nonsense)), 1);
	assert_int_equal(exif_orientation((const uint8_t *)"\xff\xd8\xff\xd9", 4), 1);
}

static void
half_a_file_is_read_by_nobody(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(held) - 12; n++) {
		uint8_t *part = malloc(n + 1);

		assert_non_null(part);
		memcpy(part, held, n);
		assert_in_range(exif_orientation(part, n), 1, 8);
		free(part);
	}
}

/* Two points, red and blue, of 24 bits; a row is padded to four bytes. */
static const uint8_t points[] = { 'B', 'M', 62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0,
	1, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 255, 255, 0, 0, 0, 0 };

static void
a_bitmap_is_read_and_half_of_one_is_not(void **state)
{
	static const uint8_t want[] = { 255, 0, 0, 0, 0, 255 };
	struct canvas canvas = { 0 };

	(void)state;
	assert_true(bmp_decode(points, sizeof(points), &canvas));
	assert_int_equal(canvas.w, 2);
	assert_memory_equal(canvas.rgb, want, sizeof(want));
	canvas_close(&canvas);
	for (size_t n = 0; n < sizeof(points) - 2; n++) {
		uint8_t *part = malloc(n + 1);
		struct canvas none = { 0 };

		assert_non_null(part);
		memcpy(part, points, n);
		assert_false(bmp_decode(part, n, &none));
		canvas_close(&none);
		free(part);
	}
}

/* The same two with the short header of OS/2. */
static void
a_bitmap_with_the_old_header_has_its_colours(void **state)
{
	static const uint8_t old[] = { 'B', 'M', 34, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0, 2, 0,
		1, 0, 1, 0, 24, 0, 0, 0, 255, 255, 0, 0, 0, 0 };
	static const uint8_t want[] = { 255, 0, 0, 0, 0, 255 };
	struct canvas canvas = { 0 };

	(void)state;
	assert_true(bmp_decode(old, sizeof(old), &canvas));
	assert_memory_equal(canvas.rgb, want, sizeof(want));
	canvas_close(&canvas);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_large_picture_fits_and_keeps_its_halves),
		cmocka_unit_test(a_small_picture_stays_as_it_is),
		cmocka_unit_test(a_picture_is_not_whole_before_its_last_row),
		cmocka_unit_test(sizes_have_a_bound),
		cmocka_unit_test(a_picture_is_turned_upright),
		cmocka_unit_test(a_camera_says_which_side_is_up),
		cmocka_unit_test(half_a_file_is_read_by_nobody),
		cmocka_unit_test(a_bitmap_is_read_and_half_of_one_is_not),
		cmocka_unit_test(a_bitmap_with_the_old_header_has_its_colours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
