#pragma once
/*
 * record - how a kind of health record is declared.  READ THIS FIRST.
 *
 * A file in personal/ or clinic/ fills in one struct record; the engine derives
 * from it the DDL for both databases, validation, JSON, REST, OpenAPI and the
 * web form.  Everything here is const and lives for the whole process.
 *
 * Not declared, because every record gets it: id, created_at, updated_at (see
 * .stamps), the audit entry, indexes on references.
 *
 * May use: base only.  Knows no record by name.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct arena;
struct problems;
struct row;
struct text;
struct work;
struct record;

enum type {
	TYPE_NONE,   /* a hole in the table: catalog_check() refuses it */
	TYPE_TEXT,   /* one line */
	TYPE_NOTE,   /* many lines */
	TYPE_WHOLE,  /* 32-bit integer, 64-bit with .wide */
	TYPE_NUMBER, /* double */
	TYPE_BOOL,
	TYPE_DATE,   /* 2024-02-29 */
	TYPE_MOMENT, /* UTC, to the microsecond */
	TYPE_CHOICE, /* one of a fixed list */
	TYPE_REF,    /* id of a row of another record */
	TYPE_LIST,   /* JSON array of text: tags */
	TYPE_JSON,   /* JSON object (or array), stored as given */
	TYPE__COUNT
};

/* One value a TYPE_CHOICE field may take.  Lists end with {0}. */
struct choice {
	const char *key;   /* in the database, and in JSON unless .json is given */
	const char *label; /* on the page */
	const char *json;  /* printed in JSON, when it differs from key; both are understood */
};

/* What deleting the target does.  In the database KEEP and UNLINK are both NO
 * ACTION, as the contract says; for UNLINK the engine writes NULL first. */
enum on_delete { KEEP, CASCADE, UNLINK, SET_NULL };

/* How text is folded before it is stored. */
enum fold { AS_TYPED, LOWER, UPPER, TITLE };

/*
 * A form a text must have (e-mail, phone ...): gives the text to store, or NULL
 * and why not, the sentence for the problem.  See engine/shape.h.
 */
typedef const char *shape_fn(struct arena *arena, const char *text, const char **why);

struct field {
	const char *name;  /* column, JSON key and form name: one name */
	const char *label;
	const char *help;  /* one sentence: form hint, OpenAPI */
	const char *unit;  /* "mmHg", "lbs"; NULL when none */
	enum type type;

	/* The column. */
	bool not_null;       /* NOT NULL; .required implies it unless .null_stored */
	bool null_stored;    /* required of a request, yet the column takes NULL */
	int size;            /* the schema's length, with a CHECK; 0 = none */
	bool wide;           /* TYPE_WHOLE: 64 bits */
	const char *initial; /* default of column and request, in JSON spelling */
	bool no_default;     /* .initial is the request's only, not the column's */
	bool unique;
	bool fixed_array;    /* TYPE_LIST: TEXT[] on PostgreSQL, not JSONB */
	bool plain_json;     /* TYPE_JSON: JSON on PostgreSQL, not JSONB */
	const char *constraint; /* name of the UNIQUE, when the schema names it */

	/* The request. */
	bool required;       /* must be there and not null in a create; never null in an update */
	bool create_only;    /* silently ignored in an update */
	bool read_only;      /* never taken from a request */
	bool null_ignored;   /* null in a request counts as absent */
	bool trim;
	bool blank_null;     /* "" (after trimming) counts as null */
	bool exact;          /* TYPE_CHOICE: case matters */
	enum fold fold;
	double min, max;     /* length of text in code points, value of a number; 0 = none */
	bool from_zero;      /* min is 0 and meant */
	bool min_open;       /* number: greater than min, not equal */
	double db_min, db_max; /* the CHECK's range when wider than min..max */
	int decimals;        /* TYPE_NUMBER: rounded to so many (0 = as typed, -1 = whole) */
	bool past;           /* a day or moment not after today */
	bool strict_date;    /* nothing but YYYY-MM-DD */
	bool wall;           /* TYPE_MOMENT: any zone dropped, read in the facility's zone */
	shape_fn *shape;
	const char *says;    /* the text of any breach of bounds or choices, else standard */
	bool spoken;         /* standard texts with the label: "<Label> must be ..." */
	const struct choice *choices; /* TYPE_CHOICE */

	/* The reference. */
	const struct record *target; /* TYPE_REF */
	enum on_delete on_delete;

	/* The answer. */
	bool hidden;        /* never printed */
	bool blank_as_null; /* stored '' printed null */
	bool secret;        /* hidden, never logged or exported */
	bool searchable;    /* looked through by q= */
	int since;          /* schema version that brought it; 0 = the first */
};

struct index {
	const char *name;    /* NULL: made from table and columns */
	const char *columns; /* "patient_id, status" */
	const char *where;   /* a partial index's condition, or NULL */
	bool unique;
	bool gin; /* PostgreSQL only */
};

/* An object or array of other rows inside the JSON of a row. */
struct embed {
	const char *key;
	int slot;                      /* TYPE_REF field of ours: one object or null */
	const struct record *children; /* or: rows of this record ... */
	int via;                       /* ... whose TYPE_REF field `via` points at us */
	const char *columns;           /* "id, name"; NULL: all that is printed of it */
	const char *order;             /* of children */
	bool detail;                   /* only when a single row is asked for */
};

/* A query parameter of lists beside those every list has: each choice, flag and
 * reference of the record filters by equality under its own name unasked. */
struct filter {
	const char *name; /* "name" */
	int slot;
	bool contains;    /* case-insensitive substring, else equality */
};

/* Which of the engine's two columns are NOT NULL, and whether they have
 * DEFAULT CURRENT_TIMESTAMP; both always exist. */
enum stamps {
	CREATED_REQUIRED = 1,
	UPDATED_REQUIRED = 2,
	STAMPS_REQUIRED = 3,
	STAMPS_DEFAULT = 4,      /* both have the default now */
	CREATED_DEFAULT = 8
};

struct record {
	const char *name;       /* the table */
	const char *route;      /* the collection's path segment, or NULL: no REST */
	const char *one, *many; /* "Medication", "Medications": messages and page */
	const char *missing;    /* "Medication not found", when not "<one> not found" */
	const char *summary;    /* one sentence */
	const char *entity;     /* the audit's word: "medication" */
	const char *display;    /* the audit's display name when not .one: "Visit" */
	int since;

	bool of_patient;        /* rows belong to a patient through field `patient` */
	int patient;            /* slot of patient_id, when of_patient */
	const struct record *parent; /* or: rows belong to a row of parent ... */
	int parent_slot;             /* ... through this TYPE_REF field */
	bool is_patient;        /* the patients themselves */
	bool shared;            /* everybody reads and adds (practitioners) */
	bool internal;          /* no face shows it: sessions, import flags */

	const struct field *fields;
	size_t n_fields;        /* at most 64 */
	const struct index *indexes;  /* ends with {0} */
	const char *const *checks;    /* table CHECKs in portable SQL, ends with NULL */
	const char *const *uniques;   /* "unique_patient_share (a, b)", ends with NULL */
	const struct embed *embeds;   /* ends with {0} */
	const struct filter *filters; /* ends with {0} */
	bool patient_in_query;  /* a create names its patient by ?patient_id= */
	int created;            /* status of a create; 0: the face's usual */
	enum stamps stamps;
	bool stamps_shown;      /* created_at, updated_at are members of the answer */
	const char *order;      /* of lists; NULL: "id DESC" */
	const char *title;      /* the field whose value names a row for people */
	const char *key;        /* clinic: the business key's column; NULL: id */
	const char *key_prefix; /* clinic: "MRN" */

	/* Fills in what follows from the rest (bmi, title case ...); before check. */
	void (*derive)(struct work *, struct row *);
	/* Rules over several fields.  Reports every problem it finds. */
	void (*check)(struct work *, const struct row *, struct problems *problems);
	/* Rules that need the database, inside the transaction, before the write. */
	enum result (*saving)(struct work *, struct row *);
	/* What must happen in the same transaction after a save. */
	enum result (*saved)(struct work *, const struct row *);
	/* What must happen in the same transaction before a delete. */
	enum result (*dropping)(struct work *, const struct row *);
};

/*
 * One constructor per type, so that a declaration reads as a table: kind,
 * slot, name, label, then only what is special about this field.
 */
#define FIELD_(slot, kind, key, text, ...)                                             \
	[slot] = { .name = (key), .label = (text), .type = (kind), __VA_ARGS__ }
#define TEXT(slot, key, text, ...)   FIELD_(slot, TYPE_TEXT, key, text, __VA_ARGS__)
#define NOTE(slot, key, text, ...)   FIELD_(slot, TYPE_NOTE, key, text, __VA_ARGS__)
#define WHOLE(slot, key, text, ...)  FIELD_(slot, TYPE_WHOLE, key, text, __VA_ARGS__)
#define NUMBER(slot, key, text, ...) FIELD_(slot, TYPE_NUMBER, key, text, __VA_ARGS__)
#define FLAG(slot, key, text, ...)   FIELD_(slot, TYPE_BOOL, key, text, __VA_ARGS__)
#define DATE(slot, key, text, ...)   FIELD_(slot, TYPE_DATE, key, text, __VA_ARGS__)
#define MOMENT(slot, key, text, ...) FIELD_(slot, TYPE_MOMENT, key, text, __VA_ARGS__)
#define LIST(slot, key, text, ...)   FIELD_(slot, TYPE_LIST, key, text, __VA_ARGS__)
#define JSON(slot, key, text, ...)   FIELD_(slot, TYPE_JSON, key, text, __VA_ARGS__)
#define CHOICE(slot, key, text, list, ...)                                             \
	FIELD_(slot, TYPE_CHOICE, key, text, .choices = (list), __VA_ARGS__)
#define REF(slot, key, text, to, ...)                                                  \
	FIELD_(slot, TYPE_REF, key, text, .target = &(to), __VA_ARGS__)
/* A field at the end of a table that no other line speaks of needs no slot:
 * ALSO(TYPE_TEXT, "nickname", "Nickname", .max = 50), */
#define ALSO(kind, key, text, ...)                                                     \
	{                                                                              \
		.name = (key), .label = (text), .type = (kind), __VA_ARGS__            \
	}
/* The patient a record belongs to. */
#define PATIENT_REF(slot, to, ...)                                                     \
	REF(slot, "patient_id", "Patient", to, .required = true, .create_only = true,  \
		.on_delete = CASCADE, .min = 1, __VA_ARGS__)
/* The list of the owner's tags, the same on every record that has one: at most
 * 15, each at most 50 characters after folding (personal-api 1.8). */
#define TAGS(slot) FIELD_(slot, TYPE_LIST, "tags", "Tags", .initial = "[]")
