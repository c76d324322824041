#pragma once
/*
 * demo - made-up records: declared as sheets of text, planted like requests.
 *
 * A sheet is a small table one can read: a row is a line, cells stand between
 * bars, and the engine reads each by the type of its column, with all the rules
 * a request meets.  Days are counted from today ("-30"), or from the patient's
 * birth ("b+365"), so that the demo never grows old.  "@name" points at a row
 * that was given a name in a column "=".
 */
#include <jansson.h>
#include <stdint.h>

#include "base/moment.h"
#include "engine/work.h"

struct sheet {
	const char *table;
	const char *patient; /* name of the patient the rows belong to; NULL: none */
	const char *columns; /* "= medication_name dosage", separated by blanks */
	const char *const *rows; /* ends with NULL; an empty cell is left out */
};

struct panel_part {
	const char *name, *short_name, *loinc, *unit;
	double low, high; /* of the reference range; both 0: none */
};

struct panel {
	const char *key, *name, *loinc, *category;
	struct panel_part parts[16]; /* ends with a NULL name */
};

enum { NAMES_MAX = 1024, NAME_MAX_BYTES = 32 };

/* What is known while planting. */
struct plot {
	struct work *w;
	char today[DATE_SIZE];
	uint64_t seed;
	const char *birth;   /* of the patient in hand; NULL none */
	struct plot_name {
		char name[NAME_MAX_BYTES];
		int64_t id;
		char birth[DATE_SIZE];
	} names[NAMES_MAX];
	size_t n_names;
};

/* A row of a table from a JSON object; members that no request may send are set
 * as they are.  What is refused is said on stderr. */
MUST_CHECK enum result plot_put(struct plot *plot, const char *table, json_t *object, int64_t *id);
MUST_CHECK enum result plot_sheet(struct plot *plot, const struct sheet *sheet);
/* Names a row; birth may be NULL. */
void plot_name(struct plot *plot, const char *name, int64_t id, const char *birth);
/* The id of a named row; 0 (said on stderr) when there is none. */
int64_t plot_find(struct plot *plot, const char *name);
/* The day "-30", "b+365" or "2024-02-29" stands for; in the work's arena. */
const char *plot_day(struct plot *plot, const char *cell);

/* The same numbers in every demo: uniform in 0..below-1. */
uint32_t plot_random(struct plot *plot, uint32_t below);
/* Uniform in -spread..spread. */
double plot_noise(struct plot *plot, double spread);

/* Height (inches) and weight (pounds) of an average child; months 0..216. */
void growth_at(bool girl, double months, double *height, double *weight);

extern const struct panel demo_panels[]; /* ends with a NULL key */
const struct panel *panel_find(const char *key);

/* The sheets of the family; ends with NULL. */
extern const struct sheet *const demo_family_sheets[];
/* Their visits, procedures, treatments and adult vaccinations; ends with NULL. */
extern const struct sheet *const demo_visit_sheets[];

/* Measurements, laboratory values, childhood vaccinations and checkups. */
MUST_CHECK enum result demo_plant_series(struct plot *plot);
/* Everything of one store, inside a write; the argument is the plot. */
enum result demo_plant_family(struct work *w, void *plot);
enum result demo_plant_clinic(struct work *w, void *plot);
