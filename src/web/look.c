/* look.c - see look.h.
 *
 * Memory is a table of sets: a key chooses its set by a keyed hash, a set has WAYS places, and the one that
 * was used longest ago makes room. So its size never changes, and no flood of keys makes it slow; what it
 * can do is forget. */
#include "web/look.h"

#include <pthread.h>

#include "base/hash.h"
#include "web/table.h"

enum { SETS = 2048, WAYS = 8 };

typedef struct entry {
	look_key key;
	int64_t given;  /* when the purpose was last given or used; 0: a free place */
	int64_t looked; /* the last look under it; 0: none yet */
	uint8_t n;
	char purpose[LOOK_PURPOSE_MAX];
} entry;

struct looks {
	pthread_mutex_t lock;
	entry v[SETS][WAYS];
};

static void
destroy_lock(void *p)
{
	pthread_mutex_destroy(p);
}

looks *
looks_open(arena *a)
{
	looks *l = arena_new(a, looks);

	pthread_mutex_init(&l->lock, NULL);
	arena_defer(a, destroy_lock, &l->lock);
	return l;
}

/* ---- the table; all with the lock held ---- */

static entry *
set_of(looks *l, const look_key *k)
{
	return l->v[hash_bytes(k, sizeof *k) % SETS];
}

static bool
same_key(const look_key *x, const look_key *y)
{
	return x->actor == y->actor && x->office == y->office && x->tenant == y->tenant &&
	       x->person == y->person;
}

static entry *
find_entry(looks *l, const look_key *k, str purpose)
{
	entry *set = set_of(l, k);

	for (size_t i = 0; i < WAYS; i++)
		if (set[i].given && same_key(&set[i].key, k) &&
		    str_eq((str){set[i].purpose, set[i].n}, purpose))
			return &set[i];
	return NULL;
}

/* The entry of this purpose, made in the place used longest ago. NULL: too long to be remembered. */
static entry *
make_entry(looks *l, const look_key *k, str purpose)
{
	entry *set = set_of(l, k), *e = find_entry(l, k, purpose);

	if (e || purpose.n > LOOK_PURPOSE_MAX)
		return e;
	e = set;
	for (size_t i = 1; i < WAYS; i++)
		if (set[i].given < e->given)
			e = &set[i];
	*e = (entry){.key = *k, .n = (uint8_t)purpose.n};
	memcpy(e->purpose, purpose.p, purpose.n);
	return e;
}

bool
looks_stand(looks *l, const look_key *k, str purpose, int64_t now)
{
	pthread_mutex_lock(&l->lock);
	entry *e = find_entry(l, k, purpose);
	/* a clock that was set back opens no window */
	bool stands = e && e->looked && now >= e->looked && now - e->looked < LOOK_WINDOW_MS;
	if (stands)
		e->given = MAX(e->given, now);
	pthread_mutex_unlock(&l->lock);
	return stands;
}

void
looks_keep(looks *l, const look_key *k, str purpose, int64_t now)
{
	pthread_mutex_lock(&l->lock);
	entry *e = make_entry(l, k, purpose);
	if (e)
		e->given = e->looked = now;
	pthread_mutex_unlock(&l->lock);
}

void
looks_intend(looks *l, const look_key *k, str purpose, int64_t now)
{
	pthread_mutex_lock(&l->lock);
	entry *e = make_entry(l, k, purpose);
	if (e)
		e->given = now;
	pthread_mutex_unlock(&l->lock);
}

str
looks_purpose(looks *l, arena *a, const look_key *k, int64_t now)
{
	const entry *set = set_of(l, k), *last = NULL;
	str purpose = STR("");

	pthread_mutex_lock(&l->lock);
	for (size_t i = 0; i < WAYS; i++) {
		const entry *e = &set[i];
		bool holds = e->given && same_key(&e->key, k) && now - e->given < LOOK_PURPOSE_MS;
		if (holds && (!last || e->given >= last->given))
			last = e;
	}
	if (last)
		purpose = str_dup(a, (str){last->purpose, last->n});
	pthread_mutex_unlock(&l->lock);
	return purpose;
}

/* ---- in a request ---- */

/* What waits for the writer; rq->work leads here meanwhile. */
typedef struct looking {
	look_list rows;
	look_key key; /* of one person */
	str purpose;
	bool keep;
	web_handler then;
	void *work;
} looking;

static look_key
key_of(const web_req *rq, const person_ref *p)
{
	const actor *who = house_actor(rq);

	return (look_key){.actor = who->account,
			  .office = who->office,
			  .tenant = person_ref_tenant(p),
			  .person = person_ref_id(p)};
}

static look_key
key_of_case(const web_req *rq, int64_t tenant, int64_t kase)
{
	const actor *who = house_actor(rq);

	return (look_key){.actor = who->account, .office = who->office, .tenant = tenant, .person = kase};
}

/* Of a list, or of a paper of a case: nobody's number is below 0. */
static look_key
key_of_words(const web_req *rq, int64_t tenant, str what)
{
	const actor *who = house_actor(rq);

	return (look_key){.actor = who->account,
			  .office = who->office,
			  .tenant = tenant,
			  .person = -1 - (int64_t)(hash_str(what) >> 1)};
}

void
look_intend_case(web_req *rq, int64_t tenant, int64_t kase, str purpose)
{
	look_key k = key_of_case(rq, tenant, kase);

	looks_intend(house_of(rq)->looks, &k, purpose, rq->now);
}

str
look_purpose_case(web_req *rq, int64_t tenant, int64_t kase)
{
	look_key k = key_of_case(rq, tenant, kase);

	return looks_purpose(house_of(rq)->looks, rq->a, &k, rq->now);
}

void
look_intend(web_req *rq, const person_ref *p, str purpose)
{
	look_key k = key_of(rq, p);

	looks_intend(house_of(rq)->looks, &k, purpose, rq->now);
}

str
look_purpose(web_req *rq, const person_ref *p)
{
	look_key k = key_of(rq, p);

	return looks_purpose(house_of(rq)->looks, rq->a, &k, rq->now);
}

/* A list that is taken along: a look at each person and case on it. */
static look_list
rows_of_sheet(web_req *rq, const look *k)
{
	const actor *who = house_actor(rq);
	size_t cases = k->cases ? k->cases->n : 0, n = 0;
	look_row *v = arena_array(rq->a, look_row, k->people->n + cases);
	const look_row one = {.actor = who->account,
			      .office = who->office,
			      .what = str_cat(rq->a, STR("sheet "), k->what),
			      .purpose = k->purpose};

	for (size_t i = 0; i < k->people->n; i++) {
		v[n] = one;
		v[n].tenant = person_ref_tenant(k->people->v[i]);
		v[n++].person = person_ref_id(k->people->v[i]);
	}
	for (size_t i = 0; i < cases; i++) {
		const look_case *c = &k->cases->v[i];
		v[n] = one;
		v[n].tenant = c->person ? c->person_tenant : c->tenant;
		v[n].person = c->person;
		v[n++].kase = c->kase;
	}
	return (look_list){.v = v, .n = n};
}

static bool
is_sheet(const web_req *rq, const look *k)
{
	return k->kind == LOOK_LIST && table_asked(rq) != TABLE_PAGE &&
	       (k->people->n > 0 || (k->cases && k->cases->n > 0));
}

static look_list
rows_of(web_req *rq, const look *k)
{
	const actor *who = house_actor(rq);

	if (is_sheet(rq, k))
		return rows_of_sheet(rq, k);
	if (k->kind == LOOK_LIST)
		return audit_list_looks(rq->a, &(list_look){.by = who,
							    .query = k->what,
							    .purpose = k->purpose,
							    .people = k->people});
	look_row *v = arena_new(rq->a, look_row);
	if (k->kind == LOOK_CASE) {
		bool known = k->at->person != 0;
		*v = (look_row){.tenant = known ? k->at->person_tenant : k->at->tenant,
				.actor = who->account,
				.office = who->office,
				.person = k->at->person,
				.kase = k->at->kase,
				.what = k->what.n ? str_cat(rq->a, STR("case "), k->what) : STR("case"),
				.purpose = k->purpose};
		return (look_list){.v = v, .n = 1};
	}
	*v = (look_row){.tenant = person_ref_tenant(k->person),
			.actor = who->account,
			.office = who->office,
			.person = person_ref_id(k->person),
			.kase = k->kase,
			.what = k->kind == LOOK_REVEAL ? str_cat(rq->a, STR("reveal "), k->what)
						       : STR("person"),
			.purpose = k->purpose};
	return (look_list){.v = v, .n = 1};
}

static rc
looked(web_req *rq)
{
	looking *l = rq->work;

	rq->work = l->work;
	TRY(house_written(rq, NULL, NULL));
	if (l->keep)
		looks_keep(house_of(rq)->looks, &l->key, l->purpose, rq->now);
	return l->then(rq);
}

rc
house_look(web_req *rq, const look *k, web_handler then)
{
	looking *l = arena_new(rq->a, looking);

	bool person = k->kind == LOOK_PERSON || k->kind == LOOK_REVEAL;
	bool list = k->kind == LOOK_LIST, standing = k->standing && !is_sheet(rq, k);
	bool window = k->kind == LOOK_PERSON || (k->kind == LOOK_CASE && k->what.n == 0) || standing;
	BUG_ON(house_actor(rq)->kind == ACTOR_NOBODY || person != (k->person != NULL) ||
	       (k->kind == LOOK_CASE) != (k->at != NULL));
	*l = (looking){.purpose = k->purpose, .then = then, .work = rq->work, .keep = !list || standing};
	if (k->person)
		l->key = key_of(rq, k->person);
	if (k->at)
		l->key = k->what.n ? key_of_words(rq, k->at->tenant, k->what)
				   : key_of_case(rq, k->at->tenant, k->at->kase);
	if (list)
		l->key = key_of_words(rq, house_actor(rq)->tenant, k->what);
	if (window && looks_stand(house_of(rq)->looks, &l->key, k->purpose, rq->now))
		return then(rq);
	l->rows = rows_of(rq, k);
	rq->work = l;
	/* without the form's key: the same value shown twice is two looks */
	return house_write(
		rq,
		&(house_command){
			.fn = audit_look, .in = &l->rows, .unkeyed = true, .plain = true, .then = looked});
}
