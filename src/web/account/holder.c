/* holder.c - a code by which the holder lets somebody check his certificate's category and level. */
#include "app/account/holder.h"

#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/account/mine.h"
#include "web/account/own.h"
#include "web/mine_tpl.h"
#include "web/session.h"

#define MINUTE INT64_C(60000)

typedef struct drawing {
	own own;
	holder_code in;
	str code;
} drawing;

static rc
show(web_req *rq, const drawing *k)
{
	str until = instant_str(rq->a, rq->now + HOLDER_MINUTES * MINUTE, false); /* "2026-12-01 19:31" */

	tpl_my_code(web_html(rq),
		    &(struct tpl_my_code){.action = own_href(rq->a, "/me/certificate-code", k->own.ward),
					  .looked = own_href(rq->a, "/me/access-log", k->own.ward),
					  .log = own_log_title(rq, &k->own),
					  .bound = k->own.ref != NULL,
					  .code = k->code,
					  .until = k->code.n ? str_from(until, DATE_TEXT) : STR("")});
	return web_page(rq, 200);
}

static rc
code_get(web_req *rq)
{
	drawing k = {.code = STR("")};

	TRY(own_open(rq, &k.own));
	return show(rq, &k);
}

static rc
drawn(web_req *rq)
{
	TRY(house_written(rq, NULL, NULL));
	return show(rq, rq->work);
}

static rc
code_post(web_req *rq)
{
	const actor *who = house_actor(rq);
	drawing *k = arena_new(rq->a, drawing);
	db *d = NULL;

	*k = (drawing){.code = STR("")};
	TRY(own_open(rq, &k->own));
	if (!k->own.ref) /* the page says what to do first */
		return show(rq, k);
	TRY(house_read(rq, &d));
	TRY(holder_draw(db_sealer(d), rq->a, rq->fault, who, k->own.ref, &k->code, &k->in));
	rq->work = k;
	return house_write(rq, &(house_command){.fn = holder_make, .in = &k->in, .then = drawn});
}

const web_route holder_routes[] = {
	{"GET", "/me/certificate-code", code_get, "own.read", "A code to have my certificate checked"},
	{"POST", "/me/certificate-code", code_post, "own.read", "Draw such a code", .secret = true},
	{0},
};
