/* named.c - who assessed: the doctors that the answers name, against the register of the institution that has
 * the turn; and whether it is too early to assess at all. */
#include "app/kase/kase_priv.h"

#include "base/date.h"

enum { NAMED = 3, SECOND = 1, REVIEW = 2, MULTIPLE = 7 };

/* The fields of the catalogue that name an assessor, in the order in which they are needed. */
static const char *const named_field[NAMED] = {"doctor", "second_doctor", "review_doctor"};

typedef struct naming {
	kase_ctx *c;
	str day; /* of the assessment */
	institution at;
	str name[NAMED];
	const doctor_view *who[NAMED]; /* NULL: nobody is named there */
	int64_t needed;                /* categories that were concluded */
} naming;

bool
kase_names_assessor(const field *x)
{
	for (size_t i = 0; i < NAMED; i++)
		if (str_eq(x->id, str_of(named_field[i])))
			return true;
	return false;
}

/* ---- how many ---- */

/* A number that the place has set by then; else `otherwise`. */
static int64_t
local_number(const kase_ctx *c, str id, int64_t otherwise)
{
	const parameter *p = c->h->parameters ? parameter_find(c->h->parameters, id) : NULL;
	const parameter_value *v = p ? parameter_at(p, c->k.region, ctx_today(c)) : NULL;

	return v ? v->n : otherwise;
}

/* Two where nothing else is set; a grave result may need the second reading of one more. */
static rc
check_count(const naming *n, int64_t level)
{
	kase_ctx *c = n->c;
	int64_t least = local_number(c, STR("min_assessors"), 2);
	int64_t read_again = local_number(c, STR("second_review_levels"), 0);

	if (least > 1 && n->name[SECOND].n == 0)
		return FAIL(c->f, RC_INVALID, "kase.assessor_second", FA_FIELD(STR("second_doctor")));
	if (level && level <= read_again && n->name[REVIEW].n == 0)
		return FAIL(c->f, RC_INVALID, "kase.assessor_review", FA_FIELD(STR("review_doctor")),
			    FA_INT("level", read_again));
	return RC_OK;
}

/* ---- who could be named instead ---- */

/* "王明远、李淑兰": those who are there on the day and licensed for one of the categories; 0: for any. */
static str
could_be(const naming *n, int64_t categories)
{
	buf b = buf_in(n->c->a);

	for (size_t i = 0; i < n->at.doctors.n; i++) {
		const doctor_view *d = &n->at.doctors.v[i];
		int64_t set = doctor_categories(d, n->day);
		if (categories ? set & categories : set)
			buf_fmt(&b, "%s%.*s", b.n ? "、" : "", STR_ARG(d->name));
	}
	return b.n ? buf_str(&b) : STR("—");
}

static str
category_zh(const kase_ctx *c, int64_t category)
{
	const code_list *l = code_list_find(c->h->fields, STR("category"));
	str code = str_fmt(c->a, "%lld", (long long)category);
	const code_item *item = l ? code_find(l, code) : NULL;

	return item ? item->zh : code;
}

/* ---- each of them ---- */

static bool
taken(const naming *n, const doctor_view *d)
{
	for (size_t i = 0; i < NAMED; i++)
		if (n->who[i] == d)
			return true;
	return false;
}

/* The doctor of that name; of several the one whose licence covers most of it. */
static const doctor_view *
doctor_named(const naming *n, str name)
{
	const doctor_view *best = NULL;
	bool licensed = false;

	for (size_t i = 0; i < n->at.doctors.n; i++) {
		const doctor_view *d = &n->at.doctors.v[i];
		bool may_do = (doctor_categories(d, n->day) & n->needed) != 0;
		if (!str_eq(d->name, name) || !doctor_there(d, n->day) || taken(n, d))
			continue;
		if (!best || (may_do && !licensed)) {
			best = d;
			licensed = may_do;
		}
	}
	return best;
}

static rc
find_named(naming *n, size_t i)
{
	kase_ctx *c = n->c;
	str field_id = str_of(named_field[i]);

	n->who[i] = doctor_named(n, n->name[i]);
	if (n->who[i])
		return RC_OK;
	for (size_t k = 0; k < i; k++)
		if (str_eq(n->name[k], n->name[i]))
			return FAIL(c->f, RC_INVALID, "kase.assessor_same", FA_FIELD(field_id),
				    FA_STR("name", n->name[i]));
	return FAIL(c->f, RC_INVALID, "kase.assessor_unknown", FA_FIELD(field_id), FA_STR("name", n->name[i]),
		    FA_STR("can", could_be(n, n->needed)));
}

/* Why his licence does not hold for the category on the day. */
static rc
not_licensed(const naming *n, size_t i, int64_t category)
{
	kase_ctx *c = n->c;
	str field_id = str_of(named_field[i]), can = could_be(n, category_bit(category));
	str word = category_zh(c, category);
	const licence_view *l = doctor_licence(n->who[i], category);

	if (l && l->until.n && str_cmp(l->until, n->day) < 0)
		return FAIL(c->f, RC_INVALID, "kase.assessor_ended", FA_FIELD(field_id),
			    FA_STR("name", n->name[i]), FA_STR("category", word), FA_STR("until", l->until),
			    FA_STR("can", can));
	if (l)
		return FAIL(c->f, RC_INVALID, "kase.assessor_later", FA_FIELD(field_id),
			    FA_STR("name", n->name[i]), FA_STR("category", word), FA_STR("from", l->from),
			    FA_STR("can", can));
	return FAIL(c->f, RC_INVALID, "kase.assessor_unlicensed", FA_FIELD(field_id),
		    FA_STR("name", n->name[i]), FA_STR("category", word), FA_STR("can", can));
}

/* Nobody assesses himself, a ward or his household: known of who has a sign-in of his own. */
static rc
check_not_near(const naming *n, size_t i)
{
	kase_ctx *c = n->c;
	const doctor_view *d = n->who[i];
	rc r = act_check_near(c, d->home ? d->home : n->at.tenant, d->person);

	if (r != RC_DENIED)
		return r;
	fault_clear(c->f);
	return FAIL(c->f, RC_INVALID, "kase.assessor_near", FA_FIELD(str_of(named_field[i])),
		    FA_STR("name", d->name), FA_STR("can", could_be(n, n->needed)));
}

static int64_t
lowest_category(int64_t set)
{
	int64_t c = 1;

	while (!(set & category_bit(c)))
		c++;
	return c;
}

/* What was concluded, or else what was asked for: the categories that somebody must be licensed for. */
static int64_t
categories_of(const kase_ctx *c, const assessment_parts *found)
{
	int64_t claimed = ctx_code(c, "claimed_category"), set = 0;

	for (size_t i = 0; i < found->n; i++)
		set |= category_bit(found->v[i].category);
	return set || claimed == 0 || claimed == MULTIPLE ? set : category_bit(claimed);
}

/* Each who is named must be licensed for one of the categories, and each category needs one of them: an eye
 * doctor and an orthopaedist together conclude a multiple disability. */
static rc
check_licences(const naming *n)
{
	int64_t covered = 0;

	for (size_t i = 0; i < NAMED; i++) {
		int64_t set = n->who[i] ? doctor_categories(n->who[i], n->day) : 0;
		if (n->who[i] && n->needed && !(set & n->needed))
			return not_licensed(n, i, lowest_category(n->needed));
		covered |= set;
	}
	if (n->needed & ~covered)
		return not_licensed(n, 0, lowest_category(n->needed & ~covered));
	return RC_OK;
}

static rc
check_designated(const naming *n)
{
	kase_ctx *c = n->c;
	int64_t missing = n->needed & ~institution_categories(&n->at, n->day);

	if (missing)
		return FAIL(c->f, RC_INVALID, "kase.not_designated", FA_FIELD(STR("doctor")),
			    FA_STR("category", category_zh(c, lowest_category(missing))),
			    FA_STR("day", n->day));
	return RC_OK;
}

/* Whoever decides by his own sign-in, and is a doctor of the register, is one of those who conclude. */
static rc
check_decider(const naming *n)
{
	kase_ctx *c = n->c;

	for (size_t i = 0; i < n->at.doctors.n; i++) {
		const doctor_view *d = &n->at.doctors.v[i];
		if (d->account && d->account == c->turn.decided_by && doctor_there(d, n->day) && !taken(n, d))
			return FAIL(c->f, RC_INVALID, "kase.assessor_absent", FA_FIELD(STR("doctor")),
				    FA_STR("name", d->name));
	}
	return RC_OK;
}

static rc
check_register(naming *n)
{
	for (size_t i = 0; i < NAMED; i++)
		if (n->name[i].n)
			TRY(find_named(n, i));
	TRY(check_designated(n));
	TRY(check_licences(n));
	for (size_t i = 0; i < NAMED; i++)
		if (n->who[i])
			TRY(check_not_near(n, i));
	return check_decider(n);
}

/* Where no doctor is registered yet nothing is known of them but that they are two. */
static rc
check_apart(const naming *n)
{
	for (size_t i = 1; i < NAMED; i++)
		for (size_t k = 0; k < i; k++)
			if (n->name[i].n && str_eq(n->name[k], n->name[i]))
				return FAIL(n->c->f, RC_INVALID, "kase.assessor_same",
					    FA_FIELD(str_of(named_field[i])), FA_STR("name", n->name[i]));
	return RC_OK;
}

rc
assessors_check(kase_ctx *c, const assessment_parts *found)
{
	naming n = {.c = c, .day = ctx_answer(c, "assessed_on"), .needed = categories_of(c, found)};

	for (size_t i = 0; i < NAMED; i++)
		n.name[i] = str_trim(ctx_answer(c, named_field[i]));
	TRY(check_count(&n, assessment_together(found).level));
	if (str_eq(ctx_answer(c, "treating_doctor"), STR("1")) && c->word[WORD_REASON].n == 0)
		return FAIL(c->f, RC_INVALID, "kase.assessor_treats", FA_FIELD(STR("reason")));
	TRY(institution_load(c->d, c->a, c->f, c->turn.office_tenant, c->turn.office, &n.at));
	return n.at.doctors.n ? check_register(&n) : check_apart(&n);
}

/* ---- too early ---- */

static bool
leads_to_assessment(const service *s)
{
	for (size_t i = 0; i < s->nsteps; i++)
		for (size_t k = 0; k < s->step[i].nacts; k++)
			for (size_t e = 0; e < s->step[i].act[k].neffects; e++)
				if (s->step[i].act[k].effect[e]->number == EFFECT_ASSESSMENT_RECORD)
					return true;
	return false;
}

/* Rules of the place for a category: assess_age_N years of age, assess_months_N months since the onset. */
static int64_t
local_wait(const kase_ctx *c, const char *what, int64_t category)
{
	return local_number(c, str_fmt(c->a, "assess_%s_%lld", what, (long long)category), 0);
}

const fault *
assess_early(kase_ctx *c, const service_step *step, const service_act *act)
{
	int64_t category = ctx_code(c, "claimed_category"), age = 0, months = 0;
	fault *why = arena_new(c->a, fault);
	int32_t day = DATE_NONE;

	if (step->number != 0 || !act->to || category == 0 || !leads_to_assessment(c->s))
		return NULL;
	age = local_wait(c, "age", category);
	months = local_wait(c, "months", category);
	str word = category_zh(c, category);
	if (age && date_parse(ctx_answer(c, "born"), &day) && date_age(day, ctx_today(c)) < age) {
		(void)FAIL(why, RC_INVALID, "kase.early_age", FA_FIELD(STR("reason")),
			   FA_STR("category", word), FA_INT("age", age));
		return why;
	}
	if (months && date_parse(ctx_answer(c, "onset"), &day) &&
	    date_add_months(day, (int32_t)months) > ctx_today(c)) {
		(void)FAIL(why, RC_INVALID, "kase.early_onset", FA_FIELD(STR("reason")),
			   FA_STR("category", word), FA_INT("months", months),
			   FA_STR("day", date_str(c->a, date_add_months(day, (int32_t)months))));
		return why;
	}
	return NULL;
}

/* ---- for pages ---- */

rc
kase_institution(const kase_view *v, institution *out)
{
	const kase_ctx *c = v->open;

	for (size_t i = 0; i < v->turns.n; i++)
		if (v->turns.v[i].n == v->turn)
			return institution_load(c->d, c->a, c->f, v->turns.v[i].office_tenant,
						v->turns.v[i].office, out);
	*out = (institution){0};
	return RC_OK;
}
