/* parameter.c - see parameter.h. */
#include "app/parameter/parameter.h"

#include "app/organisation/organisation.h"
#include "base/date.h"
#include "io/yaml.h"

enum { DIVISION = 12 };

typedef struct reader {
	arena *a;
	fault *f;
	const catalogue *fields;
} reader;

/* 44, 4401, 440103 … as 12 digits; the whole country is 0. */
static rc
read_area(reader *r, const yaml *y, interval *out)
{
	str text = STR("");
	int64_t code = 0;

	TRY(yaml_opt_text(r->f, y, STR("at"), &text));
	bool whole = text.n == 2 || text.n == 4 || text.n == 6 || text.n == 9 || text.n == DIVISION;
	if (text.n && (!whole || !str_to_i64(text, &code) || code <= 0))
		return YAML_FAIL(r->f, yaml_find(y, STR("at")), "parameter.at", FA_STR("text", text));
	for (size_t i = text.n; code && i < DIVISION; i++)
		code *= 10;
	*out = division_interval(code);
	return RC_OK;
}

static rc
read_basis(reader *r, const yaml *y, parameter_value *v)
{
	static const str known[] = {STR("zh"), STR("en"), STR("article")};
	const yaml *b = NULL;

	TRY(yaml_need_kind(r->f, y, STR("basis"), YAML_MAP, &b));
	TRY(yaml_only(r->f, b, known, LEN(known)));
	TRY(yaml_need_text(r->f, b, STR("zh"), &v->zh));
	TRY(yaml_need_text(r->f, b, STR("en"), &v->en));
	v->article = STR("");
	return yaml_opt_text(r->f, b, STR("article"), &v->article);
}

static rc
read_code(reader *r, const parameter *p, const yaml *y, int64_t *out)
{
	str text;

	TRY(yaml_need_text(r->f, y, STR("value"), &text));
	if (!code_find(p->list, text))
		return YAML_FAIL(r->f, yaml_find(y, STR("value")), "parameter.code", FA_STR("text", text),
				 FA_STR("list", p->list->id));
	*out = code_number(text);
	return RC_OK;
}

static rc
read_value(reader *r, const parameter *p, const yaml *y, parameter_value *v)
{
	static const str known[] = {STR("at"), STR("from"), STR("value"), STR("basis")};

	TRY(yaml_is(r->f, y, YAML_MAP));
	TRY(yaml_only(r->f, y, known, LEN(known)));
	TRY(read_area(r, y, &v->area));
	TRY(yaml_need_day(r->f, y, STR("from"), &v->from));
	TRY(read_basis(r, y, v));
	if (p->list)
		return read_code(r, p, y, &v->n);
	return yaml_need_int(r->f, y, STR("value"), p->min, p->max, &v->n);
}

/* Either a code of a list, or a number between two. */
static rc
read_type(reader *r, const yaml *y, parameter *p)
{
	const yaml *number = yaml_find(y, STR("number"));
	str list = STR("");

	TRY(yaml_opt_text(r->f, y, STR("code"), &list));
	p->list = list.n ? code_list_find(r->fields, list) : NULL;
	bool two = number && number->kind == YAML_LIST && number->n == 2;
	if ((list.n > 0) == (number != NULL) || (list.n && !p->list) || (number && !two))
		return YAML_FAIL(r->f, y, "parameter.type", FA_STR("id", p->id));
	if (!number)
		return RC_OK;
	TRY(yaml_int(r->f, &number->item[0], INT32_MIN, INT32_MAX, &p->min));
	return yaml_int(r->f, &number->item[1], p->min, INT32_MAX, &p->max);
}

static rc
read_parameter(reader *r, str id, const yaml *y, parameter *p)
{
	static const str known[] = {STR("name"), STR("word"), STR("number"), STR("code"), STR("values")};
	const yaml *list = NULL;

	*p = (parameter){.id = id, .word = STR("")};
	TRY(yaml_is(r->f, y, YAML_MAP));
	TRY(yaml_only(r->f, y, known, LEN(known)));
	TRY(yaml_need_pair(r->f, y, STR("name"), &p->zh, &p->en));
	TRY(yaml_opt_text(r->f, y, STR("word"), &p->word));
	TRY(read_type(r, y, p));
	TRY(yaml_need_kind(r->f, y, STR("values"), YAML_LIST, &list));
	parameter_value *v = arena_array(r->a, parameter_value, list->n);
	for (size_t i = 0; i < list->n; i++) {
		TRY(read_value(r, p, &list->item[i], &v[i]));
		for (size_t k = 0; k < i; k++)
			if (v[k].area.lo == v[i].area.lo && v[k].area.hi == v[i].area.hi &&
			    v[k].from == v[i].from)
				return YAML_FAIL(r->f, &list->item[i], "parameter.twice", FA_STR("id", id));
	}
	p->value = v;
	p->n = list->n;
	return RC_OK;
}

rc
parameters_load(arena *a, fault *f, const catalogue *fields, str file, str text, const parameters **out)
{
	reader r = {.a = a, .f = f, .fields = fields};
	parameters *all = arena_new(a, parameters);
	const yaml *y = NULL;

	TRY(yaml_parse(a, f, file, text, PARAMETERS_FILE_MAX, &y));
	TRY(yaml_is(f, y, YAML_MAP));
	parameter *v = arena_array(a, parameter, y->n);
	for (size_t i = 0; i < y->n; i++)
		TRY(read_parameter(&r, y->key[i].text, &y->item[i], &v[i]));
	*all = (parameters){v, y->n};
	*out = all;
	return RC_OK;
}

rc
parameters_packed(const pack *p, arena *a, fault *f, const catalogue *fields, const parameters **out)
{
	str text;

	TRY(pack_find(p, a, PARAMETERS_FILE, &text));
	return parameters_load(a, f, fields, PARAMETERS_FILE, text, out);
}

const parameter *
parameter_find(const parameters *all, str id)
{
	for (size_t i = 0; all && i < all->n; i++)
		if (str_eq(all->v[i].id, id))
			return &all->v[i];
	return NULL;
}

/* Does x stand before y?  The nearer division, then the later day. */
static bool
before(const parameter_value *x, const parameter_value *y)
{
	int64_t wide_x = x->area.hi - x->area.lo, wide_y = y->area.hi - y->area.lo;

	return wide_x != wide_y ? wide_x < wide_y : x->from > y->from;
}

const parameter_value *
parameter_at(const parameter *p, int64_t region, int32_t day)
{
	const parameter_value *best = NULL;

	for (size_t i = 0; i < p->n; i++) {
		const parameter_value *v = &p->value[i];
		if (v->from <= day && region >= v->area.lo && region < v->area.hi &&
		    (!best || before(v, best)))
			best = v;
	}
	return best;
}

rc
parameter_need(const parameters *all, fault *f, const char *id, int64_t region, int32_t day, int64_t *out)
{
	const parameter *p = parameter_find(all, str_of(id));
	const parameter_value *v = p ? parameter_at(p, region, day) : NULL;

	if (!v)
		return FAIL(f, RC_INVALID, "parameter.none", FA_STR("name", p ? p->zh : str_of(id)));
	*out = v->n;
	return RC_OK;
}
