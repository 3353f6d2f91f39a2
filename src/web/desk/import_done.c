/* import_done.c - an import that was made: what it did, whom it left incomplete, and taking it back. */
#include "web/desk/import_priv.h"

#include "app/intake/todo.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/table.h"

enum { AGAINST = 20 };

rc
import_made(web_req *rq, import_view *out)
{
	int64_t id = 0;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(web_param_id(rq, STR("id"), &id));
	TRY(house_read(rq, &d));
	return import_find(d, rq->a, rq->fault, house_actor(rq), id, out);
}

/* The errand that loaded it, while it is kept: its refused rows and the photos that matched nobody. */
static rc
errand_of(web_req *rq, int64_t import, errand *out)
{
	errands mine;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(errand_list(d, rq->a, rq->fault, house_actor(rq), &mine));
	for (size_t i = 0; i < mine.n; i++)
		if (mine.v[i].kind == ERRAND_IMPORT && mine.v[i].import == import &&
		    mine.v[i].state == ERRAND_DONE) {
			*out = mine.v[i];
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

rc
import_made_found(web_req *rq, int64_t import, errand *e, found *out)
{
	str text;

	TRY(errand_of(rq, import, e));
	TRY(import_file(rq, e, ERRAND_ROWS, &text));
	return found_read(rq->a, rq->fault, text, out);
}

static rc
fill_found(web_req *rq, const import_view *v, struct tpl_import_done *page)
{
	errand e;
	found k;
	rc r = import_made_found(rq, v->id, &e, &k);

	if (r == RC_NOT_FOUND)
		return RC_OK; /* swept, or somebody else's */
	TRY(r);
	page->rows = true;
	struct tpl_import_left *left = arena_array(rq->a, struct tpl_import_left, k.left.n);
	for (size_t i = 0; i < k.left.n; i++)
		left[i] = (struct tpl_import_left){.name = k.left.v[i].name, .why = k.left.v[i].why};
	page->left = (tpl_list_import_left){left, k.left.n};
	page->photos = e.photos > 0;
	page->given = k.given;
	page->had = k.kept;
	page->corrected = k.corrected;
	if (e.counts.refused)
		page->refused_sheet = import_href(rq, &e, "/refused");
	return RC_OK;
}

rc
import_get(web_req *rq)
{
	static const int heads[] = {MSG_IMPORT_PHOTO_FILE, MSG_IMPORT_WHY};
	str done = web_query(rq, STR("done"));
	import_view v;

	TRY(import_made(rq, &v));
	bool undone = str_eq(v.state, STR("undone"));
	struct tpl_import_done page = {
		.done = str_eq(done, STR("load"))   ? desk_words(rq, MSG_IMPORT_DONE_LOAD)
			: str_eq(done, STR("undo")) ? desk_words(rq, MSG_IMPORT_DONE_UNDO)
						    : (str){0},
		.file = v.file,
		.here = str_fmt(rq->a, "/desk/imports/%lld", (long long)v.id),
		.begun = instant_str(rq->a, v.begun, false),
		.open = str_eq(v.state, STR("open")),
		.undone = undone,
		.total = v.counts.total,
		.added = v.counts.added,
		.same = v.counts.same,
		.differs = v.counts.differs,
		.refused = v.counts.refused,
		.columns = desk_columns(rq, heads, LEN(heads)),
	};
	TRY(fill_found(rq, &v, &page));
	tpl_import_done(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- whom it left incomplete ---- */

typedef struct todo {
	import_view v;
	import_people people;
	bool more;
	person_refs refs;
	VEC(int64_t) missing; /* of each of refs, as the register says today */
	VEC(int64_t) line;
} todo;

static rc
show_todo(web_req *rq)
{
	static const int heads[] = {MSG_IMPORT_ROW, MSG_IMPORT_NAME, MSG_IMPORT_LACKS};
	const todo *k = rq->work;
	struct tpl_import_todo_row *row = arena_array(rq->a, struct tpl_import_todo_row, k->refs.n);
	db *d = NULL;

	TRY(house_read(rq, &d));
	for (size_t i = 0; i < k->refs.n; i++) {
		const person_ref *ref = k->refs.v[i];
		person_view p;
		TRY(person_read(d, rq->a, rq->fault, ref, &p));
		row[i] = (struct tpl_import_todo_row){.line = k->line.v[i],
						      .name = p.name,
						      .href = str_fmt(rq->a, "/desk/people/%lld-%lld",
								      (long long)person_ref_tenant(ref),
								      (long long)person_ref_id(ref)),
						      .lacks = todo_words(rq->a, rq->lang, k->missing.v[i])};
	}
	int64_t last = k->people.n ? k->people.v[k->people.n - 1].line : 0;
	tpl_import_todo(web_html(rq),
			&(struct tpl_import_todo){
				.file = k->v.file,
				.back = str_fmt(rq->a, "/desk/imports/%lld", (long long)k->v.id),
				.columns = desk_columns(rq, heads, LEN(heads)),
				.rows = {row, k->refs.n},
				.next = k->more ? str_fmt(rq->a, "/desk/imports/%lld/incomplete?after=%lld",
							  (long long)k->v.id, (long long)last)
						: (str){0},
			});
	return web_page(rq, 200);
}

/* What the import left open and somebody completed since is not work any more. */
static rc
still_missing(web_req *rq, db *d, todo *k)
{
	for (size_t i = 0; i < k->people.n; i++) {
		const import_person_view *p = &k->people.v[i];
		const person_ref *ref = NULL;
		person_view v;
		rc r = person_open(d, rq->a, rq->fault, house_actor(rq), p->owner, p->person, &ref);
		if (r == RC_NOT_FOUND)
			continue; /* he lives elsewhere now */
		TRY(r);
		TRY(person_read(d, rq->a, rq->fault, ref, &v));
		int64_t missing = import_still_missing(&v, p->missing, date_of_instant(rq->now));
		if (missing == 0)
			continue;
		*vec_add(rq->a, &k->refs) = ref;
		*vec_add(rq->a, &k->missing) = missing;
		*vec_add(rq->a, &k->line) = p->line;
	}
	return RC_OK;
}

rc
import_todo_get(web_req *rq)
{
	todo *k = arena_new(rq->a, todo);
	const size_t most = table_rows(rq, IMPORT_ROWS);
	int64_t after = most > IMPORT_ROWS ? 0 : web_query_int(rq, STR("after"), 0, INT32_MAX, 0);
	db *d = NULL;

	TRY(import_made(rq, &k->v));
	TRY(house_read(rq, &d));
	TRY(import_incomplete(d, rq->a, rq->fault, house_actor(rq), k->v.id, after, (int64_t)most + 1,
			      &k->people));
	k->more = k->people.n > most;
	k->people.n = MIN(k->people.n, most);
	TRY(table_whole(rq, k->more, most));
	TRY(still_missing(rq, d, k));
	rq->work = k;
	if (k->refs.n == 0)
		return show_todo(rq);
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &k->refs,
				  .what = str_fmt(rq->a, "by=import q=%lld", (long long)k->v.id),
				  .purpose = STR("3")},
			  show_todo);
}

/* What waits while the sheet's errand is begun. */
typedef struct sheet_wish {
	errand_new n;
	wrapped_key key;
} sheet_wish;

static rc
sheet_begun(web_req *rq)
{
	str id = STR("");

	TRY(house_written(rq, NULL, &id));
	bench_wake(import_bench(rq));
	return web_see(rq, str_cat(rq->a, STR("/desk/roster/"), id));
}

/* POST /desk/imports/{id}/incomplete  The whole list as a sheet: a roster of its own kind. */
rc
import_todo_post(web_req *rq)
{
	sheet_wish *k = arena_new(rq->a, sheet_wish);
	import_view v;

	TRY(import_made(rq, &v));
	k->n = (errand_new){.who = house_actor(rq),
			    .kind = ERRAND_ROSTER,
			    .lang = rq->lang,
			    .file = desk_words_of(rq, MSG_IMPORT_TODO_FILE, "name", v.file),
			    .map = STR(""),
			    .purpose = STR("3"),
			    .import = v.id};
	house_read_end(rq);
	TRY(errand_keep(house_store(rq), rq->a, rq->fault,
			&(errand_upload){.dir = bench_dir(import_bench(rq)), .now = rq->now}, &k->n,
			&k->key));
	return house_write(
		rq,
		&(house_command){
			.fn = errand_begin, .in = &k->n, .keys = &k->key, .nkeys = 1, .then = sheet_begun});
}

/* ---- taking it back ---- */

static rc
undo_page(web_req *rq, const import_view *v, str wrong)
{
	import_people against;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(import_against(d, rq->a, rq->fault, house_actor(rq), v->id, AGAINST + 1, &against));
	size_t n = MIN(against.n, (size_t)AGAINST);
	struct tpl_import_todo_row *row = arena_array(rq->a, struct tpl_import_todo_row, n);
	for (size_t i = 0; i < n; i++) {
		const import_person_view *p = &against.v[i];
		str ref = str_fmt(rq->a, "%lld-%lld", (long long)p->owner, (long long)p->person);
		row[i] = (struct tpl_import_todo_row){
			.line = p->line, .name = ref, .href = str_cat(rq->a, STR("/desk/people/"), ref)};
	}
	tpl_import_undo(web_html(rq), &(struct tpl_import_undo){
					      .wrong = wrong,
					      .file = v->file,
					      .here = str_fmt(rq->a, "/desk/imports/%lld", (long long)v->id),
					      .begun = instant_str(rq->a, v->begun, false),
					      .added = v->counts.added,
					      .undone = str_eq(v->state, STR("undone")),
					      .open = str_eq(v->state, STR("open")),
					      .against = {row, n},
					      .more = against.n > AGAINST,
				      });
	return web_page(rq, wrong.n ? 409 : 200);
}

rc
import_undo_get(web_req *rq)
{
	import_view v;

	TRY(import_made(rq, &v));
	return undo_page(rq, &v, (str){0});
}

static rc
undo_begun(web_req *rq)
{
	const import_view *v = rq->work;
	str id = STR("");
	rc r = house_written(rq, NULL, &id);

	if (r == RC_LIMIT) {
		str say = fault_text(rq->a, rq->lang, rq->fault);
		fault_clear(rq->fault);
		return undo_page(rq, v, say);
	}
	TRY(r);
	bench_wake(import_bench(rq));
	return web_see(rq, str_cat(rq->a, STR("/desk/imports/files/"), id));
}

rc
import_undo_post(web_req *rq)
{
	import_view *v = arena_new(rq->a, import_view);
	errand_new *n = arena_new(rq->a, errand_new);

	TRY(import_made(rq, v));
	if (str_eq(v->state, STR("undone")))
		return web_see(rq, str_fmt(rq->a, "/desk/imports/%lld", (long long)v->id));
	*n = (errand_new){.who = house_actor(rq),
			  .id = store_id(house_store(rq), rq->now),
			  .kind = ERRAND_UNDO,
			  .lang = rq->lang,
			  .file = v->file,
			  .sha256 = STR(""),
			  .map = STR(""),
			  .purpose = STR(""),
			  .import = v->id};
	rq->work = v;
	return house_write(rq, &(house_command){.fn = errand_begin, .in = n, .then = undo_begun});
}
