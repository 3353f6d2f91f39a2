/* home.c - the front door: by oneself, for somebody else, or with somebody coming; and where to look. */
#include "web/public/public.h"

#include "locale/msg_ids.h"
#include "web/public/services.h"
#include "web/public_tpl.h"

static struct tpl_door
door(const web_req *rq, int title, int words, const char *href)
{
	return (struct tpl_door){
		.title = house_words(rq, title), .words = house_words(rq, words), .href = str_of(href)};
}

static rc
home(web_req *rq)
{
	const struct tpl_door ways[] = {
		door(rq, MSG_HOME_SELF, MSG_HOME_SELF_WORDS, "/services"),
		door(rq, MSG_HOME_FAMILY, MSG_HOME_FAMILY_WORDS, "/services"),
		door(rq, MSG_HOME_VISIT, MSG_HOME_VISIT_WORDS, "/contact"),
	};
	const struct tpl_door looks[] = {
		door(rq, MSG_TRACK_TITLE, MSG_HOME_TRACK_WORDS, "/track"),
		door(rq, MSG_BOARD_TITLE, MSG_HOME_NOTICES_WORDS, "/notices"),
		door(rq, MSG_VERIFY_TITLE, MSG_HOME_VERIFY_WORDS, "/verify"),
		door(rq, MSG_HOME_PLACES, MSG_HOME_PLACES_WORDS, "/places"),
		door(rq, MSG_HOME_STAFF, MSG_HOME_STAFF_WORDS, "/sign-in"),
	};
	struct tpl_home t = {
		.title = house_words(rq, MSG_HOME_TITLE),
		.lead = house_words(rq, MSG_HOME_LEAD),
		.ways = {ways, LEN(ways)},
		.looks = {looks, LEN(looks)},
	};
	const kase_house *h = NULL;

	if (house_of(rq)->kases) { /* a site without services has a front page all the same */
		TRY(kases_of(rq, &h));
		t.services = service_doors(rq, h);
	}
	tpl_home(web_html(rq), &t);
	return web_page(rq, 200);
}

const web_route home_routes[] = {
	{"GET", "/", home, "open", "The front door"},
	{0},
};
