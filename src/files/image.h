#pragma once
/*
 * image - a picture from anywhere, made into one that is safe to keep and to show.
 *
 * The bytes are read by a child, our own program in a sandbox, never here: it gets them
 * through a socket, decodes JPEG, PNG, GIF or BMP, turns the picture upright, fits it
 * into 1000 x 1000 and answers with a JPEG in which nothing of the old file is left.  It
 * has eight seconds of computing and ten of waiting.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/result.h"

/* The word that makes our program the child; main.c looks for it. */
#define IMAGE_CHILD "--image-child"

enum { IMAGE_MOST = 15 << 20, PICTURE_MOST = 4 << 20 };

struct picture {
	const char *jpeg;  /* in the arena */
	size_t n;
	uint32_t w, h;
	const char *reason; /* of INVALID, for a person: "it is damaged" */
};

/* INVALID with a reason: it is none, or too large.  CONFLICT: another is being read.
 * Blocks: the SLOW lane. */
MUST_CHECK enum result image_read(struct arena *arena, const void *bytes, size_t n,
	struct picture *out);
/* The child's whole life: reads standard input, answers on standard output. */
int image_child(void);
/* Another program than the one that runs; tests. */
void image_program(const char *path);
