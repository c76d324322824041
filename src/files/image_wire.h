#pragma once
/*
 * image_wire - what the child says to the parent: one of these, then the JPEG.
 *
 * Both are one program on one machine, so numbers are as the machine has them.
 */
#include <stdint.h>

enum image_word { IMAGE_DONE = 1, IMAGE_UNKNOWN, IMAGE_DAMAGED, IMAGE_LARGE };

struct image_answer {
	uint32_t word; /* enum image_word */
	uint32_t w, h, n;
};
