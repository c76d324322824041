#pragma once
/*
 * tools - what an agent can do: each tool declared once.
 *
 * From a declaration follow the input schema, the check of the arguments, the
 * output schema, the annotations, who is shown it and who may call it.  What a
 * tool does it does through rows.h, store.h and access.h, as REST does.
 *
 * An output is described in a small language: "status:s n:i patients[mrn:s
 * dob:s?] insurance{provider:s?}": s text, i whole, n number, b bool, m moment,
 * j JSON, o object; ? after it: may be null; {} an object, [] a list of objects.
 */
#include "base/text.h"
#include "engine/access.h"
#include "engine/call.h"
#include "engine/row.h"

enum manner { READS, CREATES, CHANGES, DESTROYS };

struct tool {
	const char *name, *title, *about;
	struct record input;       /* fields only */
	const char *output;
	const struct record *rec;  /* whose right is asked; NULL: anybody's */
	enum verb verb;
	enum manner manner;
	bool nulls;                /* null as an argument means something */
	bool open;                 /* answers who has no credentials yet */
	bool grants;               /* ends in turn->grant, which is signed and issued */
	/* Reads in the READ lane, all others in the WRITE lane; what it writes is one
	 * JSON object. */
	enum result (*run)(struct work *w, const struct row *in, struct text *out);
};

#define INPUT(list) .input = { .name = "arguments", .fields = (list), .n_fields = COUNT(list) }
#define MRN_HELP "Medical record number of the patient, such as MRN001."

extern const struct tool tools_clients[], tools_charts[], tools_visits[], tools_orders[];

const struct tool *tools_find(const char *name);
/* Whether the actor would be let in. */
bool tools_open_to(struct work *w, const struct tool *tool);
/* The names of those who would not, for SQL's NOT IN; they are the program's own words. */
const char *tools_closed_to(struct work *w);

/* Changes when tools/list would. */
uint64_t tools_mark(struct work *w);

/* tools/list, tools/call */
enum result tools_list(struct work *w);
enum result tools_call(struct work *w);

/* For a proposal that was accepted: checks the arguments and runs the tool inside
 * the write; its JSON goes to out. */
MUST_CHECK enum result tools_run(struct work *w, const struct tool *tool, json_t *args,
	struct text *out);
