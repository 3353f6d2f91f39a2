/* case_paper.c - a file of a paper, opened from its case: a picture on a page that enlarges and turns it by
 * links, anything else as it is. One opening is one look, however often the picture is turned. */
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/session.h"

/* In the address as they are here, and each a class of assets/theme.css. */
static const int64_t zooms[] = {100, 150, 200, 300};

enum { TURN = 90, WHOLE_TURN = 360 };

typedef struct viewing {
	web_req *rq;
	case_page *k;
	const kase_scan *scan;
	int64_t n;    /* which of its paper's files, from 1 */
	size_t zoom;  /* of `zooms` */
	int64_t turn; /* degrees to the right */
	bool bare;    /* the bytes are asked for, not the page around them */
	rc made;
	fault why; /* the worker's */
	str type, bytes;
} viewing;

str
case_file_href(const web_req *rq, const case_page *k, int64_t scan, const char *more)
{
	return str_fmt(rq->a, "%.*s/files/%lld%s", STR_ARG(case_here(rq, k, "")), (long long)scan, more);
}

/* ---- the file ---- */

static rc
viewed(web_req *rq)
{
	const viewing *x = ((case_page *)rq->work)->more;

	if (x->made != RC_OK) {
		fault_copy(rq->fault, &x->why);
		return x->made;
	}
	return web_bytes(rq, 200, x->type, x->bytes);
}

static void
view_work(void *p)
{
	viewing *x = p;
	web_req *rq = x->rq;
	str folder = str_cat(rq->a, house_of(rq)->site->dir, STR("/papers"));

	x->made = kase_scan_read(&x->k->v, folder, x->scan->id, &x->type, &x->bytes);
	if (x->made != RC_OK)
		fault_copy(&x->why, rq->fault);
	web_finish(rq);
}

/* ---- the page ---- */

/* The same file so much larger and turned so far; the page comes back to its tools. */
static str
view_href(const viewing *x, size_t zoom, int64_t turn)
{
	return str_fmt(x->rq->a, "%.*s?zoom=%lld&turn=%lld#view",
		       STR_ARG(case_file_href(x->rq, x->k, x->scan->id, "")), (long long)zooms[zoom],
		       (long long)((turn + WHOLE_TURN) % WHOLE_TURN));
}

static rc
page(web_req *rq, const viewing *x)
{
	const service_paper *p = service_paper_find(x->k->v.service, x->scan->paper);
	const fault_arg is[] = {{.name = "zoom", .i = zooms[x->zoom]}, {.name = "turn", .i = x->turn}, {0}};
	bool turned = x->turn != 0, larger = x->zoom > 0;
	struct tpl_case_paper_view t = {
		.caption =
			str_fmt(rq->a, "%.*s %.*s", STR_ARG(x->k->brief.name), STR_ARG(x->k->brief.number)),
		.name = p ? ask_pair(rq, p->name) : x->scan->paper,
		.n = x->n,
		.back = case_here(rq, x->k, ""),
		.picture = case_file_href(rq, x->k, x->scan->id, "/picture"),
		.zoom = zooms[x->zoom],
		.turn = x->turn,
		.is = msg_text(rq->a, rq->lang, turned ? MSG_CASE_VIEW_TURNED : MSG_CASE_VIEW_IS, is),
		.left = view_href(x, x->zoom, x->turn - TURN),
		.right = view_href(x, x->zoom, x->turn + TURN)};

	if (x->zoom + 1 < LEN(zooms))
		t.larger = view_href(x, x->zoom + 1, x->turn);
	if (larger)
		t.smaller = view_href(x, x->zoom - 1, x->turn);
	if (larger || turned)
		t.as_it_was = view_href(x, 0, 0);
	tpl_case_paper_view(web_html(rq), &t);
	return web_page(rq, 200);
}

/* The look is on the disk: the file is opened on a thread that may wait for the disk. */
static rc
show(web_req *rq)
{
	case_page *k = rq->work;
	viewing *x = k->more;

	TRY(case_open(rq, k));
	if (!x->bare && str_starts(x->scan->type, STR("image/")))
		return page(rq, x);
	rq->then = viewed;
	return workers_run(door_of(rq)->workers, rq->fault, view_work, x);
}

/* ---- the way there ---- */

/* The file of the address, if it hangs on this case and its papers are for this officer. */
static rc
find_scan(web_req *rq, viewing *x)
{
	int64_t id = 0;

	TRY(web_param_id(rq, STR("file"), &id));
	if (!case_sees_papers(rq))
		return RC_NOT_FOUND;
	for (size_t i = 0; i < x->k->v.scans.n; i++)
		if (x->k->v.scans.v[i].id == id)
			x->scan = &x->k->v.scans.v[i];
	if (!x->scan)
		return RC_NOT_FOUND;
	for (const kase_scan *s = x->k->v.scans.v; s <= x->scan; s++)
		x->n += str_eq(s->paper, x->scan->paper);
	return RC_OK;
}

/* Without a purpose there is no page of the case that leads here. `again`: larger, turned, or the picture of
 * the page: still the same opening. */
static rc
enter(web_req *rq, viewing *x, bool again)
{
	look_case *at = arena_new(rq->a, look_case);
	bool why = false;

	x->rq = rq;
	TRY(case_of_post(rq, &x->k, &why));
	if (why)
		return RC_NOT_FOUND;
	TRY(case_open(rq, x->k));
	TRY(find_scan(rq, x));
	x->k->more = x;
	const kase_brief *b = &x->k->brief;
	*at = (look_case){b->tenant, b->id, b->person_tenant, b->person};
	return house_look(rq,
			  &(look){.kind = LOOK_CASE,
				  .at = at,
				  .purpose = x->k->purpose,
				  .standing = again,
				  .what = str_fmt(rq->a, "paper %lld", (long long)x->scan->id)},
			  show);
}

rc
case_file_get(web_req *rq)
{
	viewing *x = arena_new(rq->a, viewing);
	int64_t zoom = web_query_int(rq, STR("zoom"), zooms[0], zooms[LEN(zooms) - 1], 0);
	int64_t turn = web_query_int(rq, STR("turn"), 0, WHOLE_TURN - TURN, 0);

	for (size_t i = 0; i < LEN(zooms); i++)
		if (zooms[i] <= zoom)
			x->zoom = i;
	x->turn = turn - turn % TURN;
	return enter(rq, x, zoom != 0);
}

rc
case_picture_get(web_req *rq)
{
	viewing *x = arena_new(rq->a, viewing);

	x->bare = true;
	return enter(rq, x, true);
}
