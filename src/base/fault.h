/* fault.h - why something failed, as a message id with arguments: translatable, testable, never a sentence.
 *
 * The first failure is kept; FAIL() in a caller that adds nothing leaves it. Texts are copied, so a fault
 * outlives the arena of what failed. `field` names the input that a person can mend. */
#pragma once
#include "base/str.h"

enum { FAULT_ARGS = 6, FAULT_TEXT = 512 };

typedef struct fault_arg {
	const char *name; /* a literal: the {name} in the message */
	bool is_text;
	int64_t i;
	str s;
} fault_arg;

typedef struct fault {
	rc code;
	const char *id;    /* a literal, key of the message files in locale/; NULL: no fault */
	const char *where; /* file:line of the FAIL */
	str field;         /* the input at fault, or empty */
	size_t nargs;
	fault_arg arg[FAULT_ARGS];
	size_t used;
	char text[FAULT_TEXT];
} fault;

#define FAULT_STR_(x)  #x
#define FAULT_LINE_(x) FAULT_STR_(x)

/* return FAIL(f, RC_INVALID, "person.nid.malformed");
 * return FAIL(f, RC_LIMIT, "sheet.rows", FA_INT("max", 30000), FA_STR("file", name));
 * return FAIL(f, RC_INVALID, "date.future", FA_FIELD(STR("birth")));
 * A comma expression whose value is the code itself, so that compiler and reader see the failure. */
#define FAIL(f, code, id, ...)                                                                               \
	(fault_set((f), (code), "" id, __FILE__ ":" FAULT_LINE_(__LINE__),                                   \
		   (const fault_arg[]){__VA_ARGS__ __VA_OPT__(, ){0}}),                                      \
	 (code))

#define FA_STR(nm, v)                                                                                        \
	{                                                                                                    \
		.name = "" nm, .is_text = true, .s = (v)                                                     \
	}
#define FA_INT(nm, v)                                                                                        \
	{                                                                                                    \
		.name = "" nm, .i = (int64_t)(v)                                                             \
	}
#define FA_FIELD(v)                                                                                          \
	{                                                                                                    \
		.name = "field", .is_text = true, .s = (v)                                                   \
	}

/* `args` ends with an entry without a name. An argument called "field" also sets f->field. */
void fault_set(fault *f, rc code, const char *id, const char *where, const fault_arg *args);
void fault_clear(fault *f);

/* The same fault elsewhere. Plain assignment would leave its texts pointing into the first. */
void fault_copy(fault *to, const fault *from);

/* The id and its arguments for a log or a developer: "sheet.rows max=30000 (src/io/xlsx.c:120)". */
str fault_print(arena *a, const fault *f);
