#pragma once
/*
 * exif - which way up a photo was taken (Exif 2.32, 4.6.4 A; tag 274 of the first IFD).
 */
#include <stddef.h>
#include <stdint.h>

/* 1 to 8 of the JPEG in n bytes; 1 when it does not say, or is none. */
int exif_orientation(const uint8_t *bytes, size_t n);
