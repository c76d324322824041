/*
 * demo_clinic - a practice with 12 providers and 200 patients, drawn by lot.
 *
 * A patient gets a reason to come (from the tables in demo_clinic_data.c), and
 * from it visits with a fitting provider, measurements, laboratory values and
 * medicines.  Nobody is booked twice at the same time.
 */
#include "cli/demo_clinic.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENTS = 200, FIRST_DAY = -1090, LAST_DAY = 120, SLOTS = 16 };

struct practice {
	struct plot *plot;
	int64_t providers[16];
	/* How many half hours of a day are taken, per provider. */
	unsigned char taken[16][LAST_DAY - FIRST_DAY + 1];
	int n_appointments, n_medications, n_orders;
};

/* Somebody who walks in. */
struct person {
	int64_t id;
	int number;
	bool female;
	int age; /* years */
	const struct reason *reason;
	double height, weight;
};

static const char *
pick(struct plot *plot, const char *const *words)
{
	uint32_t n = 0;

	while (words[n])
		n++;
	return words[plot_random(plot, n)];
}

/* The check digit of an NPI: Luhn over 80840 and the nine digits before it. */
static char
check_digit(const char *nine)
{
	int sum = 24;

	for (int i = 0; i < 9; i++) {
		int d = nine[i] - '0';

		if (i % 2 == 0)
			d = 2 * d > 9 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

static enum result
plant_providers(struct practice *p)
{
	struct arena *arena = p->plot->w->arena;
	enum result r = OK;

	for (int i = 0; !r && practice_providers[i].name; i++) {
		const struct practice_provider *provider = &practice_providers[i];
		char nine[16];

		snprintf(nine, sizeof(nine), "1%08d", 20304050 + 7919 * i);
		r = plot_put(p->plot, "providers",
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "npi",
				arena_printf(arena, "%s%c", nine, check_digit(nine)), "name",
				provider->name, "specialty", provider->specialty, "department",
				provider->department, "phone",
				arena_printf(arena, "617-555-%04d", 500 + i), "email",
				arena_printf(arena, "%s@practice.example.com", provider->mail),
				"accepting_new_patients", 1),
			&p->providers[i]);
	}
	return r;
}

static const struct reason *
draw_reason(struct plot *plot, bool female, int age)
{
	for (;;) {
		const struct reason *reason = &practice_reasons[plot_random(plot, practice_n_reasons)];

		if (age < reason->youngest || age > reason->oldest)
			continue;
		if (reason->women_only && !female)
			continue;
		return reason;
	}
}

static void
draw_body(struct plot *plot, struct person *who)
{
	if (who->age < 18) {
		growth_at(who->female, who->age * 12 + 6, &who->height, &who->weight);
		return;
	}
	who->height = (who->female ? 64.0 : 69.5) + plot_noise(plot, 3.5);
	/* A body mass index from 20 to 34, higher where the reason has to do with it. */
	who->weight = (24 + who->reason->heavier + plot_noise(plot, 4)) * who->height * who->height
		      / 703;
}

static enum result
plant_person(struct practice *p, int number, struct person *who)
{
	struct plot *plot = p->plot;
	struct arena *arena = plot->w->arena;
	const char *last = pick(plot, practice_last_names);
	const char *town;
	const char *birth;

	*who = (struct person){ .number = number, .female = plot_random(plot, 100) < 53 };
	who->age = number % 5 == 0 ? (int)plot_random(plot, 18) : 18 + (int)plot_random(plot, 70);
	who->reason = draw_reason(plot, who->female, who->age);
	draw_body(plot, who);
	town = pick(plot, practice_towns);
	birth = plot_day(plot, arena_printf(arena, "-%d",
		who->age * 365 + who->age / 4 + 20 + (int)plot_random(plot, 330)));
	return plot_put(plot, "patients",
		json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, "
			  "s:s, s:s}",
			"mrn", arena_printf(arena, "MRN%06d", 100000 + number), "first_name",
			pick(plot, who->female ? practice_girls : practice_boys), "last_name", last,
			"dob", birth, "gender", who->female ? "Female" : "Male", "email",
			arena_printf(arena, "patient%d@mail.example.com", number), "phone",
			arena_printf(arena, "617-555-%04d", 1000 + number), "street",
			arena_printf(arena, "%u %s", 1 + plot_random(plot, 180),
				pick(plot, practice_streets)),
			"city", arena_printf(arena, "%.*s", (int)strcspn(town, ","), town), "state",
			"MA", "zip_code", strchr(town, ',') + 1, "insurance_provider",
			pick(plot, practice_insurers), "policy_number",
			arena_printf(arena, "P%07u", plot_random(plot, 10000000)),
			"emergency_contact_name",
			arena_printf(arena, "%s %s", pick(plot, practice_girls), last),
			"emergency_contact_relationship", who->age < 18 ? "Mother" : "Family",
			"emergency_contact_phone",
			arena_printf(arena, "617-555-%04d", 2000 + number)),
		&who->id);
}

static bool
is_weekend(struct plot *plot, int day)
{
	int64_t weekday = (date_number(plot->today) + day + 4) % 7; /* 1970-01-01 was a Thursday */

	return weekday == 0 || weekday == 6;
}

/* The n-th working day from tomorrow on, in days from today; 0 is the next. */
static int
working_day(struct plot *plot, uint32_t n)
{
	int day = 1;

	while (is_weekend(plot, day) || n-- > 0)
		day++;
	return day;
}

/* The first working day from `day` on with a free half hour; marks it taken. */
static int
take_slot(struct practice *p, int provider, int day, int *half_hour)
{
	for (;; day++) {
		unsigned char *taken = &p->taken[provider][day - FIRST_DAY];

		/* Today is left free for whoever tries the demo. */
		if (day == 0 || is_weekend(p->plot, day) || *taken == SLOTS)
			continue;
		/* Any odd number goes once through all: people do not come in a row. */
		*half_hour = (*taken * 5 + provider * 3 + day - FIRST_DAY) % SLOTS;
		++*taken;
		return day;
	}
}

static enum result
plant_measurements(struct practice *p, const struct person *who, int day, const char *time)
{
	struct plot *plot = p->plot;
	const char *date = plot_day(plot, arena_printf(plot->w->arena, "%+d", day));
	double height = who->height;
	double weight = who->weight;
	bool child = who->age < 13;
	double top = child ? 88 + who->age * 1.6 : 118 + who->reason->pressure + who->age / 12.0;
	double slow = child ? 82 + 40 / (1 + who->age) : 74;
	json_t *object;
	int64_t id;

	/* A child was smaller then. */
	if (who->age < 18)
		growth_at(who->female, who->age * 12 + 6 + day / 30.44, &height, &weight);
	object = json_pack("{s:I, s:s, s:i, s:f, s:i, s:i, s:f, s:f, s:s}", "patient_id",
		(json_int_t)who->id, "recorded_date",
		arena_printf(plot->w->arena, "%sT%s:00Z", date, time), "heart_rate",
		(int)(slow + who->reason->pulse + plot_noise(plot, 8)), "temperature",
		round((98.3 + plot_noise(plot, 0.6)) * 10) / 10, "respiratory_rate",
		(int)((child ? 20 : 15) + plot_noise(plot, 2)), "oxygen_saturation",
		(int)(97.5 - who->reason->breath + plot_noise(plot, 1.4)), "weight",
		round((weight + plot_noise(plot, 2) * (child ? 0.2 : 1)) * 10) / 10, "height",
		round(height * 10) / 10, "recorded_by", "Nurse J. Alvarez");
	if (who->age >= 3) {
		json_object_set_new(object, "systolic_bp",
			json_integer((int)(top + plot_noise(plot, 9))));
		json_object_set_new(object, "diastolic_bp",
			json_integer((int)(top * 0.62 + plot_noise(plot, 5))));
	}
	return plot_put(plot, "vital_signs", object, &id);
}

static json_t *
draw_results(struct plot *plot, const struct panel *panel, double worse)
{
	struct arena *arena = plot->w->arena;
	json_t *list = json_array();

	for (size_t i = 0; panel->parts[i].name; i++) {
		const struct panel_part *part = &panel->parts[i];
		double middle = (part->low + part->high) / 2;
		double half = (part->high - part->low) / 2;
		double value = middle + plot_noise(plot, half * 0.9);
		const char *flag;

		/* The value the panel is taken for is the first one. */
		if (i == 0 && worse > 0)
			value = part->high * (1 + plot_noise(plot, 0.08)) * worse;
		flag = value < part->low ? "low" : value > part->high ? "high" : "normal";
		json_array_append_new(list,
			json_pack("{s:s, s:s, s:s, s:s, s:s}", "component", part->name, "value",
				arena_printf(arena, part->high < 20 ? "%.1f" : "%.0f", value), "unit",
				part->unit, "reference",
				arena_printf(arena, "%g-%g", part->low, part->high), "flag", flag));
	}
	return list;
}

static enum result
plant_order(struct practice *p, const struct person *who, const char *by, int day)
{
	struct plot *plot = p->plot;
	struct arena *arena = plot->w->arena;
	const struct panel *panel = panel_find(who->reason->panel);
	json_t *results = draw_results(plot, panel, who->reason->worse);
	char *text = json_dumps(results, JSON_COMPACT);
	const char *ordered = plot_day(plot, arena_printf(arena, "%+d", day));
	int64_t id;
	enum result r;

	r = plot_put(plot, "lab_results",
		json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "patient_id",
			(json_int_t)who->id, "order_id",
			arena_printf(arena, "LAB%06d", 100000 + ++p->n_orders), "test_name",
			panel->name, "ordered_date", ordered, "collected_date", ordered,
			"resulted_date", plot_day(plot, arena_printf(arena, "%+d", day + 1)),
			"status", "final", "ordered_by", by, "results_json", text),
		&id);
	free(text);
	json_decref(results);
	return r;
}

static enum result
plant_visit(struct practice *p, const struct person *who, int wanted, bool lab)
{
	struct plot *plot = p->plot;
	struct arena *arena = plot->w->arena;
	int provider = who->reason->provider;
	int half_hour = 0;
	int day = take_slot(p, provider, wanted, &half_hour);
	const char *date = plot_day(plot, arena_printf(arena, "%+d", day));
	const char *time = arena_printf(arena, "%02d:%s", 8 + half_hour / 2,
		half_hour % 2 ? "30" : "00");
	const char *status = day > 0 ? "scheduled"
		: plot_random(plot, 14) == 0 ? "cancelled" : "completed";
	const char *by = practice_providers[provider].name;
	int64_t id;
	enum result r;

	r = plot_put(plot, "appointments",
		json_pack("{s:s, s:I, s:I, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s}",
			"appointment_id",
			arena_printf(arena, "APT%06d", 100000 + ++p->n_appointments),
			"patient_id", (json_int_t)who->id, "provider_id",
			(json_int_t)p->providers[provider], "date", date, "time", time,
			"duration_minutes", 30, "appointment_type",
			wanted == FIRST_DAY ? "New Patient" : "Follow-up", "department",
			practice_providers[provider].department, "location",
			arena_printf(arena, "Main Clinic - Room %d", 201 + provider), "status",
			status, "reason", who->reason->words),
		&id);
	if (!r && *status == 'c' && status[1] == 'o') {
		r = plant_measurements(p, who, day, time);
		if (!r && lab && who->reason->panel)
			r = plant_order(p, who, by, day - 3);
	}
	return r;
}

static enum result
plant_medicines(struct practice *p, const struct person *who)
{
	struct plot *plot = p->plot;
	struct arena *arena = plot->w->arena;
	enum result r = OK;
	int64_t id;

	for (int i = 0; !r && i < 3 && who->reason->medicines[i].name; i++) {
		const struct medicine *m = &who->reason->medicines[i];

		r = plot_put(plot, "medications",
			json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}",
				"medication_id",
				arena_printf(arena, "MED%06d", 100000 + ++p->n_medications),
				"patient_id", (json_int_t)who->id, "name", m->name, "dosage",
				m->dosage, "frequency", m->frequency, "route", m->route,
				"prescribed_date",
				plot_day(plot, arena_printf(arena, "-%u",
					30 + plot_random(plot, 1000))),
				"prescriber", practice_providers[who->reason->provider].name, "status",
				plot_random(plot, 12) ? "active" : "discontinued",
				"refills_remaining", (int)plot_random(plot, 6)),
			&id);
	}
	return r;
}

static enum result
plant_allergy(struct practice *p, const struct person *who)
{
	struct plot *plot = p->plot;
	const struct practice_allergy *a = &practice_allergies[plot_random(plot, practice_n_allergies)];
	int64_t id;

	return plot_put(plot, "allergies",
		json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "patient_id", (json_int_t)who->id,
			"allergen", a->allergen, "reaction", a->reaction, "severity", a->severity,
			"onset_date",
			plot_day(plot, arena_printf(plot->w->arena, "-%u",
				20 + plot_random(plot, (uint32_t)(who->age * 300 + 1)))),
			"status", "active"),
		&id);
}

static enum result
plant_chart(struct practice *p, const struct person *who)
{
	struct plot *plot = p->plot;
	int visits = 2 + (int)plot_random(plot, 3);
	/* A child's chart does not begin before its birth. */
	int first = who->age < 4 ? -300 : FIRST_DAY;
	enum result r = plant_medicines(p, who);

	if (!r && plot_random(plot, 4) == 0)
		r = plant_allergy(p, who);
	for (int i = 0; !r && i < visits && who->age > 0; i++)
		r = plant_visit(p, who, first + 20 + i * (-first - 60) / visits
			+ (int)plot_random(plot, 30), i % 2 == 0);
	if (!r && plot_random(plot, 5) < 2)
		r = plant_visit(p, who, 1 + (int)plot_random(plot, 60), false);
	return r;
}

enum result
demo_plant_clinic(struct work *w, void *arg)
{
	struct plot *plot = arg;
	struct practice *practice = arena_new(w->arena, sizeof(*practice));
	struct person *everybody = arena_new(w->arena, PATIENTS * sizeof(*everybody));
	enum result r;

	plot->w = w;
	practice->plot = plot;
	r = plant_providers(practice);
	for (int i = 0; !r && i < PATIENTS; i++)
		if (!(r = plant_person(practice, i + 1, &everybody[i])))
			r = plant_chart(practice, &everybody[i]);
	/* The days to come are busy ones. */
	for (int i = 0; !r && i < PATIENTS; i++)
		if (i % 5 < 4)
			r = plant_visit(practice, &everybody[i],
				working_day(plot, plot_random(plot, 8)), false);
	return r;
}
