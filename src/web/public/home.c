/* home.c - the front door. */
#include "web/public/public.h"

#include "locale/msg_ids.h"
#include "web/public_tpl.h"

static rc
home(web_req *rq)
{
	arena *a = rq->a;
	const struct tpl_door door[] = {
		{.title = msg_text(a, rq->lang, MSG_HOME_PLACES, NULL),
		 .words = msg_text(a, rq->lang, MSG_HOME_PLACES_WORDS, NULL),
		 .href = STR("/places")},
		{.title = msg_text(a, rq->lang, MSG_HOME_STAFF, NULL),
		 .words = msg_text(a, rq->lang, MSG_HOME_STAFF_WORDS, NULL),
		 .href = STR("/sign-in")},
	};

	tpl_home(web_html(rq), &(struct tpl_home){
				       .title = msg_text(a, rq->lang, MSG_HOME_TITLE, NULL),
				       .lead = msg_text(a, rq->lang, MSG_HOME_LEAD, NULL),
				       .doors = {.v = door, .n = LEN(door)},
			       });
	return web_page(rq, 200);
}

const web_route home_routes[] = {
	{"GET", "/", home, "open", "The front door"},
	{0},
};
