/* holder.c - a code by which the holder lets somebody check his certificate's category and level. */
#include "app/account/holder.h"

#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/account/mine.h"
#include "web/mine_tpl.h"
#include "web/session.h"

#define MINUTE INT64_C(60000)

typedef struct drawing {
	holder_code in;
	str code;
} drawing;

static rc
show(web_req *rq, str code)
{
	int64_t until = rq->now + HOLDER_MINUTES * MINUTE;

	tpl_my_code(web_html(rq),
		    &(struct tpl_my_code){.bound = house_actor(rq)->person > 0,
					  .code = code,
					  .until = code.n ? instant_str(rq->a, until, false) : STR("")});
	return web_page(rq, 200);
}

static rc
code_get(web_req *rq)
{
	return show(rq, STR(""));
}

static rc
drawn(web_req *rq)
{
	const drawing *k = rq->work;

	TRY(house_written(rq, NULL, NULL));
	return show(rq, k->code);
}

static rc
code_post(web_req *rq)
{
	const actor *who = house_actor(rq);
	drawing *k = arena_new(rq->a, drawing);
	const person_ref *ref = NULL;
	db *d = NULL;

	if (who->person <= 0) /* the page says what to do first */
		return show(rq, STR(""));
	TRY(house_read(rq, &d));
	TRY(person_open(d, rq->a, rq->fault, who, who->home, who->person, &ref));
	TRY(holder_draw(db_sealer(d), rq->a, rq->fault, who, ref, &k->code, &k->in));
	rq->work = k;
	return house_write(rq, &(house_command){.fn = holder_make, .in = &k->in, .then = drawn});
}

const web_route holder_routes[] = {
	{"GET", "/me/certificate-code", code_get, "own.read", "A code to have my certificate checked"},
	{"POST", "/me/certificate-code", code_post, "own.read", "Draw such a code", .secret = true},
	{0},
};
