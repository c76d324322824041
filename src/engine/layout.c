/*
 * layout - which tables, columns, rules and indexes a database has, as text.
 */
#include "engine/layout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "engine/statement.h"

enum { NAME_MOST = 63 }; /* of PostgreSQL, in bytes */

struct layout *
layout_new(struct arena *arena, enum dialect dialect)
{
	struct layout *layout = arena_new(arena, sizeof(*layout));

	layout->arena = arena;
	layout->dialect = dialect;
	return layout;
}

struct layout *
layout_declared(struct arena *arena, const struct catalog *catalog, enum dialect dialect)
{
	struct layout *layout = layout_new(arena, dialect);
	struct text sql CLEANUP(text_close) = { 0 };

	ddl_write(&sql, catalog, dialect);
	if (layout_apply(layout, text_string(&sql)))
		abort(); /* we do not understand what we wrote */
	return layout;
}

struct relation *
layout_table(const struct layout *layout, const char *name)
{
	struct relation *table = layout->tables;

	while (table && strcmp(table->name, name) != 0)
		table = table->next;
	return table;
}

struct column *
layout_column(const struct relation *table, const char *name)
{
	struct column *column = table->columns;

	while (column && strcmp(column->name, name) != 0)
		column = column->next;
	return column;
}

/* Names of CHECKs and references are nobody's business; those of UNIQUE are in
 * the contract. */
const struct rule *
layout_rule(const struct relation *table, const struct rule *like)
{
	for (const struct rule *rule = table->rules; rule; rule = rule->next) {
		if (rule->kind != like->kind || !statement_alike(rule->text, like->text))
			continue;
		if (rule->kind != RULE_UNIQUE || statement_alike(rule->name, like->name))
			return rule;
	}
	return NULL;
}

const struct mark *
layout_mark(const struct layout *layout, const char *name)
{
	const struct mark *mark = layout->marks;

	while (mark && strcmp(mark->name, name) != 0)
		mark = mark->next;
	return mark;
}

const char *
layout_rule_name(const struct rule *rule)
{
	return rule->name ? rule->name : rule->own;
}

/* ---- adding ---- */

struct relation *
layout_add_table(struct layout *layout, const char *name)
{
	struct relation **end = &layout->tables;

	while (*end)
		end = &(*end)->next;
	*end = arena_new(layout->arena, sizeof(**end));
	(*end)->name = name;
	return *end;
}

struct column *
layout_add_column(struct layout *layout, struct relation *table, const char *name)
{
	struct column **end = &table->columns;

	while (*end)
		end = &(*end)->next;
	*end = arena_new(layout->arena, sizeof(**end));
	(*end)->name = name;
	return *end;
}

static bool
taken(const struct layout *layout, const char *name)
{
	for (const struct relation *table = layout->tables; table; table = table->next)
		for (const struct rule *rule = table->rules; rule; rule = rule->next)
			if (layout_rule_name(rule) && strcmp(layout_rule_name(rule), name) == 0)
				return true;
	return layout_mark(layout, name) != NULL;
}

/* The one column a CHECK speaks of, as PostgreSQL sees it; NULL: none or several. */
static const char *
only_column(const struct relation *table, const char *text)
{
	const char *found = NULL;

	for (const struct column *column = table->columns; column; column = column->next) {
		if (!statement_word(text, column->name))
			continue;
		if (found)
			return NULL;
		found = column->name;
	}
	return found;
}

/* "(a, b)" as "_a_b"; of a reference only its own columns. */
static const char *
joined(struct arena *arena, const char *text)
{
	const char *open = strchr(text, '(');
	char *out = arena_copy(arena, open, strcspn(open, ")"));
	char *to = out;

	for (const char *at = out; *at; at++)
		if (*at != ' ')
			*to++ = *at == '(' || *at == ',' ? '_' : *at;
	*to = '\0';
	return out;
}

/* PostgreSQL's makeObjectName(): the longer of the two gives way. */
static const char *
cut_name(struct arena *arena, const char *table, const char *middle, const char *ending)
{
	size_t most = NAME_MOST - strlen(ending);
	size_t a = strlen(table);
	size_t b = strlen(middle);

	while (a + b > most) {
		if (a > (b ? b - 1 : 0))
			a--;
		else
			b--;
	}
	return arena_printf(arena, "%.*s%.*s%s", (int)a, table, (int)b, middle, ending);
}

/* The name PostgreSQL gives to a rule that has none. */
static const char *
own_name(const struct layout *layout, const struct relation *table, const struct rule *rule)
{
	static const char *const endings[] = { [RULE_CHECK] = "_check", [RULE_UNIQUE] = "_key",
		[RULE_FOREIGN] = "_fkey" };
	const char *ending = endings[rule->kind];
	const char *column = only_column(table, rule->text);
	const char *middle = rule->kind != RULE_CHECK ? joined(layout->arena, rule->text)
		: column ? arena_printf(layout->arena, "_%s", column) : "";
	const char *name = cut_name(layout->arena, table->name, middle, ending);

	for (int i = 1; taken(layout, name); i++)
		name = cut_name(layout->arena, table->name, middle,
			arena_printf(layout->arena, "%s%d", ending, i));
	return name;
}

void
layout_add_rule(struct layout *layout, struct relation *table, const struct rule *rule)
{
	struct rule **end = &table->rules;
	const char *own = rule->own;

	if (!rule->name && !own && layout->dialect == POSTGRES)
		own = own_name(layout, table, rule);
	while (*end)
		end = &(*end)->next;
	*end = arena_new(layout->arena, sizeof(**end));
	**end = *rule;
	(*end)->own = own;
	(*end)->next = NULL;
}

void
layout_add_mark(struct layout *layout, const char *name, const char *table, const char *text)
{
	struct mark **end = &layout->marks;

	while (*end)
		end = &(*end)->next;
	*end = arena_new(layout->arena, sizeof(**end));
	**end = (struct mark){ .name = name, .table = table, .text = text };
}

void
layout_set_note(struct layout *layout, const char *on, const char *text)
{
	struct note **at = &layout->notes;

	while (*at && strcmp((*at)->on, on) != 0)
		at = &(*at)->next;
	if (strcmp(text, "NULL") == 0) {
		if (*at)
			*at = (*at)->next;
		return;
	}
	if (!*at)
		*at = arena_new(layout->arena, sizeof(**at));
	(*at)->on = on;
	(*at)->text = text;
}

/* ---- writing ---- */

static void
write_rule(struct text *out, const struct rule *rule)
{
	const char *text = rule->text;

	if (rule->column && rule->kind == RULE_UNIQUE)
		text = "UNIQUE";
	else if (rule->column && rule->kind == RULE_FOREIGN)
		text = strstr(text, "REFERENCES");
	if (rule->name)
		text_printf(out, "CONSTRAINT %s ", rule->name);
	text_add(out, text);
}

void
layout_write_column(struct text *out, const struct relation *table, const struct column *column)
{
	text_printf(out, "%s %s", column->name, column->type);
	if (column->key)
		text_printf(out, " %s", column->key);
	if (column->not_null && !column->key)
		text_add(out, " NOT NULL");
	if (column->initial)
		text_printf(out, " DEFAULT %s", column->initial);
	for (const struct rule *rule = table->rules; rule; rule = rule->next)
		if (rule->column && strcmp(rule->column, column->name) == 0) {
			text_char(out, ' ');
			write_rule(out, rule);
		}
}

void
layout_write_table(struct text *out, const struct relation *table, const char *name, bool foreign)
{
	text_printf(out, "CREATE TABLE %s (", name);
	for (const struct column *column = table->columns; column; column = column->next) {
		text_add(out, column == table->columns ? "\n\t" : ",\n\t");
		layout_write_column(out, table, column);
	}
	for (const struct rule *rule = table->rules; rule; rule = rule->next)
		if (!rule->column && (foreign || rule->kind != RULE_FOREIGN)) {
			text_add(out, ",\n\t");
			write_rule(out, rule);
		}
	text_add(out, "\n);\n");
}

/* Spelling that does not matter is spelled one way. */
static const char *
plain(struct arena *arena, const char *text)
{
	struct text out CLEANUP(text_close) = { 0 };
	bool quoted = false;

	for (const char *at = text; *at; at++) {
		quoted ^= *at == '\'';
		if (quoted || (!isspace((unsigned char)*at) && *at != '"'))
			text_char(&out, *at);
		else if (isspace((unsigned char)*at) && at > text && isalnum((unsigned char)at[-1])
			&& isalnum((unsigned char)at[1]))
			text_char(&out, ' ');
	}
	return arena_copy(arena, out.at ? out.at : "", out.len);
}

struct lines {
	struct arena *arena;
	const char **at;
	size_t n, room;
};

static void
add_line(struct lines *lines, const char *line)
{
	if (lines->n == lines->room) {
		const char **more = arena_new(lines->arena, (2 * lines->n + 64) * sizeof(*more));

		if (lines->n)
			memcpy(more, lines->at, lines->n * sizeof(*more));
		lines->at = more;
		lines->room = 2 * lines->n + 64;
	}
	lines->at[lines->n++] = line;
}

static int
in_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_table_lines(struct lines *lines, const struct relation *table)
{
	struct arena *arena = lines->arena;

	for (const struct column *c = table->columns; c; c = c->next)
		add_line(lines, arena_printf(arena, "%s.%s %s%s%s%s%s%s", table->name, c->name,
			plain(arena, c->type), c->key ? " " : "", c->key ? c->key : "",
			c->not_null && !c->key ? " NOT NULL" : "", c->initial ? " DEFAULT " : "",
			c->initial ? plain(arena, c->initial) : ""));
	for (const struct rule *r = table->rules; r; r = r->next)
		add_line(lines, arena_printf(arena, "%s %s %s", table->name,
			plain(arena, r->text), r->kind == RULE_UNIQUE && r->name ? r->name : "-"));
}

void
layout_write(struct text *out, const struct layout *layout)
{
	struct lines lines = { .arena = layout->arena };

	for (const struct relation *table = layout->tables; table; table = table->next)
		add_table_lines(&lines, table);
	for (const struct mark *mark = layout->marks; mark; mark = mark->next)
		add_line(&lines, plain(layout->arena, mark->text));
	for (const struct note *note = layout->notes; note; note = note->next)
		add_line(&lines, arena_printf(layout->arena, "%s: %s", note->on, note->text));
	if (lines.n) /* a database may be empty, and qsort() takes no NULL */
		qsort(lines.at, lines.n, sizeof(*lines.at), in_order);
	for (size_t i = 0; i < lines.n; i++)
		text_printf(out, "%s\n", lines.at[i]);
}
