/*
 * layout_sqlite - the difference of two layouts as SQL for SQLite.
 *
 * ALTER TABLE adds plain columns and drops free ones.  Everything else is done
 * by rebuilding the table: a new one beside it, all rows copied, the mark of the
 * highest id carried over (ids are never used twice), the old one dropped, the
 * new one given its name, its indexes made again.  This is sound only with
 * references switched off, which migrate.c sees to.
 */
#include <string.h>

#include "engine/layout_private.h"
#include "engine/statement.h"

static bool
beside(const struct rule *rule, const struct column *column)
{
	return rule->column && strcmp(rule->column, column->name) == 0;
}

/* ALTER TABLE ADD COLUMN takes it. */
static bool
addable(const struct relation *table, const struct column *column)
{
	const char *initial = column->initial;

	if (column->key || layout_needs_value(column))
		return false;
	if (initial && (*initial == '(' || strncmp(initial, "CURRENT_", 8) == 0))
		return false;
	for (const struct rule *rule = table->rules; rule; rule = rule->next)
		if (beside(rule, column)
			&& (rule->kind == RULE_UNIQUE || (rule->kind == RULE_FOREIGN && initial)))
			return false;
	return true;
}

static bool
droppable(const struct relation *table, const struct column *column)
{
	if (column->key)
		return false;
	for (const struct rule *rule = table->rules; rule; rule = rule->next)
		if (statement_word(rule->text, column->name)
			&& (rule->kind != RULE_CHECK || !beside(rule, column)))
			return false;
	return true;
}

/* Every rule that only the first has goes with a column that only it has. */
static bool
rules_follow(const struct relation *table, const struct relation *other)
{
	for (const struct rule *rule = table->rules; rule; rule = rule->next)
		if (!layout_rule(other, rule)
			&& (!rule->column || layout_column(other, rule->column)))
			return false;
	return true;
}

static bool
must_rebuild(const struct relation *from, const struct relation *to)
{
	const struct column *other;

	if (!rules_follow(from, to) || !rules_follow(to, from))
		return true;
	for (const struct column *c = to->columns; c; c = c->next) {
		other = layout_column(from, c->name);
		if (other ? !layout_same_column(other, c) : !addable(to, c))
			return true;
	}
	for (const struct column *c = from->columns; c; c = c->next)
		if (!layout_column(to, c->name) && !droppable(from, c))
			return true;
	return false;
}

static bool
rebuilt(const struct change *change, const char *name)
{
	const struct relation *from = layout_table(change->from, name);
	const struct relation *to = layout_table(change->to, name);

	return from && to && must_rebuild(from, to);
}

/* What a row gets in a column: NULL when the column's own default will do. */
static const char *
value_of(const struct change *change, const struct relation *from, const struct column *column)
{
	const struct column *old = layout_column(from, column->name);

	if (!old)
		return layout_needs_value(column) ? "NULL" : NULL;
	if (column->not_null && !old->not_null && column->initial)
		return arena_printf(change->to->arena, "coalesce(%s, %s)", column->name,
			column->initial);
	return column->name;
}

static void
ask(struct change *change, const struct relation *from, const struct relation *to)
{
	for (const struct column *c = to->columns; c; c = c->next) {
		const struct column *old = layout_column(from, c->name);

		if (layout_needs_value(c) && (!old || !old->not_null))
			text_printf(change->out, "-- CHOOSE what rows without it get in %s.%s\n",
				to->name, c->name);
	}
}

static void
copy_rows(struct change *change, const struct relation *from, const struct relation *to)
{
	struct text values CLEANUP(text_close) = { 0 };
	bool first = true;

	text_printf(change->out, "INSERT INTO new_%s (", to->name);
	for (const struct column *c = to->columns; c; c = c->next) {
		const char *value = value_of(change, from, c);

		if (!value)
			continue;
		text_printf(change->out, "%s%s", first ? "" : ", ", c->name);
		text_printf(&values, "%s%s", first ? "" : ", ", value);
		first = false;
	}
	text_printf(change->out, ")\n\tSELECT %s FROM %s;\n", text_string(&values), from->name);
}

static void
make_marks(struct change *change, const char *table)
{
	for (const struct mark *mark = change->to->marks; mark; mark = mark->next)
		if (strcmp(mark->table, table) == 0)
			text_printf(change->out, "%s;\n", mark->text);
}

static void
rebuild(struct change *change, const struct relation *from, const struct relation *to)
{
	const char *name = to->name;
	const char *beside_it = arena_printf(change->to->arena, "new_%s", name);

	ask(change, from, to);
	layout_write_table(change->out, to, beside_it, true);
	copy_rows(change, from, to);
	text_printf(change->out,
		"DELETE FROM sqlite_sequence WHERE name = 'new_%s';\n"
		"INSERT INTO sqlite_sequence (name, seq)\n"
		"\tSELECT 'new_%s', seq FROM sqlite_sequence WHERE name = '%s';\n"
		"DROP TABLE %s;\n"
		"ALTER TABLE new_%s RENAME TO %s;\n",
		name, name, name, name, name, name);
	make_marks(change, name);
	change->n++;
}

static void
alter(struct change *change, const struct relation *from, const struct relation *to)
{
	for (const struct column *c = from->columns; c; c = c->next)
		if (!layout_column(to, c->name)) {
			text_printf(change->out, "ALTER TABLE %s DROP COLUMN %s;\n", to->name,
				c->name);
			change->n++;
		}
	for (const struct column *c = to->columns; c; c = c->next)
		if (!layout_column(from, c->name)) {
			text_printf(change->out, "ALTER TABLE %s ADD COLUMN ", to->name);
			layout_write_column(change->out, to, c);
			text_add(change->out, ";\n");
			change->n++;
		}
}

static void
drop_marks(struct change *change)
{
	for (const struct mark *mark = change->from->marks; mark; mark = mark->next) {
		if (!layout_stays(change->to, mark->table) || layout_same_mark(change->to, mark))
			continue;
		change->n++;
		if (!rebuilt(change, mark->table))
			text_printf(change->out, "DROP INDEX %s;\n", mark->name);
	}
}

/* The last made first: what points at others is made after them. */
static void
drop_tables(struct change *change, const struct relation *table)
{
	if (!table)
		return;
	drop_tables(change, table->next);
	if (layout_stays(change->to, table->name))
		return;
	text_printf(change->out, "DROP TABLE %s;\n", table->name);
	change->n++;
}

static void
add_marks(struct change *change)
{
	for (const struct mark *mark = change->to->marks; mark; mark = mark->next) {
		if (layout_same_mark(change->from, mark))
			continue;
		change->n++;
		if (!rebuilt(change, mark->table))
			text_printf(change->out, "%s;\n", mark->text);
	}
}

void
layout_diff_sqlite(struct change *change)
{
	drop_marks(change);
	drop_tables(change, change->from->tables);
	for (const struct relation *to = change->to->tables; to; to = to->next) {
		const struct relation *from = layout_table(change->from, to->name);

		if (!from) {
			layout_write_table(change->out, to, to->name, true);
			change->n++;
		} else if (must_rebuild(from, to)) {
			rebuild(change, from, to);
		} else {
			alter(change, from, to);
		}
	}
	add_marks(change);
}
