/* entitlement.c - see entitlement.h. */
#include "app/entitlement/entitlement.h"

#include "app/policy/explain.h"
#include "base/date.h"

typedef VEC(int32_t) days;

static int32_t
first_of(int32_t day)
{
	ymd d = date_ymd(day);

	return date_from_ymd(d.y, d.m, 1);
}

static int32_t
last_of(int32_t month)
{
	return date_add_months(month, 1) - 1;
}

/* ---- one day ---- */

static const entitlement_fact *
fact_on(const entitlement_ask *ask, str name, int32_t day)
{
	const entitlement_record *r = ask->record;
	const entitlement_fact *best = NULL;

	for (size_t i = 0; i < r->fact.n; i++) {
		const entitlement_fact *x = &r->fact.v[i];
		if (str_eq(x->name, name) && x->known <= ask->known && x->from <= day && day <= x->to &&
		    (!best || x->known >= best->known))
			best = x;
	}
	return best;
}

/* What the day comes to; `month` is the first of the month that is assessed. */
static rc
amount_on(arena *a, fault *f, const entitlement_ask *ask, int32_t month, int32_t day, feel_value *out)
{
	const entitlement_record *r = ask->record;
	feel_entry *e = arena_array(a, feel_entry, r->fact.n + 1);
	feel_context in = {.n = 1, .e = e};
	policy_explanation x;

	e[0] = (feel_entry){POLICY_MONTH, feel_date(month)};
	for (size_t i = 0; i < r->fact.n; i++) {
		const entitlement_fact *of = fact_on(ask, r->fact.v[i].name, day);
		if (of && !feel_get(&in, of->name))
			e[in.n++] = (feel_entry){of->name, of->value};
	}
	TRY(policy_explain(a, f, ask->p, ask->decision, &in, ask->env, &x));
	*out = x.result;
	return RC_OK;
}

/* ---- one month ---- */

/* Its first day, and those on which something began or had ended; where it ends with the month of the loss,
 * the last day alone. */
static days
days_of(arena *a, const entitlement_ask *ask, int32_t month)
{
	const entitlement_record *r = ask->record;
	int32_t last = last_of(month);
	days all = {0};

	*vec_add(a, &all) = policy_ends_same_month(ask->p) ? last : month;
	if (policy_ends_same_month(ask->p))
		return all;
	for (size_t i = 0; i < r->fact.n; i++) {
		const entitlement_fact *x = &r->fact.v[i];
		if (x->known > ask->known)
			continue;
		if (x->from > month && x->from <= last)
			*vec_add(a, &all) = x->from;
		if (x->to >= month && x->to < last)
			*vec_add(a, &all) = x->to + 1;
	}
	return all;
}

/* The best of its days; null where none is paid and one is not known. */
static rc
amount_in(arena *a, fault *f, const entitlement_ask *ask, int32_t month, feel_value *out)
{
	days all = days_of(a, ask, month);
	feel_value best = feel_null(NULL);
	bool open = false;

	for (size_t i = 0; i < all.n; i++) {
		feel_value v;
		int order = 0;
		TRY(amount_on(a, f, ask, month, all.v[i], &v));
		open = open || v.kind != FEEL_NUMBER;
		if (v.kind == FEEL_NUMBER &&
		    (best.kind != FEEL_NUMBER || (feel_order(v, best, &order) && order > 0)))
			best = v;
	}
	bool paid = best.kind == FEEL_NUMBER && !dec_is_zero(best.n);
	*out = open && !paid ? feel_null(NULL) : best;
	return RC_OK;
}

int32_t
entitlement_begins(const policy *p, int32_t application)
{
	return date_add_months(first_of(application), policy_begins_next_month(p) ? 1 : 0);
}

int32_t
entitlement_ends(const policy *p, int32_t loss)
{
	return policy_ends_same_month(p) ? first_of(loss) - 1 : last_of(first_of(loss));
}

static bool
applied_in(const entitlement_ask *ask, int32_t month)
{
	const entitlement_record *r = ask->record;

	for (size_t i = 0; i < r->claim.n; i++)
		if (r->claim.v[i].known <= ask->known &&
		    entitlement_begins(ask->p, r->claim.v[i].day) == month)
			return true;
	return false;
}

static int32_t
first_application(const entitlement_ask *ask)
{
	const entitlement_record *r = ask->record;
	int32_t first = INT32_MAX;

	for (size_t i = 0; i < r->claim.n; i++) {
		int32_t month = entitlement_begins(ask->p, r->claim.v[i].day);
		if (r->claim.v[i].known <= ask->known)
			first = MIN(first, month);
	}
	return first;
}

rc
entitlement_month(arena *a, fault *f, const entitlement_ask *ask, int32_t month, feel_value *out)
{
	bool claimed = false;
	int32_t m = first_application(ask);

	month = first_of(month);
	*out = feel_int(0);
	for (size_t n = 0; m <= month; m = date_add_months(m, 1), n++) {
		if (n == ENTITLEMENT_MONTHS_MAX)
			return FAIL(f, RC_LIMIT, "entitlement.months", FA_INT("max", n));
		claimed = claimed || applied_in(ask, m);
		*out = feel_int(0);
		if (claimed)
			TRY(amount_in(a, f, ask, m, out));
		claimed = claimed && !(out->kind == FEEL_NUMBER && dec_is_zero(out->n));
	}
	return RC_OK;
}
