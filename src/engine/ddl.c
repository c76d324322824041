/*
 * ddl - CREATE TABLE and CREATE INDEX from the declarations, twice.
 *
 * Ids are never used twice: AUTOINCREMENT and IDENTITY.  What the contract calls
 * RESTRICT is NO ACTION and not deferrable: SQLite would check RESTRICT in the
 * middle of a patient's cascade, and a deferred check would fail a whole group
 * of writes at COMMIT.
 */
#include "engine/ddl.h"

#include <string.h>

static const char *
plain_type(const struct field *f, enum dialect dialect)
{
	bool lite = dialect == SQLITE;

	switch (f->type) {
	case TYPE_WHOLE:
		return f->wide ? "BIGINT" : "INTEGER";
	case TYPE_REF:
		return "INTEGER";
	case TYPE_NUMBER:
		return lite ? "REAL" : "DOUBLE PRECISION";
	case TYPE_BOOL:
		return "BOOLEAN";
	case TYPE_DATE:
		return "DATE";
	case TYPE_MOMENT:
		return lite ? "DATETIME" : "TIMESTAMPTZ";
	case TYPE_LIST:
		return lite ? "JSON" : f->fixed_array ? "TEXT[]" : "JSONB";
	case TYPE_JSON:
		return lite || f->plain_json ? "JSON" : "JSONB";
	case TYPE_NOTE:
		return "TEXT";
	case TYPE_TEXT:
	case TYPE_CHOICE:
	case TYPE_NONE:
	case TYPE__COUNT:
		break;
	}
	return "VARCHAR";
}

static const char *const on_deletes[] = { [KEEP] = "NO ACTION", [CASCADE] = "CASCADE",
	[UNLINK] = "NO ACTION", [SET_NULL] = "SET NULL" };

static bool
quoted(const struct field *f)
{
	return f->type != TYPE_WHOLE && f->type != TYPE_NUMBER && f->type != TYPE_BOOL
		&& f->type != TYPE_REF;
}

/* A constant of the declaration as an SQL string. */
static void
write_string(struct text *out, const char *string, size_t n)
{
	text_char(out, '\'');
	for (size_t i = 0; i < n; i++) {
		if (string[i] == '\'')
			text_char(out, '\'');
		text_char(out, string[i]);
	}
	text_char(out, '\'');
}

static void
write_default(struct text *out, const struct field *f)
{
	const char *initial = f->initial;
	size_t n;

	if (!initial || f->no_default)
		return;
	n = strlen(initial);
	if (initial[0] == '"') { /* a JSON string */
		initial++;
		n -= 2;
	}
	if (quoted(f)) {
		text_add(out, " DEFAULT ");
		write_string(out, initial, n);
	} else if (f->type == TYPE_BOOL) {
		text_printf(out, " DEFAULT %s", initial[0] == 't' ? "TRUE" : "FALSE");
	} else {
		text_printf(out, " DEFAULT %s", initial);
	}
}

static void
write_choices(struct text *out, const struct field *f)
{
	text_printf(out, " CHECK (%s IN (", f->name);
	for (const struct choice *c = f->choices; c->key; c++) {
		text_add(out, c == f->choices ? "" : ", ");
		write_string(out, c->key, strlen(c->key));
	}
	text_add(out, "))");
}

static void
write_range(struct text *out, const struct field *f)
{
	bool wider = f->db_min < 0 || f->db_min > 0 || f->db_max > 0;
	double min = wider && f->db_min < f->min ? f->db_min : f->min;
	double max = f->db_max > f->max ? f->db_max : f->max;
	bool least = f->from_zero || min > 0 || min < 0 || max > 0;

	if (f->type != TYPE_WHOLE && f->type != TYPE_NUMBER)
		return;
	if (max > 0 && least && !f->min_open)
		text_printf(out, " CHECK (%s BETWEEN %.15g AND %.15g)", f->name, min, max);
	else if (least)
		text_printf(out, " CHECK (%s %s %.15g)", f->name, f->min_open ? ">" : ">=", min);
	if (f->min_open && max > 0)
		text_printf(out, " CHECK (%s <= %.15g)", f->name, max);
}

static void
write_checks(struct text *out, const struct field *f, enum dialect dialect)
{
	if (f->type == TYPE_CHOICE)
		write_choices(out, f);
	else if (f->size && dialect == SQLITE)
		text_printf(out, " CHECK (length(%s) <= %d)", f->name, f->size);
	write_range(out, f);
	if (dialect == SQLITE && f->type == TYPE_BOOL)
		text_printf(out, " CHECK (%s IN (0, 1))", f->name);
}

static bool
is_text(const char *type)
{
	return strncmp(type, "VARCHAR", 7) == 0 || strncmp(type, "TEXT", 4) == 0;
}

static void
write_column(struct text *out, const struct field *f, enum dialect dialect)
{
	const char *type = plain_type(f, dialect);

	text_printf(out, "\t%s %s", f->name, type);
	if (f->size && strcmp(type, "VARCHAR") == 0)
		text_printf(out, "(%d)", f->size);
	if (dialect == POSTGRES && is_text(type))
		text_add(out, " COLLATE \"C\""); /* sorted by code point, as in SQLite */
	if (f->not_null || (f->required && !f->null_stored))
		text_add(out, " NOT NULL");
	write_default(out, f);
	if (f->unique && !f->constraint)
		text_add(out, " UNIQUE");
	if (f->unique && f->constraint)
		text_printf(out, " CONSTRAINT %s UNIQUE", f->constraint);
	write_checks(out, f, dialect);
	if (f->type == TYPE_REF && dialect == SQLITE)
		text_printf(out, " REFERENCES %s (id) ON DELETE %s", f->target->name,
			on_deletes[f->on_delete]);
}

static void
write_stamp(struct text *out, const struct record *rec, const char *name, unsigned required,
	enum dialect dialect)
{
	bool now = rec->stamps & STAMPS_DEFAULT
		|| (rec->stamps & CREATED_DEFAULT && strcmp(name, "created_at") == 0);

	text_printf(out, ",\n\t%s %s%s%s", name, dialect == SQLITE ? "DATETIME" : "TIMESTAMPTZ",
		rec->stamps & required ? " NOT NULL" : "", now ? " DEFAULT CURRENT_TIMESTAMP" : "");
}

void
ddl_table(struct text *out, const struct record *rec, enum dialect dialect)
{
	text_printf(out, "CREATE TABLE %s (\n\tid INTEGER PRIMARY KEY", rec->name);
	text_add(out, dialect == SQLITE ? " AUTOINCREMENT" : " GENERATED BY DEFAULT AS IDENTITY");
	for (size_t i = 0; i < rec->n_fields; i++) {
		text_add(out, ",\n");
		write_column(out, &rec->fields[i], dialect);
	}
	write_stamp(out, rec, "created_at", CREATED_REQUIRED, dialect);
	write_stamp(out, rec, "updated_at", UPDATED_REQUIRED, dialect);
	for (const char *const *check = rec->checks; check && *check; check++)
		text_printf(out, ",\n\tCHECK (%s)", *check);
	for (const char *const *unique = rec->uniques; unique && *unique; unique++) {
		int n = (int)strcspn(*unique, " ");

		text_printf(out, ",\n\tCONSTRAINT %.*s UNIQUE%s", n, *unique, *unique + n);
	}
	text_add(out, "\n);\n");
}

static void
write_index(struct text *out, const struct record *rec, const struct index *index,
	enum dialect dialect)
{
	text_printf(out, "CREATE %sINDEX ", index->unique ? "UNIQUE " : "");
	if (index->name) {
		text_add(out, index->name);
	} else {
		text_printf(out, "ix_%s_", rec->name);
		for (const char *c = index->columns; *c; c++)
			if (*c != ' ')
				text_char(out, *c == ',' ? '_' : *c);
	}
	text_printf(out, " ON %s %s(%s)", rec->name,
		index->gin && dialect == POSTGRES ? "USING gin " : "", index->columns);
	if (index->where)
		text_printf(out, " WHERE %s", index->where);
	text_add(out, ";\n");
}

static bool
leads(const char *columns, const char *name)
{
	size_t n = strlen(name);

	return strncmp(columns, name, n) == 0 && (columns[n] == '\0' || columns[n] == ',');
}

/* A whole (not partial) index or UNIQUE that begins with the column. */
static bool
indexed(const struct record *rec, const struct field *f)
{
	if (f->unique)
		return true;
	for (const struct index *index = rec->indexes; index && index->columns; index++)
		if (!index->where && !index->gin && leads(index->columns, f->name))
			return true;
	for (const char *const *unique = rec->uniques; unique && *unique; unique++)
		if (leads(strchr(*unique, '(') + 1, f->name))
			return true;
	return false;
}

void
ddl_indexes(struct text *out, const struct record *rec, enum dialect dialect)
{
	for (const struct index *index = rec->indexes; index && index->columns; index++)
		if (!index->gin || dialect == POSTGRES)
			write_index(out, rec, index, dialect);
	for (size_t i = 0; i < rec->n_fields; i++) {
		const struct field *f = &rec->fields[i];

		if (f->type == TYPE_REF && !indexed(rec, f))
			write_index(out, rec, &(struct index){ .columns = f->name }, dialect);
		if (f->type == TYPE_LIST && !f->fixed_array && dialect == POSTGRES)
			write_index(out, rec, &(struct index){ .columns = f->name, .gin = true },
				dialect);
	}
}

/* PostgreSQL wants the target to be there; users and patients point at each
 * other, so all references come last. */
static void
write_references(struct text *out, const struct record *rec)
{
	for (size_t i = 0; i < rec->n_fields; i++) {
		const struct field *f = &rec->fields[i];

		if (f->type == TYPE_REF)
			text_printf(out,
				"ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (id) ON DELETE %s;\n",
				rec->name, f->name, f->target->name, on_deletes[f->on_delete]);
	}
}

static void
write_comments(struct text *out, const struct record *rec)
{
	if (rec->summary) {
		text_printf(out, "COMMENT ON TABLE %s IS ", rec->name);
		write_string(out, rec->summary, strlen(rec->summary));
		text_add(out, ";\n");
	}
	for (size_t i = 0; i < rec->n_fields; i++) {
		const struct field *f = &rec->fields[i];
		struct text words CLEANUP(text_close) = { 0 };

		text_printf(&words, "%s%s%s%s%s%s", f->label, f->unit ? " (" : "",
			f->unit ? f->unit : "", f->unit ? ")" : "", f->help ? ". " : "",
			f->help ? f->help : "");
		text_printf(out, "COMMENT ON COLUMN %s.%s IS ", rec->name, f->name);
		write_string(out, words.at, words.len);
		text_add(out, ";\n");
	}
}

void
ddl_write(struct text *out, const struct catalog *catalog, enum dialect dialect)
{
	for (const struct record *const *rec = catalog->records; *rec; rec++)
		ddl_table(out, *rec, dialect);
	for (const struct record *const *rec = catalog->records; *rec; rec++)
		ddl_indexes(out, *rec, dialect);
	for (const struct record *const *rec = catalog->records; *rec && dialect == POSTGRES; rec++)
		write_references(out, *rec);
	for (const struct record *const *rec = catalog->records; *rec && dialect == POSTGRES; rec++)
		write_comments(out, *rec);
}
