/*
 * What catalog.h promises: a declaration that cannot be meant is refused.
 */
#include "fake.h"

#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "engine/house.h"

static enum result
check_one(const struct record *rec)
{
	const struct record *const list[] = { &fake_patients, rec, NULL };
	const struct catalog catalog = { "one", list, 1 };

	return catalog_check(&catalog);
}

static const struct choice some[] = { { "a", "A", NULL }, { 0 } };

static struct record
record_of(const struct field *fields, size_t n_fields)
{
	return (struct record){ .name = "things", .one = "Thing", .many = "Things",
		.entity = "thing", .fields = fields, .n_fields = n_fields };
}

/* A record whose only odd field is the one given. */
#define REFUSES(name, ...)                                                             \
	static void name(void **state)                                                 \
	{                                                                              \
		static const struct field fields[] = { TEXT(0, "good", "Good"),        \
			__VA_ARGS__ };                                                 \
		const struct record odd = record_of(fields, COUNT(fields));            \
		(void)state;                                                           \
		assert_int_equal(check_one(&odd), FAULT);                              \
	}

REFUSES(a_field_without_a_type_is_refused, [1] = { .name = "x", .label = "X" })
REFUSES(a_field_without_a_name_is_refused, [1] = { .type = TYPE_TEXT, .label = "X" })
REFUSES(a_hole_in_the_table_is_refused, TEXT(2, "x", "X"))
REFUSES(a_field_without_a_label_is_refused, TEXT(1, "x", NULL))
REFUSES(a_choice_without_choices_is_refused, CHOICE(1, "x", "X", NULL))
REFUSES(a_reference_out_of_the_catalog_is_refused, REF(1, "x", "X", fake_doctors))
REFUSES(a_reference_to_nothing_is_refused, [1] = { .name = "x", .label = "X", .type = TYPE_REF })
REFUSES(least_above_most_is_refused, WHOLE(1, "x", "X", .min = 5, .max = 4))
REFUSES(a_field_named_id_is_refused, WHOLE(1, "id", "Id"))
REFUSES(a_name_used_twice_is_refused, TEXT(1, "good", "Again"))
REFUSES(a_default_beyond_its_bounds_is_refused, WHOLE(1, "x", "X", .initial = "11", .max = 10))
REFUSES(a_default_of_another_type_is_refused, WHOLE(1, "x", "X", .initial = "soon"))
REFUSES(a_default_not_among_the_choices_is_refused, CHOICE(1, "x", "X", some, .initial = "b"))
REFUSES(a_default_too_long_is_refused, TEXT(1, "x", "X", .initial = "abc", .max = 2))

static const struct field plain[] = { TEXT(0, "good", "Good"),
	CHOICE(1, "kind", "Kind", some, .initial = "a"), WHOLE(2, "n", "N", .initial = "3", .max = 3),
	REF(3, "patient_id", "Patient", fake_patients) };

static struct record rec;

static int
start(void **state)
{
	(void)state;
	rec = record_of(plain, COUNT(plain));
	return 0;
}

static void
a_sound_record_is_taken(void **state)
{
	(void)state;
	assert_int_equal(check_one(&rec), OK);
}

static void
a_record_without_words_is_refused(void **state)
{
	const char **const words[] = { &rec.one, &rec.many, &rec.entity };

	for (size_t i = 0; i < COUNT(words); i++) {
		(void)start(state);
		*words[i] = NULL;
		assert_int_equal(check_one(&rec), FAULT);
	}
}

static void
a_record_without_fields_or_with_65_is_refused(void **state)
{
	static char names[65][8];
	static struct field many[65];

	(void)state;
	for (size_t i = 0; i < COUNT(many); i++) {
		(void)snprintf(names[i], sizeof(names[i]), "f%zu", i);
		many[i] = (struct field){ .name = names[i], .label = "F", .type = TYPE_TEXT };
	}
	rec.fields = many;
	rec.n_fields = 0;
	assert_int_equal(check_one(&rec), FAULT);
	rec.n_fields = 65;
	assert_int_equal(check_one(&rec), FAULT);
	rec.n_fields = 64;
	assert_int_equal(check_one(&rec), OK);
}

static void
a_patient_slot_that_is_no_reference_is_refused(void **state)
{
	(void)state;
	rec.of_patient = true;
	assert_int_equal(check_one(&rec), FAULT);
	rec.patient = 3;
	assert_int_equal(check_one(&rec), OK);
}

static void
an_embed_of_no_reference_is_refused(void **state)
{
	(void)state;
	rec.embeds = (const struct embed[]){ { .key = "x", .slot = 0 }, { 0 } };
	assert_int_equal(check_one(&rec), FAULT);
	rec.embeds = (const struct embed[]){ { .key = "x", .slot = 3 }, { 0 } };
	assert_int_equal(check_one(&rec), OK);
}

static void
indexes_and_titles_over_unknown_columns_are_refused(void **state)
{
	rec.title = "goods";
	assert_int_equal(check_one(&rec), FAULT);
	(void)start(state);
	rec.indexes = (const struct index[]){ { .columns = "good, created_at, bad" }, { 0 } };
	assert_int_equal(check_one(&rec), FAULT);
	rec.indexes = (const struct index[]){ { .columns = "good, created_at" }, { 0 } };
	assert_int_equal(check_one(&rec), OK);
}

static void
a_table_twice_is_refused(void **state)
{
	(void)state;
	assert_int_equal(check_one(&fake_patients), FAULT);
}

static void
tables_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(catalog_find(&fake_catalog, "notes"), &fake_notes);
	assert_null(catalog_find(&fake_catalog, "note"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_field_without_a_type_is_refused, start),
		cmocka_unit_test_setup(a_field_without_a_name_is_refused, start),
		cmocka_unit_test_setup(a_hole_in_the_table_is_refused, start),
		cmocka_unit_test_setup(a_field_without_a_label_is_refused, start),
		cmocka_unit_test_setup(a_choice_without_choices_is_refused, start),
		cmocka_unit_test_setup(a_reference_out_of_the_catalog_is_refused, start),
		cmocka_unit_test_setup(a_reference_to_nothing_is_refused, start),
		cmocka_unit_test_setup(least_above_most_is_refused, start),
		cmocka_unit_test_setup(a_field_named_id_is_refused, start),
		cmocka_unit_test_setup(a_name_used_twice_is_refused, start),
		cmocka_unit_test_setup(a_default_beyond_its_bounds_is_refused, start),
		cmocka_unit_test_setup(a_default_of_another_type_is_refused, start),
		cmocka_unit_test_setup(a_default_not_among_the_choices_is_refused, start),
		cmocka_unit_test_setup(a_default_too_long_is_refused, start),
		cmocka_unit_test_setup(a_sound_record_is_taken, start),
		cmocka_unit_test_setup(a_record_without_words_is_refused, start),
		cmocka_unit_test_setup(a_record_without_fields_or_with_65_is_refused, start),
		cmocka_unit_test_setup(a_patient_slot_that_is_no_reference_is_refused, start),
		cmocka_unit_test_setup(an_embed_of_no_reference_is_refused, start),
		cmocka_unit_test_setup(indexes_and_titles_over_unknown_columns_are_refused, start),
		cmocka_unit_test_setup(a_table_twice_is_refused, start),
		cmocka_unit_test_setup(tables_are_found_by_name, start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
