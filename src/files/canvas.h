#pragma once
/*
 * canvas - a picture made small while its rows come in.
 *
 * Rows of any number are averaged into a picture that fits PICTURE_SIDE x PICTURE_SIDE
 * (never larger than it came), so that the whole of a large one is in memory nowhere.
 * Owned by who opens it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PICTURE_SIDE = 1000, PICTURE_PIXELS = 50 * 1000 * 1000 };

struct canvas {
	uint32_t from_w, from_h; /* as it comes */
	uint32_t w, h;           /* as it becomes */
	uint8_t *rgb;            /* w * h * 3 */
	uint32_t *line;          /* one row of the picture that comes, made narrow */
	uint64_t *sum;           /* what has come of the row that is made */
	uint32_t rows;           /* that have come */
};

/* False, with nothing to close, when there are no pixels or too many. */
bool canvas_fits(uint32_t w, uint32_t h);
bool canvas_open(struct canvas *canvas, uint32_t w, uint32_t h);
void canvas_close(struct canvas *canvas);
/* The next row, from_w pixels of red, green, blue; more than from_h are not taken. */
void canvas_row(struct canvas *canvas, const uint8_t *rgb);
/* Whether all rows have come. */
bool canvas_whole(const struct canvas *canvas);
/* Turns it upright, by the orientation of EXIF: 3, 6 and 8; others stay. */
void canvas_turn(struct canvas *canvas, int orientation);
