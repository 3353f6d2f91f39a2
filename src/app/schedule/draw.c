/* draw.c - assessors by lot: the pool in the order of its numbers, the seed drawn by the machine; rng_draw of
 * the two is all there is to it, so anybody can do it again. */
#include "app/schedule/schedule.h"

#include "app/organisation/organisation.h"
#include "app/schedule_sql.h"
#include "base/buf.h"
#include "base/rng.h"

typedef VEC(int64_t) numbers;

/* Those who could be drawn: doctors come from the register in the order of their numbers. */
static void
pool_of(arena *a, const institution *at, int64_t categories, str day, numbers *out)
{
	*out = (numbers){0};
	for (size_t i = 0; i < at->doctors.n; i++)
		if (doctor_categories(&at->doctors.v[i], day) & categories)
			*vec_add(a, out) = at->doctors.v[i].id;
}

static str
numbers_text(arena *a, const numbers *v)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < v->n; i++)
		buf_fmt(&b, "%s%lld", i ? " " : "", (long long)v->v[i]);
	return buf_str(&b);
}

static void
numbers_of(arena *a, str text, numbers *out)
{
	str one;

	*out = (numbers){0};
	while (str_next(&text, ' ', &one)) {
		int64_t n = 0;
		if (str_to_i64(one, &n))
			*vec_add(a, out) = n;
	}
}

/* The occasion's number is the stream: two occasions with one seed draw differently. */
static numbers
lot(arena *a, int64_t seed, int64_t occasion, const numbers *pool, size_t n)
{
	uint32_t *place = rng_draw(a, (uint64_t)seed, (uint64_t)occasion, pool->n, n);
	numbers out = {0};

	for (size_t i = 0; i < n; i++)
		*vec_add(a, &out) = pool->v[place[i]];
	return out;
}

rc
draw_make(tx *t, const void *in, void *out)
{
	const draw_new *n = in;
	row_occasion o;
	row_office f;
	institution at;
	numbers pool;

	(void)out;
	TRY(find_occasion(t, n->tenant, n->occasion, &o));
	TRY(office_find(t, n->tenant, o.office, &f));
	if (o.cancelled.n || !schedule_writes(n->by, n->tenant, o.office, f.region))
		return RC_NOT_FOUND;
	TRY(institution_load(tx_db(t), tx_arena(t), tx_fault(t), n->tenant, o.office, &at));
	pool_of(tx_arena(t), &at, o.categories, o.day, &pool);
	if (n->n < 1 || n->n > (int64_t)pool.n)
		return FAIL(tx_fault(t), RC_INVALID, "schedule.draw", FA_FIELD(STR("n")),
			    FA_INT("n", pool.n));
	numbers drawn = lot(tx_arena(t), n->seed, n->occasion, &pool, (size_t)n->n);
	tx_event(t, &(event_head){.tenant = n->tenant,
				  .actor = n->by->account,
				  .office = n->by->office,
				  .kind = "schedule.drawn",
				  .subject = n->occasion});
	return put_draw(t, &(row_draw){.tenant = n->tenant,
				       .id = tx_id(t),
				       .occasion = n->occasion,
				       .seed = n->seed,
				       .pool = numbers_text(tx_arena(t), &pool),
				       .drawn = numbers_text(tx_arena(t), &drawn),
				       .actor = n->by->account,
				       .made = tx_now(t)});
}

static str
name_of(arena *a, const institution *at, int64_t id)
{
	for (size_t i = 0; i < at->doctors.n; i++)
		if (at->doctors.v[i].id == id)
			return at->doctors.v[i].name;
	return str_fmt(a, "%lld", (long long)id);
}

rc
draws_read(db *d, arena *a, fault *f, const occasion_view *o, const institution *at, draws *out)
{
	draws_of_rows rows;

	*out = (draws){0};
	TRY(sql_draws_of(d, a, f, &(draws_of_in){.tenant = o->tenant, .occasion = o->id}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		draw_view *v = vec_add(a, out);
		numbers pool, drawn;
		*v = (draw_view){.id = rows.v[i].id,
				 .seed = rows.v[i].seed,
				 .made = rows.v[i].made,
				 .by = rows.v[i].name};
		numbers_of(a, rows.v[i].pool, &pool);
		numbers_of(a, rows.v[i].drawn, &drawn);
		for (size_t k = 0; k < pool.n; k++)
			*vec_add(a, &v->pool) = name_of(a, at, pool.v[k]);
		for (size_t k = 0; k < drawn.n; k++)
			*vec_add(a, &v->drawn) = name_of(a, at, drawn.v[k]);
		if (drawn.n > pool.n)
			continue;
		numbers again = lot(a, v->seed, o->id, &pool, drawn.n);
		v->proved = str_eq(numbers_text(a, &again), rows.v[i].drawn);
	}
	return RC_OK;
}
