/* builtin.c - the built-in functions as one list: finding one by the name that stands in the text, and
 * binding arguments to its signatures. */
#include "feel/builtin.h"

static const builtin *const tables[] = {builtin_numbers,  builtin_strings, builtin_lists,
					builtin_contexts, builtin_dates,   builtin_ranges};

const builtin *
builtin_longest(str text, uint32_t at, uint32_t *length)
{
	const builtin *best = NULL;

	*length = 0;
	for (size_t t = 0; t < LEN(tables); t++) {
		for (const builtin *b = tables[t]; b->name; b++) {
			uint32_t n = b->name[0] == text.p[at] ? lex_match(text, at, str_of(b->name)) : 0;
			if (n > *length) {
				*length = n;
				best = b;
			}
		}
	}
	return best;
}

feel_value
builtin_value(arena *a, const builtin *b)
{
	feel_function *fn = arena_new(a, feel_function);

	*fn = (feel_function){.kind = FN_BUILTIN, .builtin = b};
	return (feel_value){.kind = FEEL_FUNCTION, .fn = fn};
}

typedef struct signature {
	str param[BUILTIN_PARAMS_MAX];
	char kind[BUILTIN_PARAMS_MAX];
	size_t n, required;
	bool repeats, by_name;
} signature;

static signature
read_signature(str s)
{
	signature sig = {0};
	str name;

	if (str_starts(s, STR(":"))) {
		sig.by_name = true;
		s = str_from(s, 1);
	}
	while (str_next(&s, ',', &name)) {
		BUG_ON(sig.n == BUILTIN_PARAMS_MAX);
		if (str_ends(name, STR("..."))) {
			sig.repeats = true;
			name.n -= 3;
			sig.required++;
		} else if (str_ends(name, STR("?"))) {
			name.n--;
		} else {
			sig.required++;
		}
		if (name.n > 2 && name.p[name.n - 2] == ':') {
			sig.kind[sig.n] = name.p[name.n - 1];
			name.n -= 2;
		}
		sig.param[sig.n++] = name;
	}
	return sig;
}

static bool
bind_named(const signature *sig, const str *names, const feel_value *arg, size_t n, feel_value *out,
	   size_t *nout)
{
	size_t required = 0;

	*nout = 0;
	for (size_t i = 0; i < sig->n; i++)
		out[i] = feel_null(NULL);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < sig->n && !str_eq(sig->param[k], names[i]))
			k++;
		if (k == sig->n)
			return false;
		if ((sig->kind[k] == 's' && arg[i].kind == FEEL_LIST) ||
		    (sig->kind[k] == 'l' && arg[i].kind == FEEL_STRING))
			return false;
		out[k] = arg[i];
		required += k < sig->required;
		*nout = MAX(*nout, k + 1);
	}
	return required >= sig->required;
}

bool
builtin_bind(const builtin *b, const str *names, const feel_value *arg, size_t n, feel_value *out,
	     size_t *nout)
{
	str rest = str_of(b->params), text;

	if (rest.n == 0) {
		*nout = 0;
		return n == 0;
	}
	while (str_next(&rest, '|', &text)) {
		signature sig = read_signature(text);
		if (names && bind_named(&sig, names, arg, n, out, nout))
			return true;
		if (!names && !sig.by_name && n >= sig.required && (sig.repeats || n <= sig.n)) {
			*nout = n;
			return true;
		}
	}
	return false;
}

bool
arg_number(feel_value v, dec *out)
{
	v = single(v);
	if (v.kind == FEEL_NUMBER)
		*out = v.n;
	return v.kind == FEEL_NUMBER;
}

bool
arg_int(feel_value v, int64_t *out)
{
	dec n;

	return arg_number(v, &n) && dec_to_i64(n, out);
}

bool
arg_place(feel_value v, int64_t *out)
{
	dec n;

	return arg_number(v, &n) && dec_to_i64(dec_to_scale(n, 0, DEC_DOWN), out);
}

bool
arg_text(feel_value v, str *out)
{
	v = single(v);
	if (v.kind == FEEL_STRING)
		*out = v.s;
	return v.kind == FEEL_STRING;
}

bool
arg_list(run *r, feel_value v, feel_value *out)
{
	*out = v;
	if (v.kind == FEEL_LIST)
		return true;
	if (v.kind == FEEL_NULL)
		return false;
	feel_value *one = arena_new(r->a, feel_value);
	*one = v;
	*out = feel_list(one, 1);
	return true;
}

bool
arg_items(run *r, const feel_value *arg, size_t n, feel_value *out)
{
	if (n == 1)
		return arg_list(r, arg[0], out);
	*out = feel_list(arg, n);
	return true;
}

feel_value
bad_argument(run *r, const node *at, feel_value v)
{
	return null_from(r, at, v, "feel.call.argument");
}

feel_value
number_or_null(run *r, const node *at, dec v)
{
	return dec_finite(v) ? feel_number(v) : fail_null(r, at, "feel.number.range");
}

const builtin *
builtin_named(str name)
{
	for (size_t t = 0; t < LEN(tables); t++)
		for (const builtin *b = tables[t]; b->name; b++)
			if (str_eq(str_of(b->name), name))
				return b;
	return NULL;
}
