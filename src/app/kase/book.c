/* book.c - see book.h. */
#include "app/kase/book.h"

#include <stdlib.h>

#include "app/kase/kase_priv.h"
#include "base/date.h"

enum { OFFERED = 200, MULTIPLE = 7, TOWNSHIP = 1000, COUNTY = 1000000 };

/* Categories that the case may turn out to be; 0: any. */
static int64_t
categories_of(const kase_ctx *c)
{
	int64_t claimed = ctx_code(c, "claimed_category");

	return claimed == 0 || claimed == MULTIPLE ? 0 : category_bit(claimed);
}

static const role *
assessing_role(const kase_ctx *c, const service_step *step)
{
	for (size_t i = 0; step && i < step->nby; i++)
		if (str_eq(step->by[i]->id, c->turn.role) &&
		    perms_has(&step->by[i]->perms, PERM_ASSESSMENT_RECORD))
			return step->by[i];
	return NULL;
}

/* Is the case with who assesses? */
static bool
with_institution(const kase_ctx *c)
{
	return c->k.state == KASE_AT_OFFICE && c->turn.office &&
	       assessing_role(c, service_step_find(c->s, c->k.step));
}

rc
kase_book(tx *t, const void *in, void *out)
{
	const kase_book_in *b = in;
	kase_ctx c;
	row_occasion o;
	row_office f;

	(void)out;
	TRY(ctx_load(&c, t, &b->at));
	if (!with_institution(&c))
		return FAIL(c.f, RC_INVALID, "kase.book_now");
	TRY(find_office(t, c.turn.office_tenant, c.turn.office, &f));
	if (!schedule_writes(b->at.by, f.tenant, f.id, f.region) || !actor_line_ok(b->at.by, c.s->line))
		return FAIL(c.f, RC_DENIED, "kase.book_denied");
	rc r = find_occasion(t, b->tenant, b->occasion, &o);
	if (r == RC_NOT_FOUND || (r == RC_OK && (o.office != f.id || o.tenant != f.tenant)))
		return FAIL(c.f, RC_INVALID, "kase.book_office", FA_FIELD(STR("occasion")));
	TRY(r);
	return appointment_put(t, &(appointment_new){.by = b->at.by,
						     .tenant = b->tenant,
						     .occasion = b->occasion,
						     .kase_tenant = c.k.tenant,
						     .kase = c.k.id,
						     .categories = categories_of(&c),
						     .needs = b->needs});
}

/* ---- for pages ---- */

static void
read_turn(kase_ctx *c, const kase_view *v)
{
	c->turn = (row_kase_step){.role = STR("")};
	for (size_t i = 0; i < v->turns.n; i++)
		if (v->turns.v[i].n == v->turn) {
			c->turn.n = v->turn;
			c->turn.office_tenant = v->turns.v[i].office_tenant;
			c->turn.office = v->turns.v[i].office;
			c->turn.role = v->turns.v[i].role;
		}
}

/* How far the place of an occasion is: the same township, the same county, further. */
static int
distance(int64_t home, const occasion_view *o)
{
	if (o->region % COUNTY && home / TOWNSHIP == o->region / TOWNSHIP)
		return 0;
	return home / COUNTY == o->region / COUNTY ? 1 : 2;
}

typedef struct offer {
	occasion_view o;
	int far;
} offer;

/* The nearest, then the earliest; they come by day. */
static int
by_distance(const void *a, const void *b)
{
	const offer *x = a, *y = b;
	int c = x->far - y->far;

	if (c == 0)
		c = str_cmp(x->o.day, y->o.day);
	if (c == 0)
		c = str_cmp(x->o.begins, y->o.begins);
	return c ? c : (x->o.id > y->o.id) - (x->o.id < y->o.id);
}

rc
kase_occasions_read(const kase_view *v, int64_t now, occasions *out)
{
	kase_ctx *c = v->open;
	int64_t home = c->k.residence ? c->k.residence : c->k.region, set = 0;
	bool visit = str_eq(ctx_answer(c, "home_visit"), STR("1"));
	VEC(offer) v2 = {0};
	occasions all;

	*out = (occasions){0};
	c->now = now;
	read_turn(c, v);
	if (!with_institution(c))
		return RC_OK;
	set = categories_of(c);
	TRY(occasion_list(c->d, c->a, c->f, c->turn.office_tenant, c->turn.office, ctx_day(c), OFFERED,
			  &all));
	for (size_t i = 0; i < all.n; i++) {
		const occasion_view *o = &all.v[i];
		if (o->cancelled.n || o->taken >= o->capacity || (set && !(o->categories & set)))
			continue;
		bool wanted = visit == (o->kind == OCCASION_HOME);
		*vec_add(c->a, &v2) = (offer){*o, distance(home, o) + (wanted ? 0 : 3)};
	}
	if (v2.n)
		qsort(v2.v, v2.n, sizeof *v2.v, by_distance);
	for (size_t i = 0; i < v2.n; i++)
		*vec_add(c->a, out) = v2.v[i].o;
	return RC_OK;
}

rc
kase_booking_read(const kase_view *v, const actor *who, kase_booking *out)
{
	kase_ctx *c = v->open;
	institution at;

	*out = (kase_booking){0};
	TRY(kase_appointments_read(c->d, c->a, c->f, v->tenant, v->id, &out->all));
	read_turn(c, v);
	if (!with_institution(c))
		return RC_OK;
	rc r = institution_read(c->d, c->a, c->f, who, c->turn.office_tenant, c->turn.office, &at);
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	out->can = schedule_writes(who, at.tenant, at.id, at.region) && actor_line_ok(who, c->s->line);
	return RC_OK;
}
