/* board.c - what the law lets the web show of public notices, and objections to them. */
#include "app/kase/public.h"
#include "locale/msg_ids.h"
#include "web/ask.h"
#include "web/board_tpl.h"
#include "web/form.h"
#include "web/kases.h"
#include "web/public/public.h"

enum { WHO_MAX = 50, TEXT_MAX = 2000 };

static struct tpl_board_line
line_of(web_req *rq, const kase_public_notice *n)
{
	return (struct tpl_board_line){
		.name = n->name.n ? n->name : house_words(rq, MSG_BOARD_NAMELESS),
		.village = ask_place_path(rq, n->region),
		.posted = html_day_text(web_html(rq), n->posted),
		.last = html_day_text(web_html(rq), n->last),
		.href = str_fmt(rq->a, "/notices/%lld-%lld", (long long)n->tenant, (long long)n->id)};
}

static rc
list_get(web_req *rq)
{
	kase_public_notices all;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(kase_notices_public(d, rq->a, rq->fault, date_of_instant(rq->now), &all));
	struct tpl_board_line *v = arena_array(rq->a, struct tpl_board_line, all.n);
	for (size_t i = 0; i < all.n; i++)
		v[i] = line_of(rq, &all.v[i]);
	http_reply_field(rq->http, STR("X-Robots-Tag"), STR("noindex, nofollow"));
	tpl_board(web_html(rq), &(struct tpl_board){.lines = {v, all.n}});
	return web_page(rq, 200);
}

/* ---- one, and objecting to it ---- */

typedef struct objecting {
	kase_public_notice n;
	form f;
	kase_objection_in in;
	int64_t id;
	bool done;
} objecting;

/* Gone with its last day, like one that never was. */
static rc
find(web_req *rq, objecting *k)
{
	kase_public_notices all;
	int64_t owner = 0, id = 0;
	db *d = NULL;

	TRY(web_param_ref(rq, STR("ref"), &owner, &id));
	TRY(house_read(rq, &d));
	TRY(kase_notices_public(d, rq->a, rq->fault, date_of_instant(rq->now), &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].tenant == owner && all.v[i].id == id) {
			k->n = all.v[i];
			k->f = form_of(rq->a, &rq->http->form, rq->now);
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

static str
wrong(const web_req *rq, const form *f, const char *name)
{
	const fault *e = form_error(f, str_of(name));

	return e ? fault_text(rq->a, rq->lang, e) : (str){0};
}

static rc
page(web_req *rq, const objecting *k)
{
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, k->f.errors.n);
	const struct tpl_board_line n = line_of(rq, &k->n);

	for (size_t i = 0; i < k->f.errors.n; i++)
		v[i] = (struct tpl_field_error){.field = k->f.errors.v[i]->field,
						.text = fault_text(rq->a, rq->lang, k->f.errors.v[i])};
	http_reply_field(rq->http, STR("X-Robots-Tag"), STR("noindex, nofollow"));
	tpl_board_notice(web_html(rq), &(struct tpl_board_notice){
					       .name = n.name,
					       .village = n.village,
					       .posted = n.posted,
					       .last = n.last,
					       .action = n.href,
					       .done = k->done,
					       .who = form_typed(&k->f, STR("who")),
					       .phone = form_typed(&k->f, STR("phone")),
					       .reason = form_typed(&k->f, STR("text")),
					       .who_wrong = wrong(rq, &k->f, "who"),
					       .phone_wrong = wrong(rq, &k->f, "phone"),
					       .reason_wrong = wrong(rq, &k->f, "text"),
					       .bad = !form_ok(&k->f),
					       .errors = {v, k->f.errors.n},
				       });
	return web_page(rq, form_ok(&k->f) ? 200 : 422);
}

static rc
notice_get(web_req *rq)
{
	objecting *k = arena_new(rq->a, objecting);

	TRY(find(rq, k));
	return page(rq, k);
}

static rc
objected(web_req *rq)
{
	objecting *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_INVALID && rq->fault->field.n) {
		fault_copy(form_wrong(&k->f), rq->fault);
		fault_clear(rq->fault);
		return page(rq, k);
	}
	TRY(r);
	k->done = true;
	return page(rq, k);
}

static void
read_phone(web_req *rq, objecting *k)
{
	field_reader r = {
		.a = rq->a, .c = house_of(rq)->fields, .today = date_of_instant(rq->now), .lang = rq->lang};
	field_value v = {0};
	fault *why = arena_new(rq->a, fault);

	k->in.phone = form_text(&k->f, FIELD("phone", house_words(rq, MSG_BOARD_PHONE)), WHO_MAX);
	if (k->in.phone.n && field_read(&r, why, field_find(r.c, STR("phone")), k->in.phone, &v) != RC_OK) {
		fault *e = form_wrong(&k->f);
		fault_copy(e, why);
		e->field = STR("phone");
	}
}

static rc
object_post(web_req *rq)
{
	objecting *k = arena_new(rq->a, objecting);

	TRY(find(rq, k));
	k->in = (kase_objection_in){
		.tenant = k->n.tenant,
		.id = k->n.kase,
		.by = house_actor(rq),
		.who = form_name(&k->f, FIELD("who", house_words(rq, MSG_BOARD_WHO)), WHO_MAX)};
	read_phone(rq, k);
	k->in.text = form_lines(&k->f, FIELD("text", house_words(rq, MSG_BOARD_REASON)), TEXT_MAX);
	if (!form_ok(&k->f))
		return page(rq, k);
	TRY(kases_of(rq, &k->in.house));
	rq->work = k;
	return house_write(
		rq, &(house_command){.fn = kase_object, .in = &k->in, .out = &k->id, .then = objected});
}

const web_route board_routes[] = {
	{"GET", "/notices", list_get, "open", "What the web may show of public notices"},
	{"GET", "/notices/{ref}", notice_get, "open", "One notice, and objecting to it"},
	{"POST", "/notices/{ref}", object_post, "open", "Object to a notice"},
	{0},
};
