/* terms.h - the words in which a service speaks: which names its expressions know, and their values in a
 * case.
 *
 *   年龄              the answer of this case to the field of that name, or what is computed from answers
 *   申请人.证件状态   what the register knows of the applicant today
 *   件.步骤           the case itself: 编号, 步骤, 渠道, 申请方式, 提交日期, 受理日期
 *   文书.文号         a document that is being made: 机关, 电话, 日期, 理由, 申诉机关, 申诉截止, …
 *   今天              the day of the act
 *   参数.注销限制月数 a number or code of lists/parameters.yaml, as it is in force at the case's place that
 * day 需要监护人        a term that the service defines from the others, under `terms:`
 *
 * The value of a code is its Chinese word, of a yes-or-no a truth, of a day a date, of an amount of money its
 * yuan; what is not known is null.
 */
#pragma once
#include "app/field/field.h"
#include "app/parameter/parameter.h"
#include "feel/feel.h"
#include "io/yaml.h"

typedef enum kase_word {
	WORD_SUBMITTED, /* days */
	WORD_ACCEPTED,
	WORD_NUMBER, /* texts */
	WORD_SERVICE,
	WORD_STEP,
	WORD_CHANNEL,
	WORD_ASKS_AS,
	WORD_DOCUMENT, /* of a document being made, from here on */
	WORD_TITLE,
	WORD_OFFICE,
	WORD_PHONE,
	WORD_DAY,
	WORD_SUBMITTED_ON,
	WORD_REASON,
	WORD_OUTCOME,
	WORD_APPEAL_TO,
	WORD_APPEAL_BY,
	WORD_LAST_DAY,
	WORD_INSTITUTION,
	WORD_CODE,
	WORD_AMOUNT, /* of what the service serves: granted, or as the policy says today */
	WORD_FROM,   /* the month from which it is granted */
	WORD_ROW,
	WORD_ROW_NAME,
	KASE_WORDS
} kase_word;

/* One expression of a definition, parsed and checked. */
typedef struct service_term {
	str name; /* of a named term, else empty */
	feel_expr *expr;
	uint32_t line;
} service_term;

/* Slots: the catalogue's fields as answers, the same as the register's, the case's words, today, the terms.
 */
typedef struct service_words {
	const catalogue *fields;
	const parameters *parameters; /* those that expressions may name; NULL: none */
	bool lenient;                 /* names that nothing has are null */
	feel_scope *scope;
	service_term *term;
	size_t nterms, cap;
	feel_expr **derived; /* of each field that is computed; NULL else */
} service_words;

rc words_open(arena *a, fault *f, const catalogue *fields, const parameters *set, size_t terms,
	      service_words **out) MUST_USE;

/* Names that nothing has are null, not an error. */
void words_allow_unknown(service_words *w);

/* Adds a term that later expressions may use. RC_INVALID service.term_name: the word means something already.
 */
rc words_define(arena *a, fault *f, service_words *w, const yaml *name, const yaml *v) MUST_USE;

/* Parses the expression of a node, which must be able to be true or false.
 * RC_INVALID service.feel (does not parse or knows a name not; {detail}), service.not_truth, service.word (a
 * text that no code list of the fields used has). */
rc words_parse(arena *a, fault *f, const service_words *w, const yaml *v, service_term *out) MUST_USE;

/* What a case knows when an expression asks. */
typedef struct words_env {
	void *ctx;
	str (*answer)(void *ctx, const field *x); /* stored text; empty: none */
	/* of the applicant's record; several values with blanks between */
	str (*register_)(void *ctx, const field *x);
	str word[KASE_WORDS]; /* days as texts */
	int64_t now;
	const parameters *parameters; /* in force; NULL: none */
	int64_t region;               /* whose */
} words_env;

/* Does it hold?  Null counts as false. RC_LIMIT as feel_eval. */
rc words_hold(arena *a, fault *f, const service_words *w, const service_term *t, const words_env *env,
	      bool *out) MUST_USE;

/* Is it an expression in the words of this service?  RC_INVALID, RC_LIMIT: feel.*. */
rc words_know(arena *a, fault *f, const service_words *w, str expression) MUST_USE;

/* What the register knows of a field, or what is computed from that; a list where a person may hold several
 * values. Null: nothing. */
feel_value words_recorded(arena *a, const service_words *w, const field *x, const words_env *env);

/* What the case answers to a field, or what is computed from its answers. Null: nothing. */
feel_value words_answered(arena *a, const service_words *w, const field *x, const words_env *env);

/* Its value as text: what a document's {{…}} prints. Null is the empty text. */
rc words_text(arena *a, fault *f, const service_words *w, str expression, const words_env *env,
	      str *out) MUST_USE;
