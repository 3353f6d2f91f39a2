/* policy.h - a policy as its folder says it: decision tables, the law beside each row, test persons.
 *
 *   policies/ID/policy.dmn       DMN 1.5: inputs, item definitions, decisions that are tables or expressions
 *   policies/ID/citations.yaml   documents and what their articles say
 *   policies/ID/tests.csv        one person a line: the inputs, what he should get, which rows fire
 *
 * docs/policies.md describes the three. What DMN has no place for stands in extensionElements as attributes
 * of one element of our own name space (POLICY_SPACE): <zc:row citation="gb-5.3" …/>. Everything that can be
 * wrong in the files is found here; a loaded policy is read-only and may be shared between threads. */
#pragma once
#include "feel/dmn.h"

#define POLICY_SPACE "urn:zhucan:policy:1"

/* The input by which a layer asks what the layers above it decide: 上级.金额. */
#define POLICY_ABOVE STR("上级")

/* The input that is the month assessed, as its first day. */
#define POLICY_MONTH STR("月份")

/* ---- policy.dmn, as text: what is written and read without loss ----
 *
 * A name is Chinese and the one of FEEL, a label the English one. A text that is not there is empty. */

/* An item definition: <itemDefinition name= label= isCollection=>, typeRef, allowedValues, itemComponent. */
typedef struct policy_type policy_type;
struct policy_type {
	str name, label;
	str base;    /* typeRef; empty when there are parts */
	str allowed; /* unary tests */
	bool list;
	const policy_type *part; /* itemComponents */
	size_t nparts;
};

/* <inputData>: `type` is a built-in type or one of the item definitions. */
typedef struct policy_input {
	str id, name, label, type;
	str says; /* <description>: what it is called among people; empty: its name */
} policy_input;

/* An input clause: what is asked, its type, the values that it may take. */
typedef struct policy_column {
	str id, label, expr, type, allowed;
} policy_column;

/* An output clause; `otherwise` is what holds without a row. In zc:column: unit ("yuan/month"). */
typedef struct policy_output {
	str id, name, label, type, allowed, otherwise, unit;
} policy_output;

/* A rule: what the law says in one row. */
typedef struct policy_row {
	str id;           /* how it is cited: stable, never its position */
	const str *test;  /* one a column, "-" where nothing is asked */
	const str *value; /* one an output */
	str zh, en;       /* in words: <description> and label */
	str citation;     /* zc:row: ids of citations.yaml, with spaces between */
	str confidence;   /* A notice or official portal, B quoted, C secondary */
	str published;    /* a day, when the document was made known */
	str supersedes;   /* the id of the row that it takes the place of */
	str reason;       /* a decision that it only hands on: why it fired is for that one to say */
	bool unknown;     /* the source does not say: the row answers null, and `zh`/`en` say why */
	size_t line;      /* of the file; 0: not read from one */
} policy_row;

typedef struct policy_table {
	str id;
	str hit, aggregation; /* as DMN spells them; empty is UNIQUE */
	const policy_column *in;
	const policy_output *out;
	const policy_row *row;
	size_t nin, nout, nrows;
} policy_table;

typedef struct policy_decision {
	str id, name, label, type;
	str says;         /* as that of an input */
	str floor;        /* zc:decision: a decision of which no layer below may give less than this one */
	const str *needs; /* names of inputs and decisions, in the order written */
	size_t nneeds;
	const policy_table *table; /* or NULL, and then */
	str expr;                  /* a literal expression; in words: */
	str zh, en;                /* <description> and label of the expression */
	str citation;              /* zc:row, of the expression */
	size_t line;
} policy_decision;

typedef struct policy_doc {
	str id, name, label, space; /* of <definitions> */
	str subject;                /* zc:policy: whom it decides about: "person", or empty */
	str begins, ends;           /* zc:policy: see policy_begins; empty: not said in this layer */
	const policy_type *type;
	const policy_input *input;
	const policy_decision *decision;
	size_t ntypes, ninputs, ndecisions;
} policy_doc;

/* The text level of a policy.dmn. RC_INVALID dmn.*, xml.*, policy.* with file and line; RC_LIMIT. A policy
 * holds tables and literal expressions only: anything else of DMN is policy.element. */
rc policy_doc_read(arena *a, fault *f, str file, str xml, policy_doc **out) MUST_USE;

/* NULL: there is none. */
const policy_decision *policy_decision_find(const policy_doc *d, str name);
const policy_type *policy_type_find(const policy_doc *d, str name);
const policy_input *policy_input_find(const policy_doc *d, str name);
const policy_row *policy_row_find(const policy_doc *d, str id, const policy_decision **of);

/* ---- citations.yaml ---- */

typedef struct policy_citation {
	str id;
	str number; /* 国发〔2015〕52号 */
	str title_zh, title_en;
	str article;
	str zh, en;     /* what it says, in short */
	str link;       /* or empty */
	bool unsourced; /* not seen in an official text: data to be replaced */
} policy_citation;

/* ---- tests.csv ---- */

typedef struct policy_expected {
	const policy_decision *decision;
	feel_value value;
} policy_expected;

typedef struct policy_person {
	str name, why;
	size_t line;
	feel_context inputs; /* those that are given; the others are null */
	const policy_expected *expected;
	size_t nexpected;
	const policy_row *const *row; /* that must fire, and no others of their tables */
	size_t nrows;
} policy_person;

/* ---- the whole ---- */

typedef struct policy_files {
	str name;                  /* of the folder, for faults: "policies/grading/visual" */
	str dmn, citations, tests; /* texts; none: empty. Without citations what rows cite is not looked up */
	str months;                /* test persons with a life, for app/entitlement; often none */
	const struct policy *above; /* the layer above (layers.h); NULL: none, or not known yet */
} policy_files;

typedef struct policy {
	str file;
	str dmn, yaml;              /* the texts that it was loaded from */
	const struct policy *above; /* whose decisions are the entries of the input POLICY_ABOVE */
	const policy_doc *doc;
	const dmn_model *model;
	const policy_citation *citation;
	size_t ncitations;
	const policy_person *person;
	size_t npersons;
} policy;

enum { POLICY_FILE_MAX = 4 << 20, POLICY_TESTS_MAX = 20000 };

/* The three files of a folder. RC_NOT_FOUND policy.file: no policy.dmn or no citations.yaml there. */
rc policy_files_read(arena *a, fault *f, str dir, policy_files *out) MUST_USE;

/* RC_INVALID dmn.*, feel.*, yaml.*, csv.*, policy.* with file, decision, rule, column, and what to do.
 * `zones` for the values of test persons. */
rc policy_load(arena *a, fault *f, const policy_files *files, feel_zones *zones, const policy **out) MUST_USE;

/* What a test person gives for an input of this layer or one above, as people write it or as FEEL. False: the
 * text is no value of that input's type, or there is no such input. */
bool policy_input_read(arena *a, const policy *p, str name, str cell, feel_zones *zones, feel_value *out);

/* What somebody is entitled to by the month begins with the month of his application, or with the next
 * (begins="next-month"); it ends with the month after the loss, or with that of the loss (ends="same-month").
 * The lowest layer that says it says it for all above. */
bool policy_begins_next_month(const policy *p);
bool policy_ends_same_month(const policy *p);

/* NULL: there is none. */
const policy_citation *policy_citation_find(const policy *p, str id);
