/* intake.c - see intake.h. */
#include "app/intake/intake.h"

#include <pthread.h>

#include "app/intake_sql.h"
#include "app/region/tenant.h"
#include "io/thread.h"
#include "io/xlsx_write.h"
#include "store/parcel.h"
#include "store/rows.h"

enum {
	SLICE = 200,    /* persons; a command */
	IN_FLIGHT = 20, /* slices that wait for the writer */
	THREADS = 2,
	KNOWN = 20, /* numbers a look-up */
};

typedef struct slice {
	intake *in;
	struct slice *next; /* of those that were refused as a whole */
	arena *a;
	size_t n;
	person_new *person;
	size_t *row; /* of the table, for each person */
	int64_t *missing;
	str *digest;
	wrapped_key *keys;
	parcel *parcel; /* all of them */
	store_command c;
} slice;

struct intake {
	arena *a;
	intake_ask ask;
	intake_setting set;
	uint32_t *twin; /* for each row: the number of an earlier row with the same number, or 0 */
	intake_result *result;
	int64_t id;
	bool load;

	size_t next_row;  /* taken by the threads, atomic */
	int64_t progress; /* atomic */

	pthread_mutex_t lock; /* over what follows */
	pthread_cond_t landed;
	size_t flying;
	slice *failed;
	bool stop;
	fault why; /* of what stopped it */
};

/* ---- opening ---- */

static str
number_at(const field_reader *r, const intake_row *row, int column, const field *x)
{
	field_value v;
	fault f = {0};

	if (column < 0 || (uint32_t)column >= row->n ||
	    field_read_cell(r, &f, x, &row->cell[column], &v) != RC_OK || !v.given)
		return STR("");
	return x->type == FIELD_CERTIFICATE ? str_dup(r->a, nid_str(&v.cert.holder)) : v.text;
}

/* The same person twice in one file: the first row counts. */
static void
find_twins(intake *in)
{
	const intake_table *t = in->ask.table;
	int id = intake_column_of(t, in->set.f_id), number = intake_column_of(t, in->set.f_number);
	arena *own = arena_open(in->a, 0);
	field_reader r = {.a = own, .c = in->ask.c, .today = in->set.today};
	map seen = map_in(own);

	in->twin = arena_array(in->a, uint32_t, t->rows.n);
	for (size_t i = 0; i < t->rows.n; i++) {
		const intake_row *row = &t->rows.v[i];
		str s = number_at(&r, row, id, in->set.f_id);
		if (s.n == 0)
			s = number_at(&r, row, number, in->set.f_number);
		const intake_row *first = s.n ? map_get(&seen, s) : NULL;
		if (first)
			in->twin[i] = first->number;
		else if (s.n)
			map_set(&seen, s, &t->rows.v[i]);
	}
	arena_close(own);
}

static void
lock_close(void *p)
{
	intake *in = p;

	pthread_cond_destroy(&in->landed);
	pthread_mutex_destroy(&in->lock);
}

/* Whole provinces: people live where their office does not reach. */
static scope
provinces_of(arena *a, const scope *s)
{
	static const int64_t span = 10000000000;
	interval *v = arena_array(a, interval, s->n);
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		interval x = {s->v[i].lo / span * span, (s->v[i].hi + span - 1) / span * span};
		if (n && x.lo < v[n - 1].hi)
			v[n - 1].hi = MAX(v[n - 1].hi, x.hi);
		else
			v[n++] = x;
	}
	return (scope){v, n};
}

rc
intake_open(arena *a, fault *f, const intake_ask *ask, intake **out)
{
	intake *in = arena_new(a, intake);
	arena *own = arena_open(a, 0);
	db *d = NULL;

	if (!may(ask->who, PERM_LIST_IMPORT, REGION_NONE))
		return FAIL(f, RC_DENIED, "intake.denied");
	*in = (intake){.a = a, .ask = *ask};
	pthread_mutex_init(&in->lock, NULL);
	pthread_cond_init(&in->landed, NULL);
	arena_defer(a, lock_close, in);
	TRY(intake_setting_make(a, f, ask->c, &in->set));
	in->set.table = ask->table;
	in->set.today = date_of_instant(ask->now);
	in->set.demo = ask->demo;
	in->set.lang = ask->lang;
	TRY(store_read(ask->s, own, f, &d));
	const scope area = provinces_of(own, &ask->who->scope);
	TRY(places_load(d, a, f, &area, &in->set.places));
	in->set.regions = places_regions(in->set.places);
	arena_close(own);
	in->result = arena_array(a, intake_result, ask->table->rows.n);
	find_twins(in);
	*out = in;
	return RC_OK;
}

/* ---- one slice: read, look up, compare, seal ---- */

typedef struct worker {
	intake *in;
	pthread_t thread;
	arena *keep; /* what outlives the slices: reasons, differences */
	map tenants; /* code → federation, this thread's own */
	fault f;
} worker;

/* A slice as a thread sees it. */
typedef struct work {
	worker *w;
	intake *in;
	arena *a;
	db *d;
	size_t first, n;
	intake_read *read;
	str *idx;  /* two for each row: identity number, certificate */
	map known; /* idx → intake_known_row */
} work;

static void
refuse(work *k, size_t i, const field *x, const fault *why)
{
	intake_refuse(&k->in->set, k->a, &k->read[i], x, why);
}

static rc
federation(work *k, fault *f, int64_t code, int64_t *out)
{
	worker *w = k->w;
	str key = {(const char *)&code, sizeof code};
	const int64_t *had = map_get(&w->tenants, key);
	tenant t;

	if (!had) {
		rc r = tenant_of_region(k->d, k->a, f, code, k->in->set.today, &t);
		if (r != RC_OK && r != RC_NOT_FOUND)
			return r;
		int64_t *kept = arena_array(w->keep, int64_t, 2);
		kept[0] = r == RC_OK ? t.id : 0;
		kept[1] = code;
		map_set(&w->tenants, (str){(const char *)&kept[1], sizeof code}, kept);
		had = kept;
	}
	*out = *had;
	return RC_OK;
}

/* Who is responsible for the places of a person, and may the office enter him at all? */
static rc
settle_places(work *k, size_t i, fault *f)
{
	person_in *p = &k->read[i].person;
	const intake_setting *s = &k->in->set;
	fault why = {0};

	for (size_t n = 0; n < p->nplaces; n++)
		TRY(federation(k, f, p->place[n].region, &p->place[n].tenant));
	if (p->nplaces == 2 && p->place[1].tenant == 0)
		p->nplaces = 1; /* nobody here is responsible for where he lives */
	p->tenant = p->place[0].tenant;
	if (!scope_has(&k->in->ask.who->scope, p->place[0].region)) {
		(void)FAIL(&why, RC_INVALID, "intake.outside");
		refuse(k, i, s->f_place, &why);
	} else if (p->tenant == 0) {
		(void)FAIL(&why, RC_INVALID, "intake.no_federation");
		refuse(k, i, s->f_place, &why);
	}
	return RC_OK;
}

static rc
read_rows(work *k, fault *f)
{
	for (size_t i = 0; i < k->n; i++) {
		intake *in = k->in;
		size_t row = k->first + i;
		intake_row_read(&in->set, k->a, &in->ask.table->rows.v[row], &k->read[i]);
		if (in->twin[row]) {
			fault why = {0};
			(void)FAIL(&why, RC_INVALID, "intake.twin", FA_INT("row", in->twin[row]));
			refuse(k, i, NULL, &why);
		}
		if (k->read[i].nreasons == 0)
			TRY(settle_places(k, i, f));
	}
	return RC_OK;
}

static rc
ask_known(work *k, fault *f, const str v[KNOWN])
{
	intake_known_rows rows;

	TRY(sql_intake_known(k->d, k->a, f,
			     &(intake_known_in){v[0],  v[1],  v[2],  v[3],  v[4],  v[5],  v[6],
						v[7],  v[8],  v[9],  v[10], v[11], v[12], v[13],
						v[14], v[15], v[16], v[17], v[18], v[19]},
			     &rows));
	for (size_t i = 0; i < rows.n; i++)
		map_set(&k->known, rows.v[i].idx, &rows.v[i]);
	return RC_OK;
}

/* Which of the slice's numbers the register has already. */
static rc
look_up(work *k, fault *f)
{
	sealer *seal = db_sealer(k->d);
	str v[KNOWN];
	size_t n = 0;

	k->known = map_in(k->a);
	for (size_t i = 0; i < 2 * k->n; i++) {
		const person_in *p = &k->read[i / 2].person;
		str number = i % 2 ? p->certificate.number : p->id_number;
		k->idx[i] = STR("");
		if (k->read[i / 2].nreasons || number.n == 0)
			continue;
		TRY(seal_index(seal, k->a, f, i % 2 ? "certificate" : "id_number", number, &k->idx[i]));
		v[n++] = k->idx[i];
		if (n == KNOWN) {
			TRY(ask_known(k, f, v));
			n = 0;
		}
	}
	if (n == 0)
		return RC_OK;
	for (size_t i = n; i < KNOWN; i++)
		v[i] = STR("");
	return ask_known(k, f, v);
}

/* The row's person is in the register: the same, or different where? A row that brought him, when nothing has
 * happened to him since, is the same without opening anything. */
static rc
compare(work *k, size_t i, fault *f, const intake_known_row *who)
{
	const person_ref *ref = NULL;
	intake_result *out = &k->in->result[k->first + i];
	intake_same_row same;
	record rec = {0};
	fault why = {0};
	str said;

	TRY(record_digest(db_sealer(k->d), &k->in->set, k->a, f, &k->read[i], &said));
	rc r = person_open(k->d, k->a, f, k->in->ask.who, who->tenant, who->person, &ref);
	if (r == RC_OK) {
		r = sql_intake_same(k->d, k->a, f, &(intake_same_in){who->tenant, who->person, said}, &same);
		if (r == RC_OK && same.n == 0) {
			*out = (intake_result){INTAKE_SAME, .owner = who->tenant, .person = who->person};
			return RC_OK;
		}
		r = r == RC_NOT_FOUND ? RC_OK : r;
	}
	if (r == RC_OK)
		r = record_read(k->d, k->a, f, k->in->ask.c, ref, &rec);
	if (r == RC_NOT_FOUND) {
		(void)FAIL(&why, RC_CONFLICT, "intake.elsewhere");
		refuse(k, i, k->in->set.f_id, &why);
		return RC_OK;
	}
	if (r == RC_OK)
		r = record_compare(&rec, &k->in->set, k->a, f, &k->read[i], &out->differences);
	record_done(&rec);
	TRY(r);
	out->verdict = out->differences.n ? INTAKE_DIFFERS : INTAKE_SAME;
	out->owner = who->tenant;
	out->person = who->person;
	return RC_OK;
}

static rc
judge(work *k, size_t i, fault *f)
{
	const intake_known_row *id = map_get(&k->known, k->idx[2 * i]),
			       *cert = map_get(&k->known, k->idx[2 * i + 1]);
	fault why = {0};

	if (!id && !cert)
		return RC_OK;
	if (cert && (!id || id->person != cert->person)) {
		(void)FAIL(&why, RC_CONFLICT, "intake.certificate_elsewhere");
		refuse(k, i, k->in->set.f_number, &why);
		return RC_OK;
	}
	return compare(k, i, f, id);
}

/* What of a row's answer outlives the slice. */
static void
keep_result(work *k, size_t i)
{
	arena *to = k->w->keep;
	intake_result *r = &k->in->result[k->first + i];
	const intake_read *x = &k->read[i];
	str *reason = arena_array(to, str, x->nreasons);

	for (size_t n = 0; n < x->nreasons; n++)
		reason[n] = str_dup(to, x->reason[n]);
	r->reason = reason;
	r->nreasons = x->nreasons;
	r->number = str_dup(to, x->person.id_number);
	r->name = str_dup(to, x->person.name);
	if (x->nreasons)
		r->verdict = INTAKE_REFUSED;
	intake_difference *d = arena_array(to, intake_difference, r->differences.n);
	for (size_t n = 0; n < r->differences.n; n++)
		d[n] = (intake_difference){.field = r->differences.v[n].field,
					   .sheet = str_dup(to, r->differences.v[n].sheet),
					   .kept = str_dup(to, r->differences.v[n].kept)};
	r->differences = (intake_differences){.v = d, .n = r->differences.n, .cap = r->differences.n};
}

static rc
seal_new_people(work *k, slice *s, fault *f)
{
	s->person = arena_array(k->a, person_new, k->n);
	s->row = arena_array(k->a, size_t, k->n);
	s->missing = arena_array(k->a, int64_t, k->n);
	s->digest = arena_array(k->a, str, k->n);
	s->keys = arena_array(k->a, wrapped_key, k->n);
	for (size_t i = 0; i < k->n; i++) {
		if (k->in->result[k->first + i].verdict != INTAKE_NEW)
			continue;
		person_new *p = &s->person[s->n];
		TRY(person_prepare(k->in->ask.s, db_sealer(k->d), k->a, f, &k->read[i].person, k->in->ask.now,
				   p));
		TRY(record_digest(db_sealer(k->d), &k->in->set, k->a, f, &k->read[i], &s->digest[s->n]));
		s->keys[s->n] = p->wrapped;
		s->missing[s->n] = k->read[i].missing;
		s->row[s->n++] = k->first + i;
	}
	return RC_OK;
}

/* ---- the commands ---- */

static rc
put_one(tx *t, const slice *s, size_t i)
{
	const intake *in = s->in;
	const person_new *p = &s->person[i];

	tx_event(t, &(event_head){.tenant = p->in->tenant,
				  .actor = in->ask.who->account,
				  .office = in->ask.who->office,
				  .kind = "person.imported",
				  .subject = p->id,
				  .key = &p->key});
	TRY(person_put(t, p));
	TRY(put_import_person(t, &(row_import_person){.tenant = in->ask.who->tenant,
						      .import = in->id,
						      .owner = p->in->tenant,
						      .person = p->id,
						      .line = in->ask.table->rows.v[s->row[i]].number,
						      .missing = s->missing[i],
						      .digest = s->digest[i]}));
	return tx_event_end(t);
}

static rc
pack_slice(work *k, slice *s, fault *f)
{
	s->parcel = parcel_open(k->a, f, k->in->ask.s, k->d, k->in->ask.now);
	for (size_t i = 0; i < s->n; i++)
		TRY(put_one(parcel_tx(s->parcel), s, i));
	parcel_seal(s->parcel);
	return RC_OK;
}

static rc
put_slice(tx *t, const void *in, void *out)
{
	const slice *s = in;

	(void)out;
	return parcel_lay(t, s->parcel);
}

typedef struct single {
	const slice *s;
	size_t i;
} single;

static rc
put_single(tx *t, const void *in, void *out)
{
	const single *x = in;

	(void)out;
	return put_one(t, x->s, x->i);
}

/* One that was cut off goes on. */
static rc
begin_import(tx *t, const void *in, void *out)
{
	const intake *x = in;
	const actor *who = x->ask.who;
	row_import had;

	(void)out;
	rc r = find_import(t, who->tenant, x->id, &had);
	if (r == RC_OK && str_eq(had.state, STR("undone")))
		return FAIL(tx_fault(t), RC_CONFLICT, "intake.undone");
	if (r != RC_NOT_FOUND)
		return r;
	tx_event(t, &(event_head){.tenant = who->tenant,
				  .actor = who->account,
				  .office = who->office,
				  .kind = "import.begun",
				  .subject = x->id});
	return put_import(t, &(row_import){.tenant = who->tenant,
					   .id = x->id,
					   .actor = who->account,
					   .office = who->office,
					   .file = x->ask.file,
					   .sha256 = x->ask.sha256,
					   .map = intake_table_map_text(tx_arena(t), x->ask.table),
					   .state = STR("open"),
					   .begun = tx_now(t)});
}

static rc
end_import(tx *t, const void *in, void *out)
{
	const intake *x = in;
	const actor *who = x->ask.who;
	intake_counts n = intake_count(x);
	intake_brought_row brought;

	(void)out;
	/* whom it entered before it was cut off is the same as his row now, and yet its own */
	TRY(sql_intake_brought(tx_db(t), tx_arena(t), tx_fault(t), &(intake_brought_in){who->tenant, x->id},
			       &brought));
	n.same -= brought.n - n.added;
	n.added = brought.n;
	tx_event(t, &(event_head){.tenant = who->tenant,
				  .actor = who->account,
				  .office = who->office,
				  .kind = "import.ended",
				  .subject = x->id});
	return patch_import(t,
			    &(row_import){.tenant = who->tenant,
					  .id = x->id,
					  .state = STR("done"),
					  .ended = tx_now(t),
					  .total = n.total,
					  .added = n.added,
					  .same = n.same,
					  .differs = n.differs,
					  .refused = n.refused},
			    IMPORT_STATE | IMPORT_ENDED | IMPORT_TOTAL | IMPORT_ADDED | IMPORT_SAME |
				    IMPORT_DIFFERS | IMPORT_REFUSED);
}

static rc
command(const intake *in, fault *f, store_fn *fn, const void *arg)
{
	arena *own = arena_open(NULL, 0);
	store_command c = {.fn = fn, .in = arg, .a = own, .now = in->ask.now, .lane = LANE_JOB};
	rc r = store_write(in->ask.s, f, &c);

	arena_close(own);
	return r;
}

/* ---- slices in flight ---- */

static void
mark_loaded(intake *in, const slice *s, size_t i)
{
	intake_result *r = &in->result[s->row[i]];

	r->owner = s->person[i].in->tenant;
	r->person = s->person[i].id;
	r->verdict = INTAKE_LOADED;
}

static bool
machine_failed(rc r)
{
	return r == RC_IO || r == RC_FULL || r == RC_BUSY;
}

static void
slice_close(slice *s)
{
	for (size_t i = 0; i < s->n; i++)
		crypto_wipe(&s->person[i].key, sizeof s->person[i].key);
	arena_close(s->a);
}

/* On the writer's thread, after the commit. A slice that was refused as a whole, because somebody entered one
 * of its people meanwhile, is done again one by one when all others are through. */
static void
slice_landed(store_command *c)
{
	slice *s = c->ctx;
	intake *in = s->in;
	bool again = c->rc != RC_OK && !machine_failed(c->rc);

	for (size_t i = 0; c->rc == RC_OK && i < s->n; i++)
		mark_loaded(in, s, i);
	pthread_mutex_lock(&in->lock);
	if (again) {
		s->next = in->failed;
		in->failed = s;
	} else if (c->rc != RC_OK && !in->stop) {
		in->stop = true;
		in->why = c->fault;
	}
	pthread_mutex_unlock(&in->lock);
	if (!again)
		slice_close(s);
	pthread_mutex_lock(&in->lock);
	in->flying--;
	pthread_cond_broadcast(&in->landed);
	pthread_mutex_unlock(&in->lock);
}

static void
fly(intake *in, slice *s)
{
	pthread_mutex_lock(&in->lock);
	while (in->flying >= IN_FLIGHT && !in->stop)
		pthread_cond_wait(&in->landed, &in->lock);
	bool stopped = in->stop;
	in->flying += !stopped;
	pthread_mutex_unlock(&in->lock);
	if (stopped) {
		slice_close(s);
		return;
	}
	s->c = (store_command){.fn = put_slice,
			       .in = s,
			       .a = arena_open(s->a, 0),
			       .now = in->ask.now,
			       .lane = LANE_JOB,
			       .plain = true,
			       .keys = s->keys,
			       .nkeys = s->n,
			       .done = slice_landed,
			       .ctx = s};
	store_submit(in->ask.s, &s->c);
}

/* The people of refused slices, one command each: those who are new go in, the others are told why not. */
static rc
one_by_one(intake *in, fault *f)
{
	rc r = RC_OK;

	for (slice *s = in->failed, *next = NULL; s; s = next) {
		next = s->next;
		for (size_t i = 0; r == RC_OK && i < s->n; i++) {
			single x = {.s = s, .i = i};
			store_command c = {.fn = put_single,
					   .in = &x,
					   .a = arena_open(s->a, 0),
					   .now = in->ask.now,
					   .lane = LANE_JOB,
					   .keys = &s->keys[i],
					   .nkeys = 1};
			rc one = store_write(in->ask.s, f, &c);
			if (one == RC_OK) {
				mark_loaded(in, s, i);
			} else if (machine_failed(one)) {
				r = one;
			} else {
				intake_result *out = &in->result[s->row[i]];
				str *say = arena_array(in->a, str, 1);
				*say = fault_text(in->a, in->ask.lang, f);
				out->reason = say;
				out->nreasons = 1;
				out->verdict = INTAKE_REFUSED;
			}
		}
		slice_close(s);
	}
	in->failed = NULL;
	return r;
}

/* ---- the threads ---- */

static rc
work_slice(worker *w, size_t first, size_t n, fault *f)
{
	intake *in = w->in;
	arena *a = arena_open(NULL, 0);
	slice *s = arena_new(a, slice);
	work k = {.w = w,
		  .in = in,
		  .a = a,
		  .first = first,
		  .n = n,
		  .read = arena_array(a, intake_read, n),
		  .idx = arena_array(a, str, 2 * n)};

	*s = (slice){.in = in, .a = a};
	rc r = store_read(in->ask.s, a, f, &k.d);
	if (r == RC_OK)
		r = read_rows(&k, f);
	if (r == RC_OK)
		r = look_up(&k, f);
	for (size_t i = 0; r == RC_OK && i < n; i++) {
		if (k.read[i].nreasons == 0)
			r = judge(&k, i, f);
		keep_result(&k, i);
	}
	if (r == RC_OK && in->load)
		r = seal_new_people(&k, s, f);
	if (r == RC_OK && s->n)
		r = pack_slice(&k, s, f);
	if (k.d)
		store_read_end(in->ask.s, k.d);
	if (r != RC_OK || s->n == 0)
		slice_close(s);
	else
		fly(in, s);
	return r;
}

static void *
worker_main(void *p)
{
	worker *w = p;
	intake *in = w->in;
	size_t total = in->ask.table->rows.n;

	thread_stand_back();
	for (;;) {
		size_t first = __atomic_fetch_add(&in->next_row, SLICE, __ATOMIC_RELAXED);
		pthread_mutex_lock(&in->lock);
		bool stopped = in->stop;
		pthread_mutex_unlock(&in->lock);
		if (first >= total || stopped)
			return NULL;
		size_t n = MIN((size_t)SLICE, total - first);
		rc r = work_slice(w, first, n, &w->f);
		__atomic_fetch_add(&in->progress, (int64_t)n, __ATOMIC_RELAXED);
		if (r == RC_OK)
			continue;
		pthread_mutex_lock(&in->lock);
		if (!in->stop)
			in->why = w->f;
		in->stop = true;
		pthread_mutex_unlock(&in->lock);
	}
}

static void
close_arena(void *p)
{
	arena_close(p);
}

static void
run_workers(intake *in)
{
	int n = in->ask.threads ? in->ask.threads : THREADS;
	worker *w = arena_array(in->a, worker, (size_t)n);

	for (int i = 0; i < n; i++) {
		w[i] = (worker){.in = in, .keep = arena_open(NULL, 0)};
		arena_defer(in->a, close_arena, w[i].keep);
		w[i].tenants = map_in(w[i].keep);
		int made = pthread_create(&w[i].thread, NULL, worker_main, &w[i]);
		BUG_ON(made != 0);
	}
	for (int i = 0; i < n; i++)
		pthread_join(w[i].thread, NULL);
	pthread_mutex_lock(&in->lock);
	while (in->flying)
		pthread_cond_wait(&in->landed, &in->lock);
	pthread_mutex_unlock(&in->lock);
}

rc
intake_run(intake *in, fault *f, bool load)
{
	in->load = load;
	in->next_row = 0;
	in->progress = 0;
	in->stop = false;
	memset(in->result, 0, in->ask.table->rows.n * sizeof *in->result);
	if (load) {
		in->id = in->ask.id ? in->ask.id : store_id(in->ask.s, in->ask.now);
		TRY(command(in, f, begin_import, in));
	}
	run_workers(in);
	if (!in->stop && in->failed)
		TRY(one_by_one(in, f));
	if (in->stop) {
		*f = in->why;
		return f->code;
	}
	return load ? command(in, f, end_import, in) : RC_OK;
}

void
intake_stop(intake *in)
{
	pthread_mutex_lock(&in->lock);
	if (!in->stop)
		(void)FAIL(&in->why, RC_BUSY, "intake.stopped");
	in->stop = true;
	pthread_cond_broadcast(&in->landed);
	pthread_mutex_unlock(&in->lock);
}

/* ---- answers ---- */

int64_t
intake_progress(const intake *in)
{
	return __atomic_load_n(&in->progress, __ATOMIC_RELAXED);
}

int64_t
intake_id(const intake *in)
{
	return in->id;
}

const intake_result *
intake_results(const intake *in)
{
	return in->result;
}

intake_counts
intake_count(const intake *in)
{
	intake_counts n = {.total = (int64_t)in->ask.table->rows.n};

	for (size_t i = 0; i < in->ask.table->rows.n; i++) {
		intake_verdict v = in->result[i].verdict;
		n.added += v == INTAKE_LOADED || v == INTAKE_NEW;
		n.same += v == INTAKE_SAME;
		n.differs += v == INTAKE_DIFFERS;
		n.refused += v == INTAKE_REFUSED;
	}
	return n;
}

store *
intake_store(const intake *in)
{
	return in->ask.s;
}

const actor *
intake_actor(const intake *in)
{
	return in->ask.who;
}

int64_t
intake_now(const intake *in)
{
	return in->ask.now;
}

str
intake_file(const intake *in)
{
	return in->ask.file;
}

const catalogue *
intake_catalogue(const intake *in)
{
	return in->ask.c;
}

msg_lang
intake_lang(const intake *in)
{
	return in->ask.lang;
}

uint32_t
intake_row_number(const intake *in, size_t i)
{
	return in->ask.table->rows.v[i].number;
}

static str
all_reasons(arena *a, const intake_result *r)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < r->nreasons; i++) {
		if (i)
			buf_c(&b, ' ');
		buf_put(&b, r->reason[i]);
	}
	return buf_str(&b);
}

rc
intake_write_refused(const intake *in, arena *a, fault *f, str path, int64_t *n)
{
	const intake_table *t = in->ask.table;
	xlsx_column *c = arena_array(a, xlsx_column, t->columns + 1);
	xlsx_out *o = NULL;
	arena *own = arena_open(a, 0);

	for (size_t i = 0; i < t->columns; i++)
		c[i] = (xlsx_column){.title = t->column[i].heading, .type = XLSX_TEXT, .width = 20};
	c[t->columns] = (xlsx_column){.title = STR("原因"), .type = XLSX_TEXT, .width = 80};
	TRY(xlsx_create(a, f,
			&(xlsx_plan){.path = path,
				     .sheet = STR("未通过"),
				     .now = in->ask.now,
				     .columns = t->columns + 1,
				     .column = c},
			&o));
	*n = 0;
	for (size_t i = 0; i < t->rows.n; i++) {
		if (in->result[i].verdict != INTAKE_REFUSED)
			continue;
		for (size_t k = 0; k < t->columns; k++)
			if (k < t->rows.v[i].n)
				xlsx_put_text(o, cell_plain(own, &t->rows.v[i].cell[k]));
			else
				xlsx_put_nothing(o);
		xlsx_put_text(o, all_reasons(own, &in->result[i]));
		TRY(xlsx_end_row(o, f));
		arena_reset(own);
		++*n;
	}
	return xlsx_finish(o, f);
}

/* ---- headings of an office ---- */

rc
intake_headings_read(db *d, arena *a, fault *f, const actor *who, heading_choices *out)
{
	intake_headings_rows rows;

	*out = (heading_choices){0};
	TRY(sql_intake_headings(d, a, f, &(intake_headings_in){.tenant = who->tenant, .office = who->office},
				&rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (heading_choice){.heading = rows.v[i].heading, .field = rows.v[i].field};
	return RC_OK;
}

rc
intake_headings_run(tx *t, const void *in, void *out)
{
	const intake_headings_keep *k = in;
	const actor *who = k->who;

	(void)out;
	tx_event(t, &(event_head){.tenant = who->tenant,
				  .actor = who->account,
				  .office = who->office,
				  .kind = "heading_map.kept",
				  .subject = who->office});
	for (size_t i = 0; i < k->n; i++) {
		row_heading_map now = {.tenant = who->tenant,
				       .office = who->office,
				       .heading = heading_fold(tx_arena(t), k->v[i].heading),
				       .field = k->v[i].field};
		row_heading_map had;
		rc r = find_heading_map(t, now.tenant, now.office, now.heading, &had);
		if (r == RC_NOT_FOUND)
			r = put_heading_map(t, &now);
		else if (r == RC_OK && !str_eq(had.field, now.field))
			r = patch_heading_map(t, &now, HEADING_MAP_FIELD);
		TRY(r);
	}
	return RC_OK;
}
