/* service_priv.h - what the files of this folder share while one service is read. */
#pragma once
#include "app/service/service.h"

typedef struct loader {
	arena *a;
	fault *f;
	const service_ask *ask;
	service *s;
	service_words *w;
	service_step *step;
} loader;

/* A text in both languages; with opt_pair an absent one stays empty. */
rc need_pair(loader *l, const yaml *in, str key, pair *out) MUST_USE;
rc opt_pair(loader *l, const yaml *in, str key, pair *out) MUST_USE;

/* An expression under `key`; *out stays NULL when there is none. */
rc opt_term(loader *l, const yaml *in, str key, const service_term **out) MUST_USE;
rc need_term(loader *l, const yaml *in, str key, const service_term **out) MUST_USE;

/* "5 working days", "10 days", "3 months". */
rc opt_span(loader *l, const yaml *in, str key, span *out) MUST_USE;

/* "10", [a, b] or absent: a word or a list of words. */
rc words_of(loader *l, const yaml *in, str key, const yaml **v, size_t *n) MUST_USE;

rc find_role(loader *l, const yaml *v, const role **out) MUST_USE;
rc read_questions(loader *l, const yaml *list, const service_question **out, size_t *n) MUST_USE;
rc read_steps(loader *l, const yaml *members) MUST_USE;
rc check_ways(loader *l, const yaml *members) MUST_USE;
rc read_forms(loader *l, const yaml *list) MUST_USE;
rc read_bars(loader *l, const yaml *list, bool lifts, const service_bar **out, size_t *n) MUST_USE;

/* The file named under `easy` of the guide. */
rc read_easy(loader *l, const yaml *name) MUST_USE;

/* Reads another file of the definition: *root is its outermost value. */
rc open_file(loader *l, const yaml *at, str name, const yaml **root) MUST_USE;

/* The text of a file of the definition; empty and false when it is not there. */
bool file_text(const loader *l, str name, str *out);

#define ONLY(l, v, ...) yaml_only((l)->f, (v), (const str[]){__VA_ARGS__}, LEN(((const str[]){__VA_ARGS__})))
