/* field.h - the field catalogue and the code lists: what is known about a person, what it is called, which
 * values it takes, who may see it.
 *
 * lists/fields.yaml and lists/codes/LIST.yaml are read once, when the program starts, into one immutable
 * `catalogue` that all threads share. The Chinese name of a field is its name in FEEL, on forms, in sheets
 * and in exports; `id` is its name in SQL, JSON and C. Reading and showing values is value.h's. */
#pragma once
#include "app/role/role.h"
#include "base/map.h"
#include "io/pack.h"

typedef enum field_type {
	FIELD_TEXT,
	FIELD_NAME, /* of a person or of an account's holder */
	FIELD_NID,
	FIELD_CERTIFICATE,
	FIELD_DATE,
	FIELD_MONTH,
	FIELD_CODE,
	FIELD_FLAG,
	FIELD_INT,
	FIELD_DECIMAL,
	FIELD_MONEY,
	FIELD_PHONE,
	FIELD_REGION,
	FIELD_ADDRESS,
	FIELD_BANK,
	FIELD_TYPES
} field_type;

typedef enum field_subject {
	SUBJECT_PERSON,
	SUBJECT_CERTIFICATE,
	SUBJECT_GUARDIAN,
	SUBJECT_BANK,
	SUBJECT_HOUSEHOLD,
	SUBJECT_ORGANISATION,
	SUBJECT_CASE,
	SUBJECT_PAYMENT,
	SUBJECT_ACTIVITY,
	SUBJECTS
} field_subject;

typedef enum field_home {
	HOME_COLUMN,  /* of table `where` */
	HOME_FACT,    /* dated, with its source */
	HOME_DERIVED, /* computed, never stored */
	HOME_PART,    /* only a column of sheets: a piece of the text of field `where` */
} field_home;

typedef struct code_item {
	str code, zh, en;
	str only;       /* the one form that offers it; empty: all do */
	bool alone;     /* where several may be chosen, not beside another: "无" */
	int64_t number; /* code_number(code) */
} code_item;

typedef struct code_list {
	str id, zh, en;
	size_t n;
	const code_item *item; /* in the order of the screen */
	map words;             /* every folded spelling: code, zh, en, also */
	map codes;
} code_list;

typedef struct field {
	str id, name, en;
	field_type type;
	field_subject subject;
	field_home home;
	str where;             /* HOME_COLUMN: the table; HOME_PART: the field it is a piece of */
	str feel;              /* HOME_DERIVED: what computes it */
	str unit;              /* of a measure: "dB HL", "°"; empty: none */
	const code_list *list; /* FIELD_CODE only */
	field_class class;     /* 0: secret, shown to nobody */
	bool sealed;           /* stored only under the person's key */
	bool many;             /* of facts and answers of a case: several values may hold at once */
	const str *also;       /* other headings for it */
	size_t nalso;
	size_t number; /* its place in catalogue.field */
} field;

/* Words of sheets that are no value of any field, as they are written (folded). */
typedef struct catalogue {
	const field *field;
	size_t n;
	const code_list *list;
	size_t nlists;
	map ids, names, headings, lists;
	map absent, yes, no; /* "无", "/"; "是", "√"; "否", "×" */
	map pictures; /* lists/pictures.yaml: by name, a `str`: the path of an SVG in a field of 48 by 48 */
} catalogue;

enum { FIELDS_MAX = 1024, CODE_LISTS_MAX = 256, CODES_MAX = 4096 };

/* Reads both from the pack into `a`.
 * RC_INVALID: yaml.*, or field.* with file, line and what to do. RC_LIMIT: yaml.size, yaml.depth,
 * field.many. */
rc catalogue_load(arena *a, fault *f, const pack *p, const catalogue **out) MUST_USE;

/* NULL: there is none. */
const field *field_find(const catalogue *c, str id);
const field *field_by_name(const catalogue *c, str name);
const code_list *code_list_find(const catalogue *c, str id);
/* The line that draws the picture of that name; empty: there is none. */
str picture_find(const catalogue *c, str id);

/* The field that a column of a sheet means: its name, id, English name or one of its other headings, however
 * it is spaced, bracketed or punctuated; "监护人（姓名）" and "身份证号（18 位）" too. NULL: none. */
const field *field_by_heading(const catalogue *c, str heading);

/* What is compared of a heading or of a word in a cell: full-width forms folded, ASCII in lower case, without
 * spaces, line ends, brackets, punctuation. */
str heading_fold(arena *a, str s);

/* The item of a code, as stored. NULL: none. */
const code_item *code_find(const code_list *l, str code);
/* The item that a code, a Chinese or English text or one of its variants means. NULL: none. */
const code_item *code_read(const code_list *l, str text);
/* A code as a column of integers keeps it: "07" is 7, and one capital letter is A = 10 … Z = 35. -1: neither.
 */
int64_t code_number(str code);
const code_item *code_by_number(const code_list *l, int64_t number);

extern const str field_type_names[FIELD_TYPES];
extern const str field_subject_names[SUBJECTS];
