#pragma once
/*
 * decode - from the bytes of a file to a canvas; only inside the image's child.
 *
 * jpeg and png are the libraries'; gif (the first frame) and bmp are ours.  False: the
 * bytes are damaged, or of a kind nobody makes; *canvas is to be closed either way.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "files/canvas.h"

bool bmp_decode(const uint8_t *bytes, size_t n, struct canvas *canvas);
bool gif_decode(const uint8_t *bytes, size_t n, struct canvas *canvas);
bool jpeg_decode(const uint8_t *bytes, size_t n, struct canvas *canvas);
bool png_decode(const uint8_t *bytes, size_t n, struct canvas *canvas);

/* The canvas as a JPEG; NULL when there is no memory.  For free(). */
uint8_t *jpeg_encode(const struct canvas *canvas, int quality, size_t *n);
