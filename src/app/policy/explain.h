/* explain.h - why a decision came out as it did: as data, and as sentences in both languages.
 *
 * Nothing of it is stored: the version of a policy and the inputs as of then give it again, exactly. */
#pragma once
#include "app/policy/policy.h"
#include "base/msg.h"
#include "base/vec.h"

typedef struct policy_asked {
	const policy_row *row;
	const feel_value *holds; /* one a column: true, false, null */
	bool fired;
	size_t failed; /* cells that do not hold */
} policy_asked;

/* A table that was asked on the way, in the order of evaluation: what feeds the decision comes first. */
typedef struct policy_reading {
	const policy *p; /* the layer that it is of */
	const policy_decision *decision;
	const feel_value *in; /* one a column */
	size_t refused;       /* the column whose value is not allowed; nin: none */
	const policy_asked *row;
	size_t nrows; /* rows that fired, in their order; then the others, those with the fewest failed cells
			 first */
	size_t nfired;
} policy_reading;

typedef struct policy_explanation {
	const policy *p;
	const policy_decision *decision;
	feel_value result;
	const policy_reading *reading;
	size_t nreadings;
} policy_explanation;

/* Decides, and tells how. What the decision asks of the layers above (POLICY_ABOVE) is decided first, unless
 * `inputs` gives it; their readings come first. `env` gives now and zones. RC_NOT_FOUND: no such decision;
 * RC_LIMIT. */
rc policy_explain(arena *a, fault *f, const policy *p, str decision, const feel_context *inputs,
		  const feel_env *env, policy_explanation *out) MUST_USE;

/* The inputs with what the decision asks of the layers above added to them. Failures as policy_explain. */
rc policy_with_above(arena *a, fault *f, const policy *p, const policy_decision *d,
		     const feel_context *inputs, const feel_env *env, feel_context *out) MUST_USE;

/* As JSON, one object: what was decided, every table that was asked, both sentences. */
void policy_explain_json(buf *b, const policy_explanation *x);

/* ,"row":"R1","says":{…},"citations":[…]: what a rule that fired is called and what it stands on, for a JSON
 * object under construction. Nothing when the policy has no such table or rule. */
void policy_row_json(buf *b, const policy *p, str table, size_t rule);

/* An explanation in sentences, in this order. */
typedef enum policy_line_kind {
	POLICY_LINE_RESULT,
	POLICY_LINE_REFUSED, /* a value that is not allowed */
	POLICY_LINE_ROW,     /* the row that fired, in words; its cells and its law follow */
	POLICY_LINE_CELL,
	POLICY_LINE_LAW,
	POLICY_LINE_MISSING, /* plain only: the name of what nobody recorded and the answer needs */
	POLICY_LINE_NEAR     /* what would have to be otherwise for another row */
} policy_line_kind;

typedef struct policy_line {
	policy_line_kind kind;
	str text;
	str column;                 /* of a cell or a missing value: what was asked */
	const policy_citation *law; /* POLICY_LINE_LAW */
} policy_line;

typedef VEC(policy_line) policy_lines;

/* `plain`: for the person himself, without ids of rows, and telling what is missing. */
policy_lines policy_explain_lines(arena *a, msg_lang lang, bool plain, const policy_explanation *x);

/* The same in a sentence or two, for a page that must be short. */
typedef struct policy_brief {
	str name;       /* what was decided, as people call it */
	str answer;     /* 每月 50 元, 不发, 还不能确定 */
	str because;    /* the row in words; empty where none fired */
	str otherwise;  /* what would have to be otherwise for a better answer; or empty */
	bool open;      /* there is no answer: */
	bool unwritten; /* for no document that was seen says it; else for something is not recorded */
} policy_brief;

void policy_explain_brief(arena *a, msg_lang lang, const policy_explanation *x, policy_brief *out);

/* For a person: what came out, by which row of which law, what was seen, and what would have to be otherwise
 * for the nearest other rows. A line each. */
void policy_explain_say(buf *b, msg_lang lang, const policy_explanation *x);

/* A cell in words: `"一级", "二级"` is 一级或二级, `[0.02..0.05)` is at least 0.02 and below 0.05. */
void policy_cell_say(buf *b, msg_lang lang, str cell);

/* What the sentences call a column, a value and a unit; what the articles say that a row cites, a sentence
 * each. */
str policy_column_text(arena *a, msg_lang lang, const policy *p, const policy_column *c);
str policy_value_text(arena *a, msg_lang lang, feel_value v);
str policy_unit_text(arena *a, msg_lang lang, str unit);
policy_lines policy_law_lines(arena *a, msg_lang lang, const policy *p, str citations);
