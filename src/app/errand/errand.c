/* errand.c - see errand.h. */
#include "app/errand/errand.h"

#include <unistd.h>

#include "app/errand_sql.h"
#include "base/buf.h"
#include "io/file.h"

enum { SWEPT_A_SLICE = 20 };

static const int64_t DAY_MS = 86400000;

static const str kinds[ERRAND_KINDS] = {STR("import"), STR("undo"), STR("roster")};
static const str states[ERRAND_STATES] = {STR("read"),    STR("map"),  STR("check"),
					  STR("checked"), STR("load"), STR("undo"),
					  STR("write"),   STR("done"), STR("failed")};

static const char *const all_files[] = {ERRAND_SHEET, ERRAND_PHOTOS, ERRAND_COLUMNS,
					ERRAND_ROWS,  ERRAND_BACK,   ERRAND_OUT};

static size_t
number_of(const str *v, size_t n, str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], s))
			return i;
	BUG_ON(true); /* only this file writes them */
}

bool
errand_is_working(errand_state s)
{
	return s == ERRAND_READ || s == ERRAND_CHECK || s == ERRAND_LOAD || s == ERRAND_TAKE_BACK ||
	       s == ERRAND_WRITE;
}

/* ---- reading ---- */

static errand
view_of(int64_t tenant, const errand_row_row *r)
{
	return (errand){.tenant = tenant,
			.id = r->id,
			.account = r->account,
			.office = r->office,
			.post = r->post,
			.kind = (errand_kind)number_of(kinds, ERRAND_KINDS, r->kind),
			.state = (errand_state)number_of(states, ERRAND_STATES, r->state),
			.lang = r->english ? MSG_EN : MSG_ZH,
			.file = r->file,
			.sha256 = r->sha256,
			.photos = r->photos,
			.map = r->map,
			.reveal = r->reveal != 0,
			.purpose = r->purpose,
			.said = r->said,
			.tries = r->tries,
			.counts = {r->total, r->added, r->same, r->differs, r->refused},
			.import = r->import,
			.created = r->created,
			.ends = r->ends};
}

rc
errand_read(db *d, arena *a, fault *f, const errand_ref *ref, errand *out)
{
	errand_row_row r;

	TRY(sql_errand_row(d, a, f, &(errand_row_in){.tenant = ref->tenant, .id = ref->id}, &r));
	*out = view_of(ref->tenant, &r);
	return RC_OK;
}

rc
errand_find(db *d, arena *a, fault *f, const actor *who, int64_t id, errand *out)
{
	TRY(errand_read(d, a, f, &(errand_ref){who->tenant, id}, out));
	return out->account == who->account && out->office == who->office ? RC_OK : RC_NOT_FOUND;
}

rc
errand_list(db *d, arena *a, fault *f, const actor *who, errands *out)
{
	errand_list_rows rows;

	*out = (errands){0};
	TRY(sql_errand_list(d, a, f, &(errand_list_in){who->tenant, who->account, who->office}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		errand_row_row r;
		_Static_assert(sizeof r == sizeof rows.v[i], "the same columns");
		memcpy(&r, &rows.v[i], sizeof r);
		*vec_add(a, out) = view_of(who->tenant, &r);
	}
	return RC_OK;
}

rc
errand_due(db *d, arena *a, fault *f, errand_refs *out)
{
	errand_due_rows rows;

	*out = (errand_refs){0};
	TRY(sql_errand_due(d, a, f, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (errand_ref){rows.v[i].tenant, rows.v[i].id};
	return RC_OK;
}

/* ---- commands ---- */

static bool
may_begin(const errand_new *n)
{
	if (n->kind != ERRAND_ROSTER)
		return may(n->who, PERM_LIST_IMPORT, REGION_NONE);
	return may(n->who, PERM_EXPORT_ASK, REGION_NONE) && may(n->who, PERM_PERSON_READ, REGION_NONE);
}

static errand_state
first_state(errand_kind kind)
{
	return kind == ERRAND_IMPORT ? ERRAND_READ : kind == ERRAND_UNDO ? ERRAND_TAKE_BACK : ERRAND_WRITE;
}

rc
errand_begin(tx *t, const void *in, void *out)
{
	const errand_new *n = in;
	const actor *who = n->who;
	errands mine;
	size_t open = 0;

	(void)out;
	if (!may_begin(n))
		return FAIL(tx_fault(t), RC_DENIED, "errand.denied");
	TRY(errand_list(tx_db(t), tx_arena(t), tx_fault(t), who, &mine));
	for (size_t i = 0; i < mine.n; i++)
		open += mine.v[i].state != ERRAND_DONE && mine.v[i].state != ERRAND_FAILED;
	if (open >= ERRAND_OPEN)
		return FAIL(tx_fault(t), RC_LIMIT, "errand.many", FA_INT("n", ERRAND_OPEN));
	tx_result(t, str_fmt(tx_arena(t), "%lld", (long long)n->id));
	return sql_errand_put(tx_db(t), tx_fault(t),
			      &(errand_put_in){.tenant = who->tenant,
					       .id = n->id,
					       .account = who->account,
					       .office = who->office,
					       .post = who->post,
					       .kind = kinds[n->kind],
					       .state = states[first_state(n->kind)],
					       .english = n->lang == MSG_EN,
					       .file = n->file,
					       .sha256 = n->sha256,
					       .photos = n->photos,
					       .map = n->map,
					       .reveal = n->reveal,
					       .purpose = n->purpose,
					       .import = n->import,
					       .created = tx_now(t),
					       .ends = tx_now(t) + ERRAND_DAYS * DAY_MS},
			      NULL);
}

static rc
find_mine(tx *t, const actor *who, int64_t id, errand *out)
{
	return errand_find(tx_db(t), tx_arena(t), tx_fault(t), who, id, out);
}

/* May it go there at all? Loading goes on where it was cut off. */
static bool
leads(const errand *e, const errand_step *k)
{
	if (k->was == ERRAND_MAP)
		return k->state == ERRAND_CHECK;
	if (k->was == ERRAND_CHECKED)
		return k->state == ERRAND_MAP || k->state == ERRAND_LOAD;
	return k->was == ERRAND_FAILED && k->state == ERRAND_LOAD && e->import != 0 &&
	       e->kind == ERRAND_IMPORT;
}

rc
errand_advance(tx *t, const void *in, void *out)
{
	const errand_step *k = in;
	errand e;
	int64_t n = 0;

	(void)out;
	TRY(find_mine(t, k->who, k->id, &e));
	if (e.state != k->was || !leads(&e, k))
		return FAIL(tx_fault(t), RC_CONFLICT, "errand.moved");
	if (k->nheadings) {
		intake_headings_keep keep = {.who = k->who, .v = k->headings, .n = k->nheadings};
		TRY(intake_headings_run(t, &keep, NULL));
		e.map = heading_choices_text(tx_arena(t), k->headings, k->nheadings);
	}
	if (k->state == ERRAND_LOAD && e.import == 0)
		e.import = tx_id(t);
	if (k->state == ERRAND_MAP)
		TRY(sql_errand_unchoose_all(tx_db(t), tx_fault(t),
					    &(errand_unchoose_all_in){k->who->tenant, k->id}, NULL));
	TRY(sql_errand_go(tx_db(t), tx_fault(t),
			  &(errand_go_in){.tenant = e.tenant,
					  .id = e.id,
					  .was = states[k->was],
					  .state = states[k->state],
					  .map = e.map,
					  .said = STR(""),
					  .import = e.import,
					  .ends = tx_now(t) + ERRAND_DAYS * DAY_MS},
			  &n));
	return n == 1 ? RC_OK : FAIL(tx_fault(t), RC_CONFLICT, "errand.moved");
}

rc
errand_choose(tx *t, const void *in, void *out)
{
	const errand_choosing *k = in;
	errand e;

	(void)out;
	TRY(find_mine(t, k->who, k->id, &e));
	if (e.state != ERRAND_CHECKED)
		return FAIL(tx_fault(t), RC_CONFLICT, "errand.moved");
	for (size_t i = 0; i < k->n; i++) {
		const errand_choice *c = &k->v[i];
		if (c->line == 0)
			TRY(sql_errand_unchoose(tx_db(t), tx_fault(t),
						&(errand_unchoose_in){e.tenant, e.id, c->field}, NULL));
		TRY(sql_errand_choose(tx_db(t), tx_fault(t),
				      &(errand_choose_in){.tenant = e.tenant,
							  .errand = e.id,
							  .line = c->line,
							  .field = c->field,
							  .take = c->take},
				      NULL));
	}
	return RC_OK;
}

rc
errand_choices_read(db *d, arena *a, fault *f, const errand *e, errand_choices *out)
{
	errand_choices_rows rows;

	*out = (errand_choices){0};
	TRY(sql_errand_choices(d, a, f, &(errand_choices_in){e->tenant, e->id}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (errand_choice){rows.v[i].line, rows.v[i].field, rows.v[i].take != 0};
	return RC_OK;
}

/* They come by line, then by field: those for every row first. */
bool
errand_takes(const errand_choices *c, int64_t line, str id)
{
	size_t lo = 0, hi = c->n;
	bool take = false;

	for (size_t i = 0; i < c->n && c->v[i].line == 0; i++)
		if (str_eq(c->v[i].field, id))
			take = c->v[i].take;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (c->v[mid].line < line)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < c->n && c->v[lo].line == line; lo++)
		if (str_eq(c->v[lo].field, id))
			return c->v[lo].take;
	return take;
}

static rc
delete_one(tx *t, int64_t tenant, int64_t id)
{
	TRY(sql_errand_unchoose_all(tx_db(t), tx_fault(t), &(errand_unchoose_all_in){tenant, id}, NULL));
	return sql_errand_delete(tx_db(t), tx_fault(t), &(errand_delete_in){tenant, id}, NULL);
}

rc
errand_drop(tx *t, const void *in, void *out)
{
	const errand_key *k = in;
	errand e;

	(void)out;
	TRY(find_mine(t, k->who, k->id, &e));
	if (e.state == ERRAND_LOAD || e.state == ERRAND_TAKE_BACK)
		return FAIL(tx_fault(t), RC_CONFLICT, "errand.busy");
	return delete_one(t, e.tenant, e.id);
}

rc
errand_try(tx *t, const void *in, void *out)
{
	const errand *e = in;
	int64_t n = 0;

	(void)out;
	TRY(sql_errand_try(tx_db(t), tx_fault(t), &(errand_try_in){e->tenant, e->id, states[e->state]}, &n));
	return n ? RC_OK : RC_NOT_FOUND;
}

rc
errand_ended(tx *t, const void *in, void *out)
{
	const errand_end *k = in;
	const errand *e = k->now;

	(void)out;
	return sql_errand_went(tx_db(t), tx_fault(t),
			       &(errand_went_in){.tenant = e->tenant,
						 .id = e->id,
						 .was = states[k->was],
						 .state = states[e->state],
						 .map = e->map,
						 .said = e->said,
						 .photos = e->photos,
						 .total = e->counts.total,
						 .added = e->counts.added,
						 .same = e->counts.same,
						 .differs = e->counts.differs,
						 .refused = e->counts.refused},
			       NULL);
}

/* ---- files ---- */

str
errand_dir(arena *a, const site *s)
{
	return str_cat(a, s->dir, STR("/errands"));
}

static str
path_of(arena *a, str dir, int64_t id, const char *name)
{
	return str_fmt(a, "%.*s/%lld.%s", STR_ARG(dir), (long long)id, name);
}

static seal_place
place_of(const char *name, int64_t id)
{
	return (seal_place){.table = "errand", .column = name, .row = id};
}

rc
errand_file_put(sealer *k, arena *a, fault *f, const errand_file *to, str bytes)
{
	seal_place at = place_of(to->name, to->key->id);

	return file_write(a, f, path_of(a, to->dir, to->key->id, to->name),
			  seal_bytes(k, a, to->key, &at, bytes), 0600);
}

rc
errand_file_get(db *d, arena *a, fault *f, const errand *e, str dir, const char *name, str *out)
{
	seal_place at = place_of(name, e->id);
	data_key key;
	str sealed;

	TRY(file_read(a, f, path_of(a, dir, e->id, name), ERRAND_PHOTOS_MAX + 4096, &sealed));
	TRY(seal_find(db_sealer(d), f, e->tenant, e->id, &key));
	rc r = seal_open_bytes(db_sealer(d), a, f, &key, &at, sealed, out);
	crypto_wipe(&key, sizeof key);
	return r;
}

static rc
keep_files(sealer *k, arena *a, fault *f, const errand_upload *u, const data_key *key)
{
	errand_file to = {.dir = u->dir, .name = ERRAND_SHEET, .key = key};

	if (u->sheet.n)
		TRY(errand_file_put(k, a, f, &to, u->sheet));
	to.name = ERRAND_PHOTOS;
	return u->photos.n ? errand_file_put(k, a, f, &to, u->photos) : RC_OK;
}

rc
errand_keep(store *s, arena *a, fault *f, const errand_upload *u, errand_new *n, wrapped_key *wrapped)
{
	arena *own = arena_open(a, 0);
	buf hex = buf_in(a);
	crypto *c = NULL;
	data_key key;
	db *d = NULL;

	n->id = store_id(s, u->now);
	n->photos = u->photos.n > 0;
	rc r = crypto_open(own, f, &c);
	if (r == RC_OK)
		r = store_read(s, own, f, &d);
	if (r == RC_OK)
		r = seal_new(db_sealer(d), f, n->who->tenant, n->id, &key, wrapped);
	if (r == RC_OK) {
		digest sum = crypto_sha256(c, u->sheet);
		buf_hex(&hex, sum.b, sizeof sum.b);
		n->sha256 = buf_str(&hex);
		r = keep_files(db_sealer(d), own, f, u, &key);
		crypto_wipe(&key, sizeof key);
	}
	if (r != RC_OK)
		errand_files_drop(own, u->dir, n->id);
	arena_close(own);
	return r;
}

void
errand_sources_drop(arena *a, str dir, int64_t id)
{
	unlink(cstr(a, path_of(a, dir, id, ERRAND_SHEET)));
	unlink(cstr(a, path_of(a, dir, id, ERRAND_PHOTOS)));
}

void
errand_files_drop(arena *a, str dir, int64_t id)
{
	for (size_t i = 0; i < LEN(all_files); i++)
		unlink(cstr(a, path_of(a, dir, id, all_files[i])));
}

/* The files first: a row without files is swept again, files without a row would stay. */
static rc
sweep_slice(tx *t, void *ctx, job *j)
{
	str dir = errand_dir(tx_arena(t), ctx);
	errand_expired_rows rows;

	TRY(sql_errand_expired(tx_db(t), tx_arena(t), tx_fault(t),
			       &(errand_expired_in){.now = tx_now(t), .n = SWEPT_A_SLICE}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		errand_files_drop(tx_arena(t), dir, rows.v[i].id);
		TRY(delete_one(t, rows.v[i].tenant, rows.v[i].id));
	}
	j->done += (int64_t)rows.n;
	j->finished = rows.n < SWEPT_A_SLICE;
	return RC_OK;
}

const job_kind errand_jobs[] = {
	{.kind = "errand.sweep", .slice = sweep_slice, .every_min = 60, .at_min = 20},
	{0},
};
