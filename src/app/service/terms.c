/* terms.c - see terms.h. */
#include "app/service/terms.h"

#include "base/date.h"
#include "base/fen.h"
#include "base/vec.h"

static const str word_names[KASE_WORDS] = {
	[WORD_SUBMITTED] = STR("件.提交日期"),
	[WORD_ACCEPTED] = STR("件.受理日期"),
	[WORD_NUMBER] = STR("件.编号"),
	[WORD_SERVICE] = STR("件.事项"),
	[WORD_STEP] = STR("件.步骤"),
	[WORD_CHANNEL] = STR("件.渠道"),
	[WORD_ASKS_AS] = STR("件.申请方式"),
	[WORD_DOCUMENT] = STR("文书.文号"),
	[WORD_TITLE] = STR("文书.标题"),
	[WORD_OFFICE] = STR("文书.机关"),
	[WORD_PHONE] = STR("文书.电话"),
	[WORD_DAY] = STR("文书.日期"),
	[WORD_SUBMITTED_ON] = STR("文书.提交日"),
	[WORD_REASON] = STR("文书.理由"),
	[WORD_OUTCOME] = STR("文书.结果"),
	[WORD_APPEAL_TO] = STR("文书.申诉机关"),
	[WORD_APPEAL_BY] = STR("文书.申诉截止"),
	[WORD_LAST_DAY] = STR("文书.期限"),
	[WORD_INSTITUTION] = STR("文书.评定机构"),
	[WORD_CODE] = STR("文书.查询码"),
	[WORD_AMOUNT] = STR("文书.金额"),
	[WORD_FROM] = STR("文书.起发月份"),
	[WORD_ROW] = STR("文书.序号"),
	[WORD_ROW_NAME] = STR("文书.名称"),
};

enum { TERM_DEPTH = 16 };

static uint32_t
slot_of_word(const service_words *w, kase_word k)
{
	return (uint32_t)(w->fields->n * 2 + k);
}

static uint32_t
slot_today(const service_words *w)
{
	return slot_of_word(w, KASE_WORDS);
}

/* Parameters stand behind today, the service's terms behind them. */
static uint32_t
slot_of_term(const service_words *w, size_t i)
{
	return slot_today(w) + 1 + (uint32_t)((w->parameters ? w->parameters->n : 0) + i);
}

static const feel_type *
type_of(const field *x)
{
	if (x->many)
		return NULL; /* a list */
	switch (x->type) {
	case FIELD_DATE:
		return feel_type_named(STR("date"));
	case FIELD_FLAG:
		return feel_type_named(STR("boolean"));
	case FIELD_INT:
	case FIELD_DECIMAL:
	case FIELD_MONEY:
		return feel_type_named(STR("number"));
	case FIELD_TEXT:
	case FIELD_NAME:
	case FIELD_NID:
	case FIELD_CERTIFICATE:
	case FIELD_MONTH:
	case FIELD_CODE:
	case FIELD_PHONE:
	case FIELD_REGION:
	case FIELD_ADDRESS:
	case FIELD_BANK:
	case FIELD_TYPES:
		break;
	}
	return feel_type_named(STR("string"));
}

static void
know_parameters(arena *a, service_words *w)
{
	for (size_t i = 0; w->parameters && i < w->parameters->n; i++) {
		const parameter *p = &w->parameters->v[i];
		if (p->word.n)
			feel_scope_add(w->scope, str_cat(a, STR("参数."), p->word),
				       slot_today(w) + 1 + (uint32_t)i,
				       feel_type_named(p->list ? STR("string") : STR("number")));
	}
}

rc
words_open(arena *a, fault *f, const catalogue *fields, const parameters *set, size_t terms,
	   service_words **out)
{
	service_words *w = arena_new(a, service_words);
	const feel_type *date = feel_type_named(STR("date"));

	*w = (service_words){.fields = fields,
			     .parameters = set,
			     .scope = feel_scope_open(a),
			     .term = arena_array(a, service_term, terms + 1),
			     .cap = terms,
			     .derived = arena_array(a, feel_expr *, fields->n + 1)};
	for (size_t i = 0; i < fields->n; i++) {
		const field *x = &fields->field[i];
		if (x->home == HOME_PART)
			continue;
		feel_scope_add(w->scope, x->name, (uint32_t)i, type_of(x));
		feel_scope_add(w->scope, str_cat(a, STR("申请人."), x->name), (uint32_t)(fields->n + i),
			       type_of(x));
	}
	for (kase_word k = 0; k < KASE_WORDS; k++)
		feel_scope_add(w->scope, word_names[k], slot_of_word(w, k),
			       k <= WORD_ACCEPTED ? date : feel_type_named(STR("string")));
	feel_scope_add(w->scope, STR("今天"), slot_today(w), date);
	know_parameters(a, w);
	for (size_t i = 0; i < fields->n; i++)
		if (fields->field[i].home == HOME_DERIVED)
			TRY(feel_parse(a, f, fields->field[i].feel, w->scope, FEEL_EXPRESSION,
				       &w->derived[i]));
	*out = w;
	return RC_OK;
}

void
words_allow_unknown(service_words *w)
{
	w->lenient = true;
	feel_scope_allow_unknown(w->scope);
}

/* ---- reading ---- */

static str
text_arg(const fault *f, const char *name)
{
	for (size_t i = 0; i < f->nargs; i++)
		if (strcmp(f->arg[i].name, name) == 0 && f->arg[i].is_text)
			return f->arg[i].s;
	return STR("");
}

static rc
refuse(fault *f, const yaml *v, const fault *why)
{
	if (strcmp(why->id, "feel.name.unknown") == 0)
		return YAML_FAIL(f, v, "service.feel_name", FA_STR("name", text_arg(why, "name")));
	str near = text_arg(why, "near");
	return YAML_FAIL(f, v, "service.feel", FA_STR("near", near.n ? near : v->text));
}

/* The code list of each slot used; *open when a text that is no code is asked too. */
typedef VEC(const code_list *) code_lists;

static void
lists_of(arena *a, const service_words *w, const feel_expr *e, code_lists *out, bool *open)
{
	const uint32_t *slot;
	size_t n = feel_expr_slots(e, &slot);

	for (size_t i = 0; i < n; i++) {
		if (slot[i] >= w->fields->n * 2) {
			*open = *open ||
				(slot[i] > slot_of_word(w, WORD_ACCEPTED) && slot[i] < slot_today(w));
			continue;
		}
		const field *x = &w->fields->field[slot[i] % w->fields->n];
		if (x->type == FIELD_CODE)
			*vec_add(a, out) = x->list;
		else
			*open = *open || type_of(x) == feel_type_named(STR("string"));
	}
}

static bool
is_word_of(const code_lists *lists, str word)
{
	for (size_t i = 0; i < lists->n; i++)
		for (size_t k = 0; k < lists->v[i]->n; k++)
			if (str_eq(lists->v[i]->item[k].zh, word))
				return true;
	return false;
}

/* "智力残疾" where the list says 智力 would never hold, and nobody would see why. */
static rc
check_literals(arena *a, fault *f, const service_words *w, const yaml *v, const feel_expr *e)
{
	code_lists lists = {0};
	bool open = false;
	str s = feel_expr_text(e);

	lists_of(a, w, e, &lists, &open);
	if (open || lists.n == 0)
		return RC_OK;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '"')
			continue;
		ptrdiff_t end = str_find_char(str_from(s, i + 1), '"');
		if (end < 0)
			break;
		str word = str_sub(s, i + 1, (size_t)end);
		bool day = i > 0 && s.p[i - 1] == '@'; /* @"P1M": a day or a while, no word */
		if (!day && !is_word_of(&lists, word))
			return YAML_FAIL(f, v, "service.word", FA_STR("word", word),
					 FA_STR("list", lists.v[0]->id));
		i += (size_t)end + 1;
	}
	return RC_OK;
}

rc
words_parse(arena *a, fault *f, const service_words *w, const yaml *v, service_term *out)
{
	fault why = {0};
	str text;

	TRY(yaml_text(f, v, &text));
	rc r = feel_parse(a, &why, text, w->scope, FEEL_EXPRESSION, &out->expr);
	if (r == RC_INVALID || r == RC_LIMIT)
		return refuse(f, v, &why);
	TRY(r);
	out->line = v->line;
	const feel_type *t = feel_expr_type(out->expr);
	if (t && !feel_type_conforms(t, feel_type_named(STR("boolean"))))
		return YAML_FAIL(f, v, "service.not_truth", FA_STR("text", text));
	return check_literals(a, f, w, v, out->expr);
}

rc
words_define(arena *a, fault *f, service_words *w, const yaml *name, const yaml *v)
{
	BUG_ON(w->nterms >= w->cap);
	feel_expr *known = NULL;
	fault ignored = {0};
	service_term *t = &w->term[w->nterms];

	if (!w->lenient && feel_parse(a, &ignored, name->text, w->scope, FEEL_EXPRESSION, &known) == RC_OK)
		return YAML_FAIL(f, name, "service.term_name", FA_STR("name", name->text));
	TRY(words_parse(a, f, w, v, t));
	t->name = str_dup(a, name->text);
	feel_scope_add(w->scope, t->name, slot_of_term(w, w->nterms), feel_type_named(STR("boolean")));
	w->nterms++;
	return RC_OK;
}

/* ---- asking ---- */

typedef struct asking {
	arena *a;
	const service_words *w;
	const words_env *env;
	bool of_register; /* a computed field of the register asks the register's fields */
	unsigned depth;
} asking;

static feel_value lookup(void *ctx, uint32_t slot);

static feel_value
ask(asking *q, const feel_expr *e)
{
	feel_value v = feel_null(NULL);
	fault f = {0};
	feel_env env = {.ctx = q, .lookup = lookup, .now = feel_instant(q->env->now, 8 * 3600)};

	if (q->depth >= TERM_DEPTH || feel_eval(q->a, &f, e, &env, &v) != RC_OK)
		return feel_null(NULL);
	return v;
}

static feel_value
day_value(str text)
{
	int32_t day = 0;

	return date_parse(text, &day) ? feel_date(day) : feel_null(NULL);
}

static feel_value
value_of(const field *x, str text)
{
	const code_item *item;
	int64_t n = 0;
	dec d;

	if (text.n == 0)
		return feel_null(NULL);
	switch (x->type) {
	case FIELD_CODE:
		item = code_find(x->list, text);
		return feel_string(item ? item->zh : text);
	case FIELD_DATE:
		return day_value(text);
	case FIELD_FLAG:
		return feel_bool(str_eq(text, STR("1")));
	case FIELD_INT:
		return str_to_i64(text, &n) ? feel_int(n) : feel_null(NULL);
	case FIELD_MONEY:
		return str_to_i64(text, &n) ? feel_number(dec_div(dec_i64(n), dec_i64(FEN_PER_YUAN)))
					    : feel_null(NULL);
	case FIELD_DECIMAL:
		return dec_parse(text, &d) ? feel_number(d) : feel_null(NULL);
	case FIELD_TEXT:
	case FIELD_NAME:
	case FIELD_NID:
	case FIELD_CERTIFICATE:
	case FIELD_MONTH:
	case FIELD_PHONE:
	case FIELD_REGION:
	case FIELD_ADDRESS:
	case FIELD_BANK:
	case FIELD_TYPES:
		break;
	}
	return feel_string(text);
}

/* Several at once: of facts that a person may hold more than one of. */
static feel_value
values_of(arena *a, const field *x, str texts)
{
	VEC(feel_value) all = {0};
	str text;

	while (str_next(&texts, ' ', &text))
		if (text.n)
			*vec_add(a, &all) = value_of(x, text);
	return all.n ? feel_list(all.v, all.n) : feel_null(NULL);
}

static feel_value
field_slot(asking *q, size_t i, bool of_register)
{
	const field *x = &q->w->fields->field[i];

	if (q->w->derived[i]) {
		asking inner = *q;
		inner.of_register = of_register;
		inner.depth++;
		return ask(&inner, q->w->derived[i]);
	}
	str (*from)(void *, const field *) = of_register ? q->env->register_ : q->env->answer;
	if (!from)
		return feel_null(NULL);
	str text = from(q->env->ctx, x);
	return x->many ? values_of(q->a, x, text) : value_of(x, text);
}

/* As it is in force at the place on the day; null: nobody has set it there. */
static feel_value
parameter_slot(const asking *q, size_t i)
{
	const parameter *p = parameter_find(q->env->parameters, q->w->parameters->v[i].id);
	const parameter_value *v = p ? parameter_at(p, q->env->region, date_of_instant(q->env->now)) : NULL;

	if (!v)
		return feel_null(NULL);
	const code_item *item = p->list ? code_by_number(p->list, v->n) : NULL;
	return p->list ? feel_string(item ? item->zh : STR("")) : feel_int(v->n);
}

static feel_value
lookup(void *ctx, uint32_t slot)
{
	asking *q = ctx;
	size_t n = q->w->fields->n;

	if (slot < n)
		return field_slot(q, slot, q->of_register);
	if (slot < 2 * n)
		return field_slot(q, slot - n, true);
	if (slot < slot_today(q->w)) {
		size_t k = slot - slot_of_word(q->w, 0);
		str text = q->env->word[k];
		if (k <= WORD_ACCEPTED)
			return day_value(text);
		return text.n ? feel_string(text) : feel_null(NULL);
	}
	if (slot == slot_today(q->w))
		return feel_date(date_of_instant(q->env->now));
	if (slot < slot_of_term(q->w, 0))
		return parameter_slot(q, slot - slot_today(q->w) - 1);
	asking inner = *q;
	inner.depth++;
	return ask(&inner, q->w->term[slot - slot_of_term(q->w, 0)].expr);
}

feel_value
words_recorded(arena *a, const service_words *w, const field *x, const words_env *env)
{
	asking q = {.a = a, .w = w, .env = env, .of_register = true};

	return field_slot(&q, x->number, true);
}

feel_value
words_answered(arena *a, const service_words *w, const field *x, const words_env *env)
{
	asking q = {.a = a, .w = w, .env = env};

	return field_slot(&q, x->number, false);
}

rc
words_hold(arena *a, fault *f, const service_words *w, const service_term *t, const words_env *env, bool *out)
{
	asking q = {.a = a, .w = w, .env = env};
	feel_env e = {.ctx = &q, .lookup = lookup, .now = feel_instant(env->now, 8 * 3600)};
	feel_value v;

	TRY(feel_eval(a, f, t->expr, &e, &v));
	*out = feel_is_true(v);
	return RC_OK;
}

rc
words_know(arena *a, fault *f, const service_words *w, str expression)
{
	feel_expr *e = NULL;

	return feel_parse(a, f, expression, w->scope, FEEL_EXPRESSION, &e);
}

rc
words_text(arena *a, fault *f, const service_words *w, str expression, const words_env *env, str *out)
{
	asking q = {.a = a, .w = w, .env = env};
	feel_env e = {.ctx = &q, .lookup = lookup, .now = feel_instant(env->now, 8 * 3600)};
	feel_expr *expr = NULL;
	feel_value v;
	buf b = buf_in(a);

	TRY(feel_parse(a, f, expression, w->scope, FEEL_EXPRESSION, &expr));
	TRY(feel_eval(a, f, expr, &e, &v));
	if (v.kind != FEEL_NULL)
		(void)feel_print_string(&b, v);
	*out = buf_str(&b);
	return RC_OK;
}
