/* months.c - see months.h. */
#include "app/entitlement/months.h"

#include "app/policy/known.h"
#include "base/date.h"
#include "io/csv.h"
#include "io/text.h"

enum { PERSONS_MAX = 1000 };

typedef enum column { WHO, KIND, NAME, VALUE, FROM, TO, KNOWN, BEFORE, WHY, COLUMNS } column;

static const char *const headings[COLUMNS] = {"测试人", "类",     "名称", "值",  "从",
					      "到",     "知道于", "此前", "说明"};

typedef struct someone {
	str name;
	entitlement_record record;
	VEC(months_want) want;
} someone;

/* A policy as it was known on a day, kept for those who ask again. */
typedef struct knowledge {
	int32_t day;
	const policy *p;
} knowledge;

typedef struct months {
	arena *a;
	fault *f;
	const policy *p;
	str file;
	const feel_env *env;
	VEC(someone) people;
	VEC(knowledge) known;
	str cell[COLUMNS];
	size_t line;
} months;

static rc
bad_value(months *k, column c)
{
	return FAIL(k->f, RC_INVALID, "policy.tests.value", FA_STR("file", k->file), FA_INT("line", k->line),
		    FA_STR("name", str_of(headings[c])), FA_STR("text", k->cell[c]));
}

/* A day, or a month as its first day; `otherwise` where the cell is empty. */
static rc
read_day(months *k, column c, int32_t otherwise, int32_t *out)
{
	str s = k->cell[c];

	*out = otherwise;
	if (s.n == 0)
		return RC_OK;
	if (s.n == 7)
		s = str_cat(k->a, s, STR("-01"));
	return date_parse(s, out) ? RC_OK : bad_value(k, c);
}

static rc
read_fact(months *k, someone *who)
{
	entitlement_fact x = {.name = k->cell[NAME]};

	if (!policy_input_read(k->a, k->p, x.name, k->cell[VALUE], k->env->zones, &x.value))
		return bad_value(k, VALUE);
	TRY(read_day(k, FROM, INT32_MIN, &x.from));
	TRY(read_day(k, TO, INT32_MAX, &x.to));
	TRY(read_day(k, KNOWN, x.from, &x.known));
	*vec_add(k->a, &who->record.fact) = x;
	return RC_OK;
}

static rc
read_claim(months *k, someone *who)
{
	entitlement_claim x;

	TRY(read_day(k, FROM, DATE_NONE, &x.day));
	if (x.day == DATE_NONE)
		return bad_value(k, FROM);
	TRY(read_day(k, KNOWN, x.day, &x.known));
	*vec_add(k->a, &who->record.claim) = x;
	return RC_OK;
}

static rc
read_want(months *k, someone *who, bool difference)
{
	months_want x = {.person = who->name, .difference = difference, .line = k->line};
	str names = k->cell[NAME], name;

	while (str_next(&names, ' ', &name)) {
		if (!policy_decision_find(k->p->doc, name))
			return bad_value(k, NAME);
		*vec_add(k->a, &x.decision) = name;
	}
	x.value.kind = FEEL_NUMBER;
	if (str_eq(k->cell[VALUE], STR("null")))
		x.value = feel_null(NULL);
	else if (!dec_parse(k->cell[VALUE], &x.value.n))
		return bad_value(k, VALUE);
	TRY(read_day(k, FROM, DATE_NONE, &x.from));
	TRY(read_day(k, TO, x.from, &x.to));
	TRY(read_day(k, KNOWN, INT32_MAX, &x.known));
	TRY(read_day(k, BEFORE, DATE_NONE, &x.before));
	if (x.decision.n == 0 || x.from == DATE_NONE || x.to < x.from)
		return bad_value(k, x.decision.n ? FROM : NAME);
	if (difference && x.before == DATE_NONE)
		return bad_value(k, BEFORE);
	*vec_add(k->a, &who->want) = x;
	return RC_OK;
}

static someone *
person_of(months *k, str name)
{
	for (size_t i = 0; i < k->people.n; i++)
		if (str_eq(k->people.v[i].name, name))
			return &k->people.v[i];
	return NULL;
}

static rc
read_likeness(months *k, someone *who)
{
	const someone *as = person_of(k, k->cell[NAME]);

	if (!as || as == who)
		return bad_value(k, NAME);
	for (size_t i = 0; i < as->record.fact.n; i++)
		*vec_add(k->a, &who->record.fact) = as->record.fact.v[i];
	return RC_OK;
}

static rc
read_line(months *k)
{
	str kind = k->cell[KIND];
	someone *who = person_of(k, k->cell[WHO]);

	if (k->cell[WHO].n == 0 || k->people.n == PERSONS_MAX)
		return bad_value(k, WHO);
	if (!who) {
		who = vec_add(k->a, &k->people);
		*who = (someone){.name = k->cell[WHO]};
	}
	if (str_eq(kind, STR("事实")))
		return read_fact(k, who);
	if (str_eq(kind, STR("申请")))
		return read_claim(k, who);
	if (str_eq(kind, STR("同")))
		return read_likeness(k, who);
	if (str_eq(kind, STR("应得")) || str_eq(kind, STR("差额")))
		return read_want(k, who, str_eq(kind, STR("差额")));
	return bad_value(k, KIND);
}

static rc
read_heading(const months *k, const csv_row *row)
{
	for (size_t i = 0; i < row->n || i < COLUMNS; i++) {
		str name = i < row->n ? str_trim(row->cell[i]) : STR("");
		if (i >= COLUMNS || !str_eq(name, str_of(headings[i])))
			return FAIL(k->f, RC_INVALID, "policy.tests.heading", FA_STR("file", k->file),
				    FA_STR("name", name));
	}
	return RC_OK;
}

static rc
read_all(months *k, str text)
{
	csv_row row;

	TRY(text_decode(k->a, k->f, text, POLICY_FILE_MAX, NULL, &text));
	csv_reader *r = csv_over(k->a, text, ',', CSV_LIMITS);
	for (bool head = true;;) {
		rc code = csv_next(r, k->f, &row);
		if (code == RC_NOT_FOUND)
			return RC_OK;
		TRY(code);
		k->line = row.row;
		if (row.n == 0)
			continue;
		if (head) {
			TRY(read_heading(k, &row));
			head = false;
			continue;
		}
		if (row.n > COLUMNS)
			return FAIL(k->f, RC_INVALID, "policy.tests.cells", FA_STR("file", k->file),
				    FA_INT("line", row.row), FA_INT("max", COLUMNS));
		for (size_t i = 0; i < COLUMNS; i++)
			k->cell[i] = i < row.n ? str_dup(k->a, str_trim(row.cell[i])) : STR("");
		TRY(read_line(k));
	}
}

/* ---- asking ---- */

static rc
known_on(months *k, int32_t day, const policy **out)
{
	for (size_t i = 0; i < k->known.n; i++)
		if (k->known.v[i].day == day) {
			*out = k->known.v[i].p;
			return RC_OK;
		}
	TRY(policy_as_known(k->a, k->f, k->p, day, k->env->zones, out));
	*vec_add(k->a, &k->known) = (knowledge){day, *out};
	return RC_OK;
}

/* The sum of the decisions for a month; null where one of them is not known. */
static rc
sum_of(months *k, const someone *who, const months_want *w, int32_t month, int32_t known, feel_value *out)
{
	entitlement_ask ask = {.record = &who->record, .known = known, .env = k->env};

	*out = feel_int(0);
	TRY(known_on(k, known, &ask.p));
	for (size_t i = 0; i < w->decision.n; i++) {
		feel_value v;
		ask.decision = w->decision.v[i];
		TRY(entitlement_month(k->a, k->f, &ask, month, &v));
		if (out->kind == FEEL_NUMBER && v.kind == FEEL_NUMBER)
			out->n = dec_add(out->n, v.n);
		else
			*out = feel_null(NULL);
	}
	return RC_OK;
}

static void
compare(months *k, const months_want *w, int32_t month, feel_value got, months_trial *out)
{
	bool null = w->value.kind == FEEL_NULL;

	if (!(null ? got.kind == FEEL_NULL : feel_is_true(feel_equal(got, w->value))))
		*vec_add(k->a, &out->failure) = (months_failure){w, month, got};
}

static rc
try_want(months *k, const someone *who, const months_want *w, months_trial *out)
{
	feel_value total = feel_int(0);

	for (int32_t m = w->from; m <= w->to; m = date_add_months(m, 1)) {
		feel_value now, then;
		TRY(sum_of(k, who, w, m, w->known, &now));
		if (!w->difference) {
			compare(k, w, m, now, out);
			continue;
		}
		TRY(sum_of(k, who, w, m, w->before, &then));
		bool both = now.kind == FEEL_NUMBER && then.kind == FEEL_NUMBER;
		if (both && total.kind == FEEL_NUMBER)
			total.n = dec_add(total.n, dec_sub(now.n, then.n));
		else
			total = feel_null(NULL);
	}
	if (w->difference)
		compare(k, w, w->from, total, out);
	return RC_OK;
}

rc
months_try(arena *a, fault *f, const policy *p, str file, str text, const feel_env *env, months_trial *out)
{
	months k = {.a = a, .f = f, .p = p, .file = file, .env = env};

	*out = (months_trial){0};
	if (text.n == 0)
		return RC_OK;
	TRY(read_all(&k, text));
	for (size_t i = 0; i < k.people.n; i++) {
		const someone *who = &k.people.v[i];
		size_t before = out->failure.n;
		for (size_t n = 0; n < who->want.n; n++)
			TRY(try_want(&k, who, &who->want.v[n], out));
		out->wants += who->want.n;
		out->persons += who->want.n > 0;
		out->failed += out->failure.n > before;
	}
	return RC_OK;
}
