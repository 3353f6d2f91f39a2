/* feel.h - FEEL, the expression language of DMN 1.5: parse once, evaluate many times.
 *
 *   feel_scope *names = feel_scope_open(a);
 *   feel_scope_add(names, STR("年龄"), 0, feel_type_named(STR("number")));
 *   TRY(feel_parse(a, f, STR("年龄 >= 60"), names, FEEL_EXPRESSION, &expr));
 *   TRY(feel_eval(a, f, expr, &env, &value));
 *
 * A name becomes a slot when the expression is parsed; evaluation asks env->lookup for the slots it comes to
 * and for no others. An expression and its scope are read-only once made and may be shared between threads.
 */
#pragma once
#include "base/fault.h"
#include "feel/temporal.h"
#include "feel/type.h"

/* The names an expression may use, with their slots and types. Names are matched longest first, with white
 * space folded, so `Monthly Salary` and `a-b` are names where they are known. */
typedef struct feel_scope feel_scope;

feel_scope *feel_scope_open(arena *a);
/* A name known twice keeps the later slot. `type` may be NULL. */
void feel_scope_add(feel_scope *s, str name, uint32_t slot, const feel_type *type);
/* A type that `instance of` and parameters may name. */
void feel_scope_add_type(feel_scope *s, str name, const feel_type *type);
/* Let unknown names through: they are null when evaluated. Else they are RC_INVALID with their place. */
void feel_scope_allow_unknown(feel_scope *s);

typedef enum feel_mode {
	FEEL_EXPRESSION,
	FEEL_UNARY_TESTS, /* a cell of a decision table: -, <5, [1..3], "a", "b", not(...), ? > 3 */
} feel_mode;

/* The depth of nesting, the length of a source, the steps of one evaluation. */
enum {
	FEEL_DEPTH_MAX = 200,
	FEEL_SOURCE_MAX = 1 << 20,
	FEEL_STEPS_MAX = 20 * 1000 * 1000,
	FEEL_REPORTS_MAX = 64
};

/* A full-width sign that was read as its ASCII twin: the editor shows these and offers the rewritten text. */
typedef struct feel_notice {
	const char *id; /* feel.notice.fullwidth */
	str sign;
	feel_place at;
} feel_notice;

/* RC_INVALID: not FEEL, with place; RC_LIMIT: too long or too deep. The source is copied. In FEEL_UNARY_TESTS
 * the subject `?` is handed to feel_test. `names` may be NULL. */
rc feel_parse(arena *a, fault *f, str text, const feel_scope *names, feel_mode mode,
	      feel_expr **out) MUST_USE;

/* The text with full-width signs outside strings as their ASCII twins, and where they stood. */
str feel_normalise(arena *a, str text, const feel_notice **notices, size_t *n);

/* What is known of a parsed expression: its normalised text, notices, the slots it may ask, its static type.
 */
str feel_expr_text(const feel_expr *e);
size_t feel_expr_notices(const feel_expr *e, const feel_notice **out);
size_t feel_expr_slots(const feel_expr *e, const uint32_t **out);
const feel_type *feel_expr_type(const feel_expr *e);
/* Can the expression give, or its unary tests hold for, a value of the type, as far as literals tell?  False
 * for 350 where a text is asked for; what only an evaluation can tell is true. NULL is any. */
bool feel_expr_suits(const feel_expr *e, const feel_type *type);
/* A cell that asks nothing. */
bool feel_expr_is_dash(const feel_expr *e);

/* Whatever went wrong on the way to a null, first first; `n` may exceed what is kept. */
typedef struct feel_reports {
	size_t n;
	feel_reason kept[FEEL_REPORTS_MAX];
} feel_reports;

/* A decision table at work: what its columns were asked and, rule by rule, what each cell said (true, false,
 * null). `cell` NULL: the value in `column` is none that the column allows, so no rule was asked. Good until
 * the call returns. */
typedef struct feel_trace {
	str table;
	size_t rules, columns, column;
	const feel_value *in;
	const feel_value *cell; /* rules × columns */
} feel_trace;

/* What an evaluation may know of the world. */
typedef struct feel_env {
	void *ctx;
	/* The value of a slot, or a null with its reason. NULL: every slot is null. */
	feel_value (*lookup)(void *ctx, uint32_t slot);
	feel_value now;     /* a date-time; today() is its date */
	feel_zones *zones;  /* NULL: no named zones */
	uint64_t steps_max; /* 0: FEEL_STEPS_MAX */
	void (*fired)(void *ctx, str table,
		      size_t rule); /* each rule that holds, counted from 0; may be NULL */
	void (*traced)(void *ctx, const feel_trace *t); /* each table that was asked; NULL costs nothing */
	feel_reports *reports;                          /* may be NULL */
	unsigned depth; /* 0; how deep the evaluation already is that this one happens in */
} feel_env;

/* RC_OK with a value (null where FEEL says so); RC_LIMIT: too many steps, too deep, too much memory. The
 * value lives in `a` and, for what came from slots, where the caller keeps it. */
rc feel_eval(arena *a, fault *f, const feel_expr *e, const feel_env *env, feel_value *out) MUST_USE;

/* Does the subject pass the unary tests?  `out` is true, false, or null (the test cannot say). */
rc feel_test(arena *a, fault *f, const feel_expr *e, const feel_env *env, feel_value subject,
	     feel_value *out) MUST_USE;

/* A function of the caller's: BKMs, decision services, registers. `call` gets one value per parameter. */
typedef struct feel_native {
	void *ctx;
	rc (*call)(void *ctx, arena *a, fault *f, const feel_env *env, const feel_value *args,
		   feel_value *out);
	const feel_field *param; /* a value is brought to its parameter's type */
	size_t nparams;
	const feel_type *result;
} feel_native;

feel_value feel_native_function(arena *a, feel_native n);

/* Calls a function value with positional arguments. */
rc feel_call(arena *a, fault *f, const feel_env *env, feel_value fn, const feel_value *args, size_t n,
	     feel_value *out) MUST_USE;

/* The value brought to the type by DMN's implicit conversions (a list of one to its element, a value to a
 * list of one, a date to a date-time), else null with a reason; allowed values are tested. */
rc feel_type_coerce(arena *a, fault *f, const feel_env *env, const feel_type *type, feel_value v,
		    feel_value *out) MUST_USE;

/* Three-valued: true, false, or null for what cannot be compared. */
feel_value feel_equal(feel_value x, feel_value y);

/* Orders two values of one ordered kind; false when there is no order between them. */
bool feel_order(feel_value x, feel_value y, int *out);
