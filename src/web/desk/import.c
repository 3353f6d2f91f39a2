/* import.c - imports of an office: the list, a new one, and the page of one on its way. */
#include "web/desk/import.h"

#include "base/date.h"
#include "base/utf8.h"
#include "io/file.h"
#include "locale/msg_ids.h"
#include "web/desk/import_priv.h"
#include "web/session.h"
#include "web/table.h"

enum { LISTED = 50, FIRST_NUMBER = 3, FILE_CHARS = 120, UPLOAD_BYTES = 200 << 20 };

bench *
import_bench(const web_req *rq)
{
	bench *b = house_of(rq)->bench;

	BUG_ON(!b);
	return b;
}

/* ---- what an errand is called ---- */

str
import_href(const web_req *rq, const errand *e, const char *more)
{
	return str_fmt(rq->a, "/desk/imports/files/%lld%s", (long long)e->id, more);
}

str
errand_href(const web_req *rq, const errand *e)
{
	if (e->kind == ERRAND_ROSTER)
		return str_fmt(rq->a, "/desk/roster/%lld", (long long)e->id);
	return import_href(rq, e, "");
}

str
errand_words(const web_req *rq, const errand *e, str *colour)
{
	static const int words[ERRAND_STATES] = {
		[ERRAND_READ] = MSG_IMPORT_STATE_READ,     [ERRAND_MAP] = MSG_IMPORT_STATE_MAP,
		[ERRAND_CHECK] = MSG_IMPORT_STATE_CHECK,   [ERRAND_CHECKED] = MSG_IMPORT_STATE_CHECKED,
		[ERRAND_LOAD] = MSG_IMPORT_STATE_LOAD,     [ERRAND_TAKE_BACK] = MSG_IMPORT_STATE_UNDO,
		[ERRAND_WRITE] = MSG_IMPORT_STATE_WRITE,   [ERRAND_DONE] = MSG_IMPORT_STATE_DONE,
		[ERRAND_FAILED] = MSG_IMPORT_STATE_FAILED,
	};
	bool waits = e->state == ERRAND_MAP || e->state == ERRAND_CHECKED;

	*colour = e->state == ERRAND_FAILED ? STR("red")
		  : e->state == ERRAND_DONE ? STR("green")
		  : waits                   ? STR("yellow")
					    : STR("blue");
	return desk_words(rq, words[e->state]);
}

rc
import_errand(web_req *rq, errand *out)
{
	int64_t id = 0;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(web_param_id(rq, STR("id"), &id));
	TRY(house_read(rq, &d));
	return errand_find(d, rq->a, rq->fault, house_actor(rq), id, out);
}

rc
import_file(web_req *rq, const errand *e, const char *name, str *out)
{
	db *d = NULL;

	TRY(house_read(rq, &d));
	return errand_file_get(d, rq->a, rq->fault, e, bench_dir(import_bench(rq)), name, out);
}

rc
import_send(web_req *rq, str name, str bytes)
{
	return web_attached(rq, STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
			    name, bytes);
}

import_rows
import_rows_of(const web_req *rq, size_t n, str base)
{
	const size_t most = table_rows(rq, IMPORT_ROWS);
	int64_t pages = MAX(1, (int64_t)((n + most - 1) / most));
	int64_t page = most > IMPORT_ROWS ? 1 : web_query_int(rq, STR("page"), 1, pages, 1);
	VEC(struct tpl_page_link) link = {0};

	for (int64_t i = 1; i <= pages; i++) {
		if (i == 1 || i == pages || (i >= page - 2 && i <= page + 2))
			*vec_add(rq->a, &link) = (struct tpl_page_link){.number = i, .current = i == page};
		else if (link.v[link.n - 1].number != 0)
			*vec_add(rq->a, &link) = (struct tpl_page_link){.number = 0};
	}
	size_t from = (size_t)(page - 1) * most;
	return (import_rows){.from = from,
			     .to = MIN(n, from + most),
			     .pages = {.base = base,
				       .previous = page > 1 ? page - 1 : 0,
				       .next = page < pages ? page + 1 : 0,
				       .pages = pages,
				       .page = page,
				       .links = {link.v, link.n}}};
}

tpl_list_column
import_columns(const web_req *rq, const int *id, size_t n, size_t first_number)
{
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, n);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct tpl_column){.label = desk_words(rq, id[i]), .number = i >= first_number};
	return (tpl_list_column){v, n};
}

/* ---- the list ---- */

static struct tpl_import_line
line_of_errand(const web_req *rq, const errand *e)
{
	struct tpl_import_line line = {
		.name = e->file, .href = errand_href(rq, e), .when = instant_str(rq->a, e->created, false)};

	line.state = errand_words(rq, e, &line.colour);
	return line;
}

static struct tpl_import_line
line_of_import(const web_req *rq, const import_view *v)
{
	bool undone = str_eq(v->state, STR("undone")), open = str_eq(v->state, STR("open"));

	return (struct tpl_import_line){
		.name = v->file,
		.href = str_fmt(rq->a, "/desk/imports/%lld", (long long)v->id),
		.when = instant_str(rq->a, v->begun, false),
		.state = desk_words(rq, undone ? MSG_IMPORT_UNDONE
					: open ? MSG_IMPORT_STATE_LOAD
					       : MSG_IMPORT_STATE_DONE),
		.colour = undone ? STR("grey")
			  : open ? STR("blue")
				 : STR("green"),
		.total = v->counts.total,
		.added = v->counts.added,
		.refused = v->counts.refused,
	};
}

static rc
list_get(web_req *rq)
{
	static const int now[] = {MSG_IMPORT_FILE, MSG_IMPORT_WHEN, MSG_IMPORT_STATE},
			 made[] = {MSG_IMPORT_FILE,  MSG_IMPORT_WHEN,  MSG_IMPORT_STATE,
				   MSG_IMPORT_TOTAL, MSG_IMPORT_ADDED, MSG_IMPORT_REFUSED};
	VEC(struct tpl_import_line) at_hand = {0}, all = {0};
	errands mine;
	import_views v;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &d));
	TRY(errand_list(d, rq->a, rq->fault, house_actor(rq), &mine));
	const size_t most = table_rows(rq, LISTED);
	TRY(import_list(d, rq->a, rq->fault, house_actor(rq), (int64_t)most + 1, &v));
	TRY(table_whole(rq, v.n > most, most));
	v.n = MIN(v.n, most);
	for (size_t i = 0; i < mine.n; i++)
		if (mine.v[i].kind != ERRAND_ROSTER && mine.v[i].state != ERRAND_DONE)
			*vec_add(rq->a, &at_hand) = line_of_errand(rq, &mine.v[i]);
	for (size_t i = 0; i < v.n; i++)
		*vec_add(rq->a, &all) = line_of_import(rq, &v.v[i]);
	tpl_imports(web_html(rq), &(struct tpl_imports){
					  .dropped = web_query(rq, STR("dropped")).n > 0,
					  .now = {at_hand.v, at_hand.n},
					  .made = {all.v, all.n},
					  .columns = import_columns(rq, now, LEN(now), LEN(now)),
					  .columns2 = import_columns(rq, made, LEN(made), FIRST_NUMBER),
				  });
	return web_page(rq, 200);
}

/* ---- a new one ---- */

/* An upload while it is sealed, off the net threads. */
typedef struct upload {
	web_req *rq;
	form f;
	const multipart_part *sheet, *photos;
	errand_new n;
	wrapped_key key;
	rc rc;
	fault fault;
} upload;

static rc
new_page(web_req *rq, const form *f)
{
	bool bad = !form_ok(f);

	tpl_import_new(web_html(rq), &(struct tpl_import_new){
					     .bad = bad,
					     .errors = desk_errors(rq, f),
					     .sheet_wrong = desk_wrong(rq, f, "sheet"),
					     .photos_wrong = desk_wrong(rq, f, "photos"),
				     });
	return web_page(rq, bad ? 422 : 200);
}

static rc
new_get(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);

	TRY(desk_staff(rq));
	return new_page(rq, &f);
}

static const multipart_part *
file_named(const web_req *rq, const char *name)
{
	for (size_t i = 0; i < rq->http->nfiles; i++)
		if (str_eq(rq->http->file[i].name, str_of(name)))
			return &rq->http->file[i];
	return NULL;
}

static rc
bytes_of(arena *a, fault *f, const multipart_part *p, str *out)
{
	*out = STR("");
	return p ? file_read(a, f, str_fmt(a, "/proc/self/fd/%d", p->fd), (size_t)p->size, out) : RC_OK;
}

static void
keep_upload(void *arg)
{
	upload *k = arg;
	web_req *rq = k->rq;
	arena *own = arena_open(NULL, 0);
	errand_upload u = {.dir = bench_dir(import_bench(rq)), .now = rq->now};

	k->rc = bytes_of(own, &k->fault, k->sheet, &u.sheet);
	if (k->rc == RC_OK)
		k->rc = bytes_of(own, &k->fault, k->photos, &u.photos);
	if (k->rc == RC_OK)
		k->rc = errand_keep(house_store(rq), own, &k->fault, &u, &k->n, &k->key);
	if (k->rc == RC_OK)
		k->n.sha256 = str_dup(rq->a, k->n.sha256);
	arena_close(own);
	web_finish(rq);
}

static rc
upload_begun(web_req *rq)
{
	upload *k = rq->work;
	bool again = false;
	str id = STR("");
	rc r = house_written(rq, &again, &id);

	if (r != RC_OK || again) /* the files of the first post are the ones that count */
		errand_files_drop(rq->a, bench_dir(import_bench(rq)), k->n.id);
	if (r == RC_LIMIT) {
		fault *line = form_wrong(&k->f);
		fault_copy(line, rq->fault);
		line->field = STR("sheet");
		fault_clear(rq->fault);
		return new_page(rq, &k->f);
	}
	TRY(r);
	bench_wake(import_bench(rq));
	return web_see(rq, str_cat(rq->a, STR("/desk/imports/files/"), id));
}

static rc
upload_kept(web_req *rq)
{
	upload *k = rq->work;

	if (k->rc != RC_OK) {
		fault_copy(rq->fault, &k->fault);
		return k->rc;
	}
	return house_write(
		rq,
		&(house_command){
			.fn = errand_begin, .in = &k->n, .keys = &k->key, .nkeys = 1, .then = upload_begun});
}

/* Fault `id` at the sheet. */
#define SHEET_WRONG(f, id) (void)FAIL(form_wrong(f), RC_INVALID, id, FA_FIELD(STR("sheet")))

static rc
new_post(web_req *rq)
{
	upload *k = arena_new(rq->a, upload);

	TRY(desk_staff(rq));
	*k = (upload){.rq = rq,
		      .f = form_of(rq->a, &rq->http->form, rq->now),
		      .sheet = file_named(rq, "sheet"),
		      .photos = file_named(rq, "photos")};
	if (!k->sheet)
		SHEET_WRONG(&k->f, "import.sheet_missing");
	else if (k->sheet->size == 0)
		SHEET_WRONG(&k->f, "import.sheet_empty");
	else if (k->sheet->size > ERRAND_SHEET_MAX)
		SHEET_WRONG(&k->f, "import.sheet_large");
	if (k->photos && k->photos->size == 0)
		k->photos = NULL;
	if (!form_ok(&k->f))
		return new_page(rq, &k->f);
	k->n = (errand_new){.who = house_actor(rq),
			    .kind = ERRAND_IMPORT,
			    .lang = rq->lang,
			    .file = utf8_cut(k->sheet->filename, FILE_CHARS),
			    .map = STR(""),
			    .purpose = STR("")};
	house_read_end(rq);
	rq->work = k;
	rq->then = upload_kept;
	return workers_run(door_of(rq)->workers, rq->fault, keep_upload, k);
}

/* ---- one on its way ---- */

rc
import_progress_page(web_req *rq, const errand *e)
{
	int64_t rows = 0;
	bool counts = bench_progress(import_bench(rq), e, &rows);
	str colour;

	http_reply_field(rq->http, STR("Refresh"), STR("2"));
	tpl_import_progress(web_html(rq), &(struct tpl_import_progress){
						  .file = e->file,
						  .state = errand_words(rq, e, &colour),
						  .here = errand_href(rq, e),
						  .counts = counts && e->counts.total > 0,
						  .rows = MIN(rows, e->counts.total),
						  .total = e->counts.total,
					  });
	return web_page(rq, 200);
}

static rc
failed_page(web_req *rq, const errand *e)
{
	tpl_import_failed(web_html(rq), &(struct tpl_import_failed){
						.file = e->file,
						.said = e->said,
						.here = errand_href(rq, e),
						.goes_on = e->kind == ERRAND_IMPORT && e->import != 0,
						.undo = e->kind == ERRAND_UNDO,
						.import = e->import,
					});
	return web_page(rq, 200);
}

static rc
file_get(web_req *rq)
{
	errand_page *k = arena_new(rq->a, errand_page);

	TRY(import_errand(rq, &k->e));
	if (k->e.kind == ERRAND_ROSTER)
		return RC_NOT_FOUND;
	rq->work = k;
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	if (errand_is_working(k->e.state))
		return import_progress_page(rq, &k->e);
	if (k->e.state == ERRAND_MAP)
		return import_map_page(rq, k);
	if (k->e.state == ERRAND_CHECKED)
		return import_check_page(rq, k);
	if (k->e.state == ERRAND_FAILED)
		return failed_page(rq, &k->e);
	return web_see(rq, str_fmt(rq->a, "/desk/imports/%lld?done=%s", (long long)k->e.import,
				   k->e.kind == ERRAND_UNDO ? "undo" : "load"));
}

rc
import_moved(web_req *rq, const errand *e, rc r)
{
	if (r == RC_CONFLICT) {
		fault_clear(rq->fault);
		return web_see(rq, import_href(rq, e, "?moved=1"));
	}
	TRY(r);
	bench_wake(import_bench(rq));
	return web_see(rq, import_href(rq, e, ""));
}

static rc
stepped(web_req *rq)
{
	const errand_page *k = rq->work;

	return import_moved(rq, &k->e, house_written(rq, NULL, NULL));
}

static rc
step(web_req *rq, errand_page *k, errand_state was, errand_state state)
{
	errand_step *s = arena_new(rq->a, errand_step);

	*s = (errand_step){.who = house_actor(rq), .id = k->e.id, .was = was, .state = state};
	return house_write(rq, &(house_command){.fn = errand_advance, .in = s, .then = stepped});
}

static rc
dropped(web_req *rq)
{
	const errand_page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r != RC_OK)
		return import_moved(rq, &k->e, r);
	errand_files_drop(rq->a, bench_dir(import_bench(rq)), k->e.id);
	return web_see(rq, STR("/desk/imports?dropped=1"));
}

static rc
drop(web_req *rq, errand_page *k)
{
	errand_key *key = arena_new(rq->a, errand_key);

	*key = (errand_key){house_actor(rq), k->e.id};
	return house_write(rq, &(house_command){.fn = errand_drop, .in = key, .then = dropped});
}

/* POST /desk/imports/files/{id}  One address for all that a page of it can do: a page that comes back with
 * something to mend can be read again there. */
static rc
file_post(web_req *rq)
{
	errand_page *k = arena_new(rq->a, errand_page);

	TRY(import_errand(rq, &k->e));
	rq->work = k;
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	str act = form_typed(&k->f, STR("act"));
	if (str_eq(act, STR("map")))
		return import_map_post(rq, k);
	if (str_eq(act, STR("choose")) || str_eq(act, STR("choose-all")))
		return import_choose_post(rq, k);
	if (str_eq(act, STR("load")))
		return step(rq, k, ERRAND_CHECKED, ERRAND_LOAD);
	if (str_eq(act, STR("go-on")))
		return step(rq, k, ERRAND_FAILED, ERRAND_LOAD);
	if (str_eq(act, STR("remap")))
		return step(rq, k, ERRAND_CHECKED, ERRAND_MAP);
	if (str_eq(act, STR("drop")))
		return drop(rq, k);
	return RC_NOT_FOUND;
}

/* The refused rows as they came, with the reason behind: for him who uploaded them. */
static rc
refused_get(web_req *rq)
{
	errand e;
	str bytes;

	TRY(import_errand(rq, &e));
	TRY(import_file(rq, &e, ERRAND_BACK, &bytes));
	return import_send(rq, desk_words_of(rq, MSG_IMPORT_REFUSED_NAME, "name", e.file), bytes);
}

const web_route import_routes[] = {
	{"GET", "/desk/imports", list_get, "list.import", "Imports of the office"},
	{"GET", "/desk/imports/new", new_get, "list.import", "Import a list: choose the file"},
	{"POST", "/desk/imports/new", new_post, "list.import", "Upload a list", HTTP_UPLOAD, UPLOAD_BYTES,
	 ERRAND_PHOTOS_MAX},
	{"GET", "/desk/imports/files/{id}", file_get, "list.import", "A list on its way into the register"},
	{"POST", "/desk/imports/files/{id}", file_post, "list.import", "Map, check, load or discard a list"},
	{"GET", "/desk/imports/files/{id}/refused", refused_get, "list.import",
	 "Refused rows with their reasons"},
	{"GET", "/desk/imports/{id}", import_get, "list.import", "What an import did"},
	{"GET", "/desk/imports/{id}/rows", import_rows_get, "list.import",
	 "Rows of an import, by what became of them"},
	{"GET", "/desk/imports/{id}/incomplete", import_todo_get, "list.import",
	 "Whom an import left incomplete"},
	{"POST", "/desk/imports/{id}/incomplete", import_todo_post, "list.import",
	 "The work list as a sheet"},
	{"GET", "/desk/imports/{id}/undo", import_undo_get, "list.import",
	 "Take an import back: what stands against it"},
	{"POST", "/desk/imports/{id}/undo", import_undo_post, "list.import", "Take an import back"},
	{0},
};
