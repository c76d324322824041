/*
 * jpeg - by libjpeg-turbo: a large photo is made small while it is decoded.
 *
 * An error of the library comes back by longjmp to where it was called; nothing of ours
 * but what stands in the struct is alive across it.
 */
#include <stdio.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>

#include "files/decode.h"

struct trouble {
	struct jpeg_error_mgr manager; /* first: the library knows no more */
	jmp_buf back;
};

_Noreturn static void
give_up(j_common_ptr library)
{
	longjmp(((struct trouble *)library->err)->back, 1);
}

static void
be_silent(j_common_ptr library)
{
	(void)library;
}

static struct jpeg_error_mgr *
prepare(struct trouble *trouble)
{
	jpeg_std_error(&trouble->manager);
	trouble->manager.error_exit = give_up;
	trouble->manager.output_message = be_silent;
	return &trouble->manager;
}

/* Four inks to three colours; files have them inverted, as Photoshop began it. */
static void
mix(const uint8_t *inks, uint8_t *rgb, uint32_t w)
{
	for (uint32_t x = 0; x < w; x++)
		for (size_t c = 0; c < 3; c++)
			rgb[3 * (size_t)x + c] = (uint8_t)(inks[4 * (size_t)x + c] * inks[4 * (size_t)x + 3] / 255);
}

static void
read_rows(struct jpeg_decompress_struct *in, struct canvas *canvas, uint8_t *row, uint8_t *rgb)
{
	while (in->output_scanline < in->output_height) {
		JSAMPROW rows[1] = { row };

		jpeg_read_scanlines(in, rows, 1);
		if (rgb != row)
			mix(row, rgb, in->output_width);
		canvas_row(canvas, rgb);
	}
}

/* As little as is still enough for the canvas. */
static void
choose_size(struct jpeg_decompress_struct *in)
{
	uint32_t longer = in->image_width > in->image_height ? in->image_width : in->image_height;

	in->scale_num = 1;
	in->scale_denom = 1;
	while (in->scale_denom < 8 && longer / (2 * in->scale_denom) >= PICTURE_SIDE)
		in->scale_denom *= 2;
	in->out_color_space = in->num_components == 4 ? JCS_CMYK : JCS_RGB;
}

bool
jpeg_decode(const uint8_t *bytes, size_t n, struct canvas *canvas)
{
	struct jpeg_decompress_struct in = { 0 };
	struct trouble trouble;
	uint8_t *volatile row = NULL;

	*canvas = (struct canvas){ 0 };
	in.err = prepare(&trouble);
	if (setjmp(trouble.back)) {
		jpeg_destroy_decompress(&in);
		free(row);
		return false;
	}
	jpeg_create_decompress(&in);
	jpeg_mem_src(&in, bytes, n);
	jpeg_read_header(&in, TRUE);
	if (canvas_fits(in.image_width, in.image_height)) {
		choose_size(&in);
		jpeg_start_decompress(&in);
		row = malloc((size_t)in.output_width * 7);
		if (row && canvas_open(canvas, in.output_width, in.output_height))
			read_rows(&in, canvas, row,
				in.num_components == 4 ? row + (size_t)in.output_width * 4 : row);
	}
	jpeg_destroy_decompress(&in);
	free(row);
	return canvas_whole(canvas);
}

uint8_t *
jpeg_encode(const struct canvas *canvas, int quality, size_t *n)
{
	struct jpeg_compress_struct out = { 0 };
	struct trouble trouble;
	unsigned char *volatile done = NULL;
	unsigned char *bytes = NULL;
	unsigned long size = 0;

	out.err = prepare(&trouble);
	if (setjmp(trouble.back) == 0) {
		jpeg_create_compress(&out);
		jpeg_mem_dest(&out, &bytes, &size);
		out.image_width = canvas->w;
		out.image_height = canvas->h;
		out.input_components = 3;
		out.in_color_space = JCS_RGB;
		jpeg_set_defaults(&out);
		jpeg_set_quality(&out, quality, TRUE);
		out.optimize_coding = TRUE;
		jpeg_start_compress(&out, TRUE);
		while (out.next_scanline < out.image_height) {
			JSAMPROW rows[1] = { canvas->rgb + (size_t)out.next_scanline * canvas->w * 3 };

			jpeg_write_scanlines(&out, rows, 1);
		}
		jpeg_finish_compress(&out);
		done = bytes;
		*n = size;
	}
	jpeg_destroy_compress(&out);
	return done;
}
