/* dmn.h - decision models (DMN 1.2 to 1.5): read from XML, linked, decided one case at a time.
 *
 *   dmn_file files[] = {{STR("policy.dmn"), xml}};
 *   TRY(dmn_load(a, f, files, 1, &model));
 *   TRY(dmn_decide(a, f, model, STR("补贴金额"), inputs, &env, &value));
 *
 * Boxed expressions become the same tree as FEEL text, so one evaluator gives one meaning. A loaded model is
 * read-only and may be shared between threads. */
#pragma once
#include "feel/feel.h"

typedef struct dmn_model dmn_model;

typedef struct dmn_file {
	str name;
	str xml;
} dmn_file;

enum { DMN_ELEMENTS_MAX = 20000, DMN_CHAIN_MAX = 100 };

/* The first file is the model, the others are what it may import, found by their namespace. Expressions are
 * parsed and names resolved here: RC_INVALID with file, element, line and column; requirements that go in a
 * circle too. RC_LIMIT: too large. `lenient`, for models made elsewhere: an expression that is not FEEL, a
 * name or a type that is not known gives null when it is evaluated, and only there. */
rc dmn_load(arena *a, fault *f, const dmn_file *file, size_t n, bool lenient, dmn_model **out) MUST_USE;

/* Prepares the tables of the decisions and BKMs for many persons: the same answers, sooner. Once, before the
 * model is shared; a few milliseconds for a table of 60 rules. */
void dmn_prepare(dmn_model *m);

typedef enum dmn_kind { DMN_INPUT, DMN_DECISION, DMN_BKM, DMN_SERVICE } dmn_kind;

/* What the model is made of, for lists and checks. */
typedef struct dmn_info {
	dmn_kind kind;
	str id, name, model;
	const feel_type *type;
} dmn_info;

size_t dmn_count(const dmn_model *m);
dmn_info dmn_element(const dmn_model *m, size_t i);

/* One decision, by name, from inputs by name. `env` gives now, zones and limits; its lookup is not used. A
 * rule that fires is told to env->fired. RC_NOT_FOUND: no such decision in the first file. */
rc dmn_decide(arena *a, fault *f, const dmn_model *m, str decision, const feel_context *inputs,
	      const feel_env *env, feel_value *out) MUST_USE;

/* A business knowledge model or decision service with arguments by parameter name. */
rc dmn_invoke(arena *a, fault *f, const dmn_model *m, str name, const feel_context *args, const feel_env *env,
	      feel_value *out) MUST_USE;

/* The type of an input of this name, to read text as; NULL: any, or no such input. */
const feel_type *dmn_input_type(const dmn_model *m, str name);
