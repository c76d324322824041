/*
 * layout_postgres - the difference of two layouts as SQL for PostgreSQL.
 *
 * What is in the way goes first (indexes, rules, tables), then columns change,
 * then rules and indexes come, references last, when all they point at is there.
 */
#include <string.h>

#include "engine/layout_private.h"
#include "engine/statement.h"

static void
say(struct change *change, const char *statement)
{
	text_printf(change->out, "%s;\n", statement);
	change->n++;
}

#define SAY(change, ...) say(change, arena_printf((change)->to->arena, __VA_ARGS__))

static void
drop_marks(struct change *change)
{
	for (const struct mark *mark = change->from->marks; mark; mark = mark->next)
		if (layout_stays(change->to, mark->table) && !layout_same_mark(change->to, mark))
			SAY(change, "DROP INDEX %s", mark->name);
}

static void
drop_rules(struct change *change, const struct relation *from, const struct relation *to)
{
	for (const struct rule *rule = from->rules; rule; rule = rule->next)
		if (!layout_rule(to, rule))
			SAY(change, "ALTER TABLE %s DROP CONSTRAINT %s", to->name,
				layout_rule_name(rule));
}

/* All at once: they may point at each other. */
static void
drop_tables(struct change *change)
{
	bool any = false;

	for (const struct relation *table = change->from->tables; table; table = table->next) {
		if (layout_stays(change->to, table->name))
			continue;
		text_printf(change->out, "%s%s", any ? ", " : "DROP TABLE ", table->name);
		any = true;
		change->n++;
	}
	if (any)
		text_add(change->out, ";\n");
}

static void
add_column(struct change *change, const struct relation *to, const struct column *column)
{
	struct column loose = *column;

	loose.not_null = column->not_null && !layout_needs_value(column);
	text_printf(change->out, "ALTER TABLE %s ADD COLUMN ", to->name);
	layout_write_column(change->out, to, &loose);
	text_add(change->out, ";\n");
	change->n++;
	if (!layout_needs_value(column))
		return;
	text_printf(change->out, "-- CHOOSE what rows without it get in %s.%s\n", to->name,
		column->name);
	text_printf(change->out, "UPDATE %s SET %s = NULL WHERE %s IS NULL;\n", to->name, column->name,
		column->name);
	SAY(change, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL", to->name, column->name);
}

static void
fill_nulls(struct change *change, const char *table, const struct column *column)
{
	if (!column->initial)
		text_printf(change->out, "-- CHOOSE what rows without it get in %s.%s\n", table,
			column->name);
	text_printf(change->out, "UPDATE %s SET %s = %s WHERE %s IS NULL;\n", table, column->name,
		column->initial ? column->initial : "NULL", column->name);
}

static void
change_column(struct change *change, const char *table, const struct column *from,
	const struct column *to)
{
	bool type = !statement_alike(from->type, to->type);
	bool initial = type || !statement_alike(from->initial, to->initial);

	/* The old default may not fit the new type. */
	if (from->initial && initial)
		SAY(change, "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT", table, to->name);
	if (type)
		SAY(change, "ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s::%s", table, to->name,
			to->type, to->name, to->type);
	if (to->initial && initial)
		SAY(change, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s", table, to->name,
			to->initial);
	if (from->not_null && !to->not_null)
		SAY(change, "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL", table, to->name);
	if (!from->not_null && to->not_null) {
		fill_nulls(change, table, to);
		SAY(change, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL", table, to->name);
	}
}

static void
change_columns(struct change *change, const struct relation *from, const struct relation *to)
{
	for (const struct column *c = to->columns; c; c = c->next) {
		const struct column *old = layout_column(from, c->name);

		if (!old)
			add_column(change, to, c);
		else if (!layout_same_column(old, c))
			change_column(change, to->name, old, c);
	}
	for (const struct column *c = from->columns; c; c = c->next)
		if (!layout_column(to, c->name))
			SAY(change, "ALTER TABLE %s DROP COLUMN %s", to->name, c->name);
}

static void
add_rules(struct change *change, const struct relation *from, const struct relation *to, bool foreign)
{
	for (const struct rule *rule = to->rules; rule; rule = rule->next) {
		if ((rule->kind == RULE_FOREIGN) != foreign || (from && layout_rule(from, rule)))
			continue;
		if (!foreign && (!from || (rule->column && !layout_column(from, rule->column))))
			continue; /* came with its table or column */
		SAY(change, "ALTER TABLE %s ADD %s%s%s%s", to->name, rule->name ? "CONSTRAINT " : "",
			rule->name ? rule->name : "", rule->name ? " " : "", rule->text);
	}
}

static const struct note *
find_note(const struct layout *layout, const char *on)
{
	const struct note *note = layout->notes;

	while (note && strcmp(note->on, on) != 0)
		note = note->next;
	return note;
}

/* What a note is on is still there. */
static bool
noted(const struct layout *layout, const char *on)
{
	const char *name = strchr(on, ' ') + 1;
	size_t n = strcspn(name, ".");
	const struct relation *table = layout_table(layout, arena_copy(layout->arena, name, n));

	return table && (!name[n] || layout_column(table, name + n + 1));
}

static void
change_notes(struct change *change)
{
	for (const struct note *note = change->from->notes; note; note = note->next)
		if (!find_note(change->to, note->on) && noted(change->to, note->on))
			SAY(change, "COMMENT ON %s IS NULL", note->on);
	for (const struct note *note = change->to->notes; note; note = note->next) {
		const struct note *old = find_note(change->from, note->on);

		if (!old || strcmp(old->text, note->text) != 0)
			SAY(change, "COMMENT ON %s IS %s", note->on, note->text);
	}
}

void
layout_diff_postgres(struct change *change)
{
	const struct relation *from;

	drop_marks(change);
	for (const struct relation *to = change->to->tables; to; to = to->next)
		if ((from = layout_table(change->from, to->name)))
			drop_rules(change, from, to);
	drop_tables(change);
	for (const struct relation *to = change->to->tables; to; to = to->next) {
		from = layout_table(change->from, to->name);
		if (from) {
			change_columns(change, from, to);
			continue;
		}
		layout_write_table(change->out, to, to->name, false);
		change->n++;
	}
	for (const struct relation *to = change->to->tables; to; to = to->next)
		add_rules(change, layout_table(change->from, to->name), to, false);
	for (const struct mark *mark = change->to->marks; mark; mark = mark->next)
		if (!layout_same_mark(change->from, mark))
			SAY(change, "%s", mark->text);
	for (const struct relation *to = change->to->tables; to; to = to->next)
		add_rules(change, layout_table(change->from, to->name), to, true);
	change_notes(change);
}
