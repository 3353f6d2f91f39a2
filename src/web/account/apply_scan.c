/* apply_scan.c - a paper as files: uploaded, looked at, taken away again. */
#include <unistd.h>

#include "locale/msg_ids.h"
#include "web/account/apply.h"
#include "web/account/pages.h"

typedef struct upload {
	web_req *rq;
	apply k;
	size_t at;
	bool from_check;
	str folder;
	/* of the worker */
	rc done;
	fault why;
	kase_scan_new scan;
	kase_paper_in in;
	kase_scan_in gone;
} upload;

static const service_paper *
paper_at(const upload *x)
{
	return x->k.item.v[x->at].paper;
}

static str
folder_of(web_req *rq)
{
	return str_cat(rq->a, house_of(rq)->site->dir, STR("/papers"));
}

static str
files_href(const upload *x)
{
	return str_cat(x->k.rq->a, apply_item_href(&x->k, &x->k.item.v[x->at]), STR("/files"));
}

static tpl_list_apply_file
files_of(const upload *x)
{
	web_req *rq = x->k.rq;
	VEC(struct tpl_apply_file) v = {0};

	for (size_t i = 0; i < x->k.v.scans.n; i++) {
		const kase_scan *s = &x->k.v.scans.v[i];
		if (!str_eq(s->paper, paper_at(x)->id))
			continue;
		const fault_arg args[] = {{.name = "n", .i = (int64_t)v.n + 1},
					  {.name = "kb", .i = (s->size + 1023) / 1024},
					  {0}};
		*vec_add(rq->a, &v) =
			(struct tpl_apply_file){.name = msg_text(rq->a, rq->lang, MSG_APPLY_SCAN_NAME, args),
						.href = str_fmt(rq->a, "/applications/%.*s/files/%lld",
								STR_ARG(apply_ref(&x->k)), (long long)s->id),
						.picture = str_starts(s->type, STR("image/")),
						.paper = s->paper};
	}
	return (tpl_list_apply_file){v.v, v.n};
}

static rc
page(web_req *rq, upload *x, str wrong)
{
	const service_paper *p = paper_at(x);

	tpl_apply_scans(web_html(rq), &(struct tpl_apply_scans){
					      .title = ask_pair(rq, p->name),
					      .hint = p->help.zh.n ? ask_pair(rq, p->help) : (str){0},
					      .portrait = p->portrait,
					      .back = apply_item_href(&x->k, &x->k.item.v[x->at]),
					      .progress = apply_progress(&x->k, x->at),
					      .action = files_href(x),
					      .from = x->from_check ? STR("check") : STR(""),
					      .files = files_of(x),
					      .go_on = apply_next(&x->k, x->at, x->from_check),
					      .mb = PAPER_FILE_MAX >> 20,
					      .wrong = wrong,
					      .bad = wrong.n > 0,
					      .errors = one_error(rq, "file", wrong),
				      });
	return web_page(rq, wrong.n ? 422 : 200);
}

static rc
find(web_req *rq, upload *x, str from)
{
	x->rq = rq;
	TRY(apply_open(rq, &x->k, NULL));
	x->at = apply_find_paper(&x->k, web_param(rq, STR("paper")));
	if (x->at == x->k.item.n || !(paper_at(x)->accepts & PAPER_ELECTRONIC))
		return RC_NOT_FOUND;
	x->from_check = str_eq(from, STR("check"));
	x->folder = folder_of(rq);
	return RC_OK;
}

rc
apply_scans_get(web_req *rq)
{
	upload *x = arena_new(rq->a, upload);

	TRY(find(rq, x, web_query(rq, STR("from"))));
	return page(rq, x, STR(""));
}

/* ---- one more ---- */

static rc
read_all(const multipart_part *p, arena *a, fault *f, str *out)
{
	int64_t n = 0;

	if (p->size > PAPER_FILE_MAX)
		return FAIL(f, RC_LIMIT, "paper.large", FA_FIELD(STR("file")),
			    FA_INT("mb", PAPER_FILE_MAX >> 20));
	char *bytes = arena_alloc(a, (size_t)p->size + 1);
	while (n < p->size) {
		ssize_t got = pread(p->fd, bytes + n, (size_t)(p->size - n), n);
		if (got <= 0)
			return FAIL(f, RC_IO, "http.spool");
		n += got;
	}
	*out = (str){bytes, (size_t)n};
	return RC_OK;
}

/* On a worker: what it is, cleaned, sealed, flushed to the disk. */
static rc
keep(upload *x)
{
	web_req *rq = x->rq;
	fault *f = &x->why;
	paper_seal to = kase_scan_seal(&x->k.v, x->scan.id);
	paper_checked checked;
	str bytes;
	db *d = NULL;

	TRY(read_all(&rq->http->file[0], rq->a, f, &bytes));
	TRY(paper_check(rq->a, f, bytes, &checked));
	if (paper_at(x)->portrait)
		TRY(paper_portrait(f, &checked));
	to.folder = x->folder;
	TRY(store_read(house_store(rq), rq->a, f, &d));
	rc r = paper_keep(db_sealer(d), rq->a, f, &to, checked.bytes, &x->scan.file);
	store_read_end(house_store(rq), d);
	x->scan.type = checked.type;
	x->scan.size = (int64_t)checked.bytes.n;
	return r;
}

static void
keep_work(void *p)
{
	upload *x = p;

	x->done = keep(x);
	web_finish(x->rq);
}

static rc
noted(web_req *rq)
{
	upload *x = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_LIMIT || r == RC_INVALID) {
		str wrong = fault_text(rq->a, rq->lang, rq->fault);
		fault_clear(rq->fault);
		TRY(apply_again(rq, &x->k));
		return page(rq, x, wrong);
	}
	TRY(r);
	return web_see(rq, str_cat(rq->a, files_href(x), x->from_check ? STR("?from=check") : STR("")));
}

static rc
kept(web_req *rq)
{
	upload *x = rq->work;

	if (x->done == RC_INVALID || x->done == RC_LIMIT)
		return page(rq, x, fault_text(rq->a, rq->lang, &x->why));
	if (x->done != RC_OK) {
		fault_copy(rq->fault, &x->why);
		return x->done;
	}
	x->in = (kase_paper_in){.at = apply_at(&x->k),
				.paper = paper_at(x)->id,
				.state = STR("electronic"),
				.scan = &x->scan};
	return house_write(rq, &(house_command){.fn = kase_add_paper, .in = &x->in, .then = noted});
}

rc
apply_scans_post(web_req *rq)
{
	upload *x = arena_new(rq->a, upload);
	bool found = false;

	TRY(find(rq, x, url_value(&rq->http->form, STR("from"), &found)));
	if (rq->http->nfiles == 0)
		return page(rq, x, house_words(rq, MSG_PAPER_EMPTY));
	x->scan.id = store_id(house_store(rq), rq->now);
	rq->work = x;
	rq->then = kept;
	return workers_run(door_of(rq)->workers, rq->fault, keep_work, x);
}

/* ---- one of them ---- */

static rc
shown(web_req *rq)
{
	const upload *x = rq->work;

	if (x->done != RC_OK) {
		fault_copy(rq->fault, &x->why);
		return x->done;
	}
	return web_bytes(rq, 200, x->scan.type, x->scan.file);
}

static void
show_work(void *p)
{
	upload *x = p;

	x->done = kase_scan_read(&x->k.v, x->folder, x->scan.id, &x->scan.type, &x->scan.file);
	web_finish(x->rq);
}

rc
apply_file_get(web_req *rq)
{
	upload *x = arena_new(rq->a, upload);

	bool filed = false;

	x->rq = rq;
	rc r = apply_open(rq, &x->k, &filed);
	if (!filed)
		TRY(r);
	TRY(web_param_id(rq, STR("file"), &x->scan.id));
	x->folder = folder_of(rq);
	rq->work = x;
	rq->then = shown;
	return workers_run(door_of(rq)->workers, rq->fault, show_work, x);
}

static rc
removed(web_req *rq)
{
	const upload *x = rq->work;
	rc r = house_written(rq, NULL, NULL);
	bool found = false;
	str paper = url_value(&rq->http->form, STR("paper"), &found);

	if (r != RC_OK && r != RC_NOT_FOUND) /* pressed twice: it is gone */
		return r;
	fault_clear(rq->fault);
	size_t at = apply_find_paper(&x->k, paper);
	if (at == x->k.item.n)
		return web_see(rq, apply_href(&x->k, ""));
	return web_see(rq, str_cat(rq->a, apply_item_href(&x->k, &x->k.item.v[at]), STR("/files")));
}

rc
apply_file_remove(web_req *rq)
{
	upload *x = arena_new(rq->a, upload);

	TRY(apply_open(rq, &x->k, NULL));
	TRY(web_param_id(rq, STR("file"), &x->gone.scan));
	x->gone.at = apply_at(&x->k);
	rq->work = x;
	return house_write(rq, &(house_command){.fn = kase_remove_scan, .in = &x->gone, .then = removed});
}
