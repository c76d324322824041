/*
 * demo_series - what repeats: measurements, laboratory values, childhood
 * vaccinations and well-child visits of the Bergs.
 *
 * Trends are given by their ends and a spread; the noise is the same in every
 * demo.  Vaccinations follow the CDC's schedule by age in days.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/demo.h"

/* clang-format off */
struct shot {
	int age; /* days */
	const char *name, *trade, *maker;
	int dose;
	const char *site, *route;
};

static const struct shot shots[] = {
	{ 0,    "Hepatitis B", "Engerix-B", "GSK", 1, "left thigh", "intramuscular" },
	{ 33,   "Hepatitis B", "Engerix-B", "GSK", 2, "right thigh", "intramuscular" },
	{ 61,   "Rotavirus", "Rotarix", "GSK", 1, "mouth", "oral" },
	{ 61,   "DTaP", "Infanrix", "GSK", 1, "left thigh", "intramuscular" },
	{ 61,   "Hib", "ActHIB", "Sanofi", 1, "right thigh", "intramuscular" },
	{ 61,   "Pneumococcal conjugate (PCV)", "Prevnar", "Pfizer", 1, "right thigh", "intramuscular" },
	{ 61,   "Polio (IPV)", "IPOL", "Sanofi", 1, "left thigh", "intramuscular" },
	{ 122,  "Rotavirus", "Rotarix", "GSK", 2, "mouth", "oral" },
	{ 122,  "DTaP", "Infanrix", "GSK", 2, "left thigh", "intramuscular" },
	{ 122,  "Hib", "ActHIB", "Sanofi", 2, "right thigh", "intramuscular" },
	{ 122,  "Pneumococcal conjugate (PCV)", "Prevnar", "Pfizer", 2, "right thigh", "intramuscular" },
	{ 122,  "Polio (IPV)", "IPOL", "Sanofi", 2, "left thigh", "intramuscular" },
	{ 184,  "Hepatitis B", "Engerix-B", "GSK", 3, "left thigh", "intramuscular" },
	{ 184,  "DTaP", "Infanrix", "GSK", 3, "left thigh", "intramuscular" },
	{ 184,  "Hib", "ActHIB", "Sanofi", 3, "right thigh", "intramuscular" },
	{ 184,  "Pneumococcal conjugate (PCV)", "Prevnar", "Pfizer", 3, "right thigh", "intramuscular" },
	{ 184,  "Polio (IPV)", "IPOL", "Sanofi", 3, "left thigh", "intramuscular" },
	{ 368,  "Hib", "ActHIB", "Sanofi", 4, "right thigh", "intramuscular" },
	{ 368,  "Pneumococcal conjugate (PCV)", "Prevnar", "Pfizer", 4, "right thigh", "intramuscular" },
	{ 368,  "MMR", "M-M-R II", "Merck", 1, "left arm", "subcutaneous" },
	{ 368,  "Varicella", "Varivax", "Merck", 1, "right arm", "subcutaneous" },
	{ 368,  "Hepatitis A", "Havrix", "GSK", 1, "left thigh", "intramuscular" },
	{ 460,  "DTaP", "Infanrix", "GSK", 4, "left thigh", "intramuscular" },
	{ 552,  "Hepatitis A", "Havrix", "GSK", 2, "left thigh", "intramuscular" },
	{ 1465, "DTaP", "Infanrix", "GSK", 5, "left deltoid", "intramuscular" },
	{ 1465, "Polio (IPV)", "IPOL", "Sanofi", 4, "right deltoid", "intramuscular" },
	{ 1465, "MMR", "M-M-R II", "Merck", 2, "left arm", "subcutaneous" },
	{ 1465, "Varicella", "Varivax", "Merck", 2, "right arm", "subcutaneous" },
};

static const struct lab {
	const char *patient;
	int day;
	const char *panel, *who, *note;
	double values[9];
} results[] = {
	{ "marcus", -1043, "a1c",   "grant", "First sign of diabetes", { 8.9 } },
	{ "marcus", -1043, "bmp",   "grant", NULL, { 139, 4.3, 102, 25, 14, 0.94, 98, 186, 9.4 } },
	{ "marcus", -1043, "lipid", "grant", NULL, { 238, 246, 37, 152 } },
	{ "marcus", -1043, "cbc",   "grant", NULL, { 7.1, 5.1, 15.2, 45.1, 88, 241 } },
	{ "marcus", -1043, "tsh",   "grant", NULL, { 2.1, 1.2 } },
	{ "marcus", -1035, "uacr",  "osei",  NULL, { 14 } },
	{ "marcus", -952,  "a1c",   "osei",  NULL, { 8.1 } },
	{ "marcus", -862,  "a1c",   "osei",  NULL, { 7.7 } },
	{ "marcus", -862,  "bmp",   "grant", NULL, { 140, 4.5, 103, 25, 15, 0.97, 95, 151, 9.5 } },
	{ "marcus", -762,  "lipid", "grant", "On atorvastatin 20 mg", { 176, 171, 39, 104 } },
	{ "marcus", -682,  "a1c",   "osei",  NULL, { 7.6 } },
	{ "marcus", -590,  "a1c",   "osei",  NULL, { 7.3 } },
	{ "marcus", -580,  "lipid", "grant", "On atorvastatin 40 mg", { 149, 142, 42, 79 } },
	{ "marcus", -502,  "a1c",   "osei",  NULL, { 7.1 } },
	{ "marcus", -502,  "uacr",  "osei",  NULL, { 11 } },
	{ "marcus", -502,  "bmp",   "osei",  NULL, { 140, 4.4, 103, 25, 15, 0.98, 94, 128, 9.4 } },
	{ "marcus", -322,  "a1c",   "osei",  NULL, { 6.8 } },
	{ "marcus", -142,  "lipid", "grant", NULL, { 138, 118, 44, 70 } },
	{ "marcus", -142,  "bmp",   "grant", NULL, { 140, 4.5, 103, 26, 16, 0.99, 92, 114, 9.5 } },
	{ "marcus", -142,  "uacr",  "grant", NULL, { 9 } },
	{ "marcus", -27,   "a1c",   "osei",  NULL, { 6.6 } },
	{ "elena",  -1008, "tsh",   "osei",  "8 weeks pregnant: dose raised", { 4.9, 1.0 } },
	{ "elena",  -1008, "cbc",   "moreau", NULL, { 8.2, 4.4, 12.9, 38.6, 88, 251 } },
	{ "elena",  -950,  "tsh",   "osei",  NULL, { 2.2, 1.1 } },
	{ "elena",  -899,  "ogtt",  "moreau", "24 weeks: normal", { 82, 141, 118 } },
	{ "elena",  -881,  "cbc",   "moreau", "27 weeks", { 9.8, 3.8, 10.4, 31.9, 81, 232 } },
	{ "elena",  -881,  "iron",  "moreau", NULL, { 9, 12 } },
	{ "elena",  -820,  "cbc",   "moreau", "On iron", { 10.1, 4.1, 11.6, 35.2, 84, 224 } },
	{ "elena",  -744,  "cbc",   "moreau", "Six weeks after birth", { 7.0, 4.4, 12.8, 38.4, 87, 262 } },
	{ "elena",  -744,  "iron",  "moreau", NULL, { 38, 26 } },
	{ "elena",  -706,  "tsh",   "osei",  NULL, { 2.6, 1.2 } },
	{ "elena",  -558,  "tsh",   "grant", NULL, { 2.9, 1.1 } },
	{ "elena",  -198,  "tsh",   "grant", NULL, { 2.4, 1.2 } },
	{ "elena",  -198,  "lipid", "grant", NULL, { 182, 88, 61, 103 } },
	{ "lily",   -1002, "ige",   "rossi", NULL, { 41.2 } },
	{ "lily",   -217,  "ige",   "rossi", NULL, { 38.5 } },
	{ "lily",   -640,  "hgb",   "lind",  NULL, { 12.9 } },
	{ "noah",   -424,  "hgb",   "lind",  "One year", { 11.8 } },
	{ "noah",   -424,  "lead",  "lind",  "One year", { 1.1 } },
	{ "noah",   -58,   "lead",  "lind",  "Two years", { 1.0 } },
	{ "ruth",   -1082, "bmp",   "grant", NULL, { 139, 4.6, 102, 26, 22, 1.06, 54, 96, 9.3 } },
	{ "ruth",   -1082, "lipid", "grant", NULL, { 168, 112, 58, 88 } },
	{ "ruth",   -1082, "vitd",  "grant", NULL, { 24 } },
	{ "ruth",   -930,  "bmp",   "park",  "Emergency room", { 138, 4.2, 101, 24, 24, 1.12, 50, 118, 9.2 } },
	{ "ruth",   -930,  "cbc",   "park",  "Emergency room", { 8.6, 4.3, 13.1, 39.4, 91, 214 } },
	{ "ruth",   -930,  "tsh",   "park",  "Cause of the fibrillation?", { 1.8, 1.2 } },
	{ "ruth",   -702,  "bmp",   "grant", NULL, { 140, 4.7, 103, 26, 21, 1.08, 52, 94, 9.4 } },
	{ "ruth",   -702,  "vitd",  "grant", NULL, { 36 } },
	{ "ruth",   -702,  "uacr",  "grant", NULL, { 24 } },
	{ "ruth",   -520,  "bmp",   "park",  NULL, { 140, 4.6, 103, 25, 22, 1.09, 51, 97, 9.3 } },
	{ "ruth",   -337,  "bmp",   "grant", NULL, { 139, 4.8, 103, 25, 23, 1.10, 51, 95, 9.4 } },
	{ "ruth",   -337,  "cbc",   "grant", NULL, { 6.4, 4.2, 12.8, 38.7, 92, 208 } },
	{ "ruth",   -337,  "lipid", "grant", NULL, { 161, 104, 60, 80 } },
	{ "ruth",   -212,  "bmp",   "park",  NULL, { 140, 4.7, 102, 26, 22, 1.10, 50, 98, 9.4 } },
	{ "ruth",   -42,   "bmp",   "grant", NULL, { 140, 4.7, 103, 26, 23, 1.11, 50, 96, 9.4 } },
	{ "ruth",   -42,   "cbc",   "grant", NULL, { 6.2, 4.2, 12.6, 38.1, 92, 211 } },
};

/* A straight line from one end to the other; 0 at both ends: not measured. */
struct line {
	double from, to, spread;
};

static const struct series {
	const char *patient;
	int first, last, every; /* days */
	const char *where, *device;
	double height;
	struct line systolic, diastolic, pulse, weight, glucose, saturation;
} series[] = {
	{ "marcus", -1045, -866, 10, "home", "Upper arm cuff", 70,
		{ 154, 143, 5 }, { 97, 91, 4 }, { 82, 78, 5 }, { 228, 221, 1.2 }, { 182, 150, 14 }, { 0 } },
	{ "marcus", -856, -2, 14, "home", "Upper arm cuff", 70,
		{ 136, 126, 5 }, { 87, 79, 4 }, { 77, 71, 5 }, { 220, 209, 1.2 }, { 146, 112, 10 }, { 0 } },
	{ "elena", -1010, -797, 28, "clinic", NULL, 65,
		{ 112, 118, 4 }, { 68, 74, 4 }, { 74, 86, 4 }, { 142, 171, 0.8 }, { 0 }, { 0 } },
	{ "elena", -748, -196, 184, "clinic", NULL, 65,
		{ 114, 116, 4 }, { 71, 73, 3 }, { 70, 68, 4 }, { 157, 148, 0.5 }, { 0 }, { 0 } },
	{ "ruth", -1080, -940, 35, "home", "Upper arm cuff", 62.5,
		{ 141, 139, 6 }, { 78, 76, 4 }, { 76, 78, 5 }, { 146, 145, 0.8 }, { 0 }, { 97, 97, 1 } },
	{ "ruth", -922, -4, 21, "home", "Upper arm cuff", 62.5,
		{ 136, 131, 6 }, { 77, 72, 4 }, { 74, 66, 6 }, { 145, 141, 0.8 }, { 0 }, { 97, 97, 1 } },
	{ "lily", -1000, -60, 188, "clinic", NULL, 0,
		{ 96, 101, 3 }, { 58, 62, 3 }, { 92, 86, 4 }, { 0 }, { 0 }, { 98, 99, 0.6 } },
};

static const struct checkup {
	const char *patient;
	int age; /* days */
	const char *name, *found;
} checkups[] = {
	{ "noah", 32,  "Well-child visit, 1 month", "Gains well, smiles" },
	{ "noah", 61,  "Well-child visit, 2 months", "Lifts the head" },
	{ "noah", 122, "Well-child visit, 4 months", "Rolls over" },
	{ "noah", 184, "Well-child visit, 6 months", "Sits with help; solid food started" },
	{ "noah", 275, "Well-child visit, 9 months", "Crawls, says mama" },
	{ "noah", 368, "Well-child visit, 1 year", "First steps" },
	{ "noah", 460, "Well-child visit, 15 months", "Walks" },
	{ "noah", 552, "Well-child visit, 18 months", "Ten words; autism screening normal" },
	{ "noah", 735, "Well-child visit, 2 years", "Two-word sentences, runs" },
	{ "lily", 2560, "Well-child visit, 7 years", "Growing on her line; reads" },
	{ "lily", 2925, "Well-child visit, 8 years", "Growing on her line; new glasses not needed" },
	{ "lily", 3290, "Well-child visit, 9 years", "Growing on her line; swims twice a week" },
};
/* clang-format on */

static void
choose(struct plot *plot, const char *patient)
{
	for (size_t i = 0; i < plot->n_names; i++)
		if (strcmp(plot->names[i].name, patient) == 0)
			plot->birth = plot->names[i].birth;
}

static double
tenth(double x)
{
	return round(x * 10) / 10;
}

/* The line's value at part 0..1, with its noise; NaN when it is not measured. */
static double
along(struct plot *plot, const struct line *line, double part)
{
	if (line->from <= 0)
		return NAN;
	return line->from + part * (line->to - line->from) + plot_noise(plot, line->spread);
}

static void
add_whole(json_t *object, const char *key, double value)
{
	if (!isnan(value))
		json_object_set_new(object, key, json_integer((json_int_t)round(value)));
}

static void
add_number(json_t *object, const char *key, double value)
{
	if (!isnan(value))
		json_object_set_new(object, key, json_real(tenth(value)));
}

static double
months_old(const struct plot *plot, const char *day)
{
	return (double)(date_number(day) - date_number(plot->birth)) / 30.44;
}

static enum result
plant_reading(struct plot *plot, const struct series *s, int day)
{
	double part = s->last == s->first
		? 0 : (double)(day - s->first) / (double)(s->last - s->first);
	const char *date = plot_day(plot, arena_printf(plot->w->arena, "%+d", day));
	double height = s->height;
	double weight = along(plot, &s->weight, part);
	json_t *object;
	int64_t id;

	if (height <= 0)
		growth_at(true, months_old(plot, date), &height, &weight);
	object = json_pack("{s:I, s:s, s:s}", "patient_id",
		(json_int_t)plot_find(plot, s->patient), "recorded_date",
		arena_printf(plot->w->arena, "%sT%02u:%02u:00", date, 7 + plot_random(plot, 3),
			5 * plot_random(plot, 12)),
		"location", s->where);
	if (s->device)
		json_object_set_new(object, "device_used", json_string(s->device));
	add_whole(object, "systolic_bp", along(plot, &s->systolic, part));
	add_whole(object, "diastolic_bp", along(plot, &s->diastolic, part));
	add_whole(object, "heart_rate", along(plot, &s->pulse, part));
	add_number(object, "weight", weight);
	add_number(object, "height", height);
	add_whole(object, "blood_glucose", along(plot, &s->glucose, part));
	add_whole(object, "oxygen_saturation", along(plot, &s->saturation, part));
	return plot_put(plot, "vitals", object, &id);
}

static enum result
plant_series(struct plot *plot)
{
	enum result r = OK;

	for (size_t i = 0; !r && i < COUNT(series); i++) {
		choose(plot, series[i].patient);
		for (int day = series[i].first; !r && day <= series[i].last;
			day += series[i].every)
			r = plant_reading(plot, &series[i], day);
	}
	return r;
}

/* Heart and breath slow down as a child grows. */
static enum result
plant_checkup_vitals(struct plot *plot, const struct checkup *c, const char *date)
{
	double months = (double)c->age / 30.44;
	double height;
	double weight;
	json_t *object;
	int64_t id;

	growth_at(strcmp(c->patient, "lily") == 0, months, &height, &weight);
	object = json_pack("{s:I, s:s, s:s, s:f, s:f, s:f}", "patient_id",
		(json_int_t)plot_find(plot, c->patient), "recorded_date",
		arena_printf(plot->w->arena, "%sT10:10:00", date), "location", "clinic",
		"height", tenth(height), "weight", tenth(weight + plot_noise(plot, 0.2)),
		"temperature", tenth(98.4 + plot_noise(plot, 0.5)));
	add_whole(object, "heart_rate", 85 + 55 / (1 + months / 18) + plot_noise(plot, 5));
	add_whole(object, "respiratory_rate", 19 + 20 / (1 + months / 14) + plot_noise(plot, 2));
	return plot_put(plot, "vitals", object, &id);
}

static enum result
plant_checkups(struct plot *plot)
{
	enum result r = OK;
	int64_t id;

	for (size_t i = 0; !r && i < COUNT(checkups); i++) {
		const struct checkup *c = &checkups[i];
		const char *date;

		choose(plot, c->patient);
		date = plot_day(plot, arena_printf(plot->w->arena, "b+%d", c->age));
		r = plot_put(plot, "encounters",
			json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:i, s:s, s:s}", "patient_id",
				(json_int_t)plot_find(plot, c->patient), "practitioner_id",
				(json_int_t)plot_find(plot, "lind"), "reason", c->name, "date", date,
				"visit_type", "well-child", "diagnosis", c->found,
				"duration_minutes", 30, "location", "office", "priority", "routine"),
			&id);
		if (!r)
			r = plant_checkup_vitals(plot, c, date);
	}
	return r;
}

static enum result
plant_shot(struct plot *plot, const char *patient, const struct shot *shot, const char *date,
	bool child)
{
	char lot[16];
	char expires[DATE_SIZE];
	int64_t id;

	snprintf(lot, sizeof(lot), "%c%c%04u", (char)('A' + (int)plot_random(plot, 26)),
		(char)('A' + (int)plot_random(plot, 26)), plot_random(plot, 10000));
	date_add(date, 300 + (int)plot_random(plot, 200), expires);
	return plot_put(plot, "immunizations",
		json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s}",
			"patient_id", (json_int_t)plot_find(plot, patient), "practitioner_id",
			(json_int_t)plot_find(plot, child ? "lind" : "grant"), "vaccine_name",
			shot->name, "vaccine_trade_name", shot->trade, "manufacturer", shot->maker,
			"date_administered", date, "dose_number", shot->dose, "site", shot->site,
			"route", shot->route, "lot_number", lot, "expiration_date", expires,
			"location", child ? "Harbor Pediatrics" : "Riverside Pharmacy"),
		&id);
}

static enum result
plant_childhood(struct plot *plot, const char *patient)
{
	enum result r = OK;

	choose(plot, patient);
	for (size_t i = 0; !r && i < COUNT(shots); i++) {
		char date[DATE_SIZE];

		date_add(plot->birth, shots[i].age, date);
		if (strcmp(date, plot->today) <= 0)
			r = plant_shot(plot, patient, &shots[i], date, true);
	}
	return r;
}

/* Every October, from six months of age. */
static enum result
plant_flu(struct plot *plot, const char *patient, bool child)
{
	static const struct shot flu = { 0, "Influenza, seasonal", "Fluzone", "Sanofi", 1,
		"left deltoid", "intramuscular" };
	long year = strtol(plot->today, NULL, 10);
	enum result r = OK;

	choose(plot, patient);
	for (long y = year - 3; !r && y <= year; y++) {
		const char *date = arena_printf(plot->w->arena, "%04ld-10-%02u", y,
			6 + plot_random(plot, 20));

		if (strcmp(date, plot->today) < 0
			&& date_number(date) - date_number(plot->birth) > 183)
			r = plant_shot(plot, patient, &flu, date, child);
	}
	return r;
}

static enum result
plant_parts(struct plot *plot, const struct lab *lab, const struct panel *panel, int64_t result)
{
	enum result r = OK;
	int64_t id;

	for (size_t i = 0; !r && panel->parts[i].name; i++) {
		const struct panel_part *part = &panel->parts[i];

		r = plot_put(plot, "lab_test_components",
			json_pack("{s:I, s:s, s:s, s:s, s:f, s:s, s:f, s:f, s:s, s:i}",
				"lab_result_id", (json_int_t)result, "test_name", part->name,
				"abbreviation", part->short_name, "test_code", part->loinc, "value",
				lab->values[i], "unit", part->unit, "ref_range_min", part->low,
				"ref_range_max", part->high, "category", panel->category,
				"display_order", (int)i + 1),
			&id);
	}
	return r;
}

static bool
out_of_range(const struct lab *lab, const struct panel *panel)
{
	for (size_t i = 0; panel->parts[i].name; i++)
		if (lab->values[i] < panel->parts[i].low || lab->values[i] > panel->parts[i].high)
			return true;
	return false;
}

static enum result
plant_lab(struct plot *plot, const struct lab *lab)
{
	const struct panel *panel = panel_find(lab->panel);
	struct arena *arena = plot->w->arena;
	json_t *object;
	int64_t id;
	enum result r;

	object = json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
		"patient_id", (json_int_t)plot_find(plot, lab->patient), "practitioner_id",
		(json_int_t)plot_find(plot, lab->who), "test_name", panel->name, "test_code",
		panel->loinc, "test_category", "blood work", "test_type", "routine", "facility",
		"Cambridge Community Laboratory", "status", "completed", "labs_result",
		out_of_range(lab, panel) ? "abnormal" : "normal", "ordered_date",
		plot_day(plot, arena_printf(arena, "%+d", lab->day)), "completed_date",
		plot_day(plot, arena_printf(arena, "%+d", lab->day + 1)));
	if (lab->note)
		json_object_set_new(object, "notes", json_string(lab->note));
	r = plot_put(plot, "lab_results", object, &id);
	return r ? r : plant_parts(plot, lab, panel, id);
}

enum result
demo_plant_series(struct plot *plot)
{
	enum result r = plant_series(plot);

	if (!r)
		r = plant_checkups(plot);
	if (!r)
		r = plant_childhood(plot, "lily");
	if (!r)
		r = plant_childhood(plot, "noah");
	if (!r)
		r = plant_flu(plot, "lily", true);
	if (!r)
		r = plant_flu(plot, "noah", true);
	if (!r)
		r = plant_flu(plot, "elena", false);
	if (!r)
		r = plant_flu(plot, "marcus", false);
	if (!r)
		r = plant_flu(plot, "ruth", false);
	for (size_t i = 0; !r && i < COUNT(results); i++)
		r = plant_lab(plot, &results[i]);
	return r;
}
