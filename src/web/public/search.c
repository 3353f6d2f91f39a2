/* search.c - see search.h. Everything is read anew for each search: there are dozens of texts, not thousands.
 */
#include "web/public/search.h"

#include "app/field/field.h"
#include "base/pinyin.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "locale/msg_ids.h"
#include "web/public/public.h"
#include "web/public/services.h"
#include "web/public/text.h"
#include "web/search_tpl.h"

enum { QUERY_MAX = 60, RESULTS = 20, BODY, PAIRS, PINYIN, ALSO, NAME };

/* ---- fitting ---- */

static bool
has(str text, str part)
{
	return part.n > 0 && str_find(text, part) >= 0;
}

/* Are at least half of the query's pairs of characters in the text? One pair alone says too little. */
static bool
has_pairs(str text, str query)
{
	size_t all = 0, found = 0;

	for (str rest = query; utf8_count(rest) >= 2; all++) {
		str two = utf8_cut(rest, 2);
		found += has(text, two);
		rest = str_from(rest, utf8_cut(rest, 1).n);
	}
	return all >= 2 && found * 2 >= all && found >= 2;
}

/* Only what is typed in letters is compared by sound: two characters of one sound are two words. */
static bool
is_letters(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return s.n >= 2;
}

static int
fits_word(arena *a, str query, str word, int whole)
{
	str folded = heading_fold(a, word);

	if (has(folded, query))
		return whole;
	if (is_letters(query) && has(pinyin_key(a, folded), query))
		return PINYIN;
	return has_pairs(folded, query) ? PAIRS : 0;
}

int
search_fits(arena *a, str query, const search_text *t)
{
	str q = heading_fold(a, query);
	int best = 0;

	if (q.n == 0)
		return 0;
	best = fits_word(a, q, t->name, NAME);
	for (size_t i = 0; i < t->nalso; i++) {
		int fit = fits_word(a, q, t->also[i], ALSO);
		best = MAX(best, fit);
	}
	if (best == 0 && has(heading_fold(a, t->body), q))
		best = BODY;
	return best;
}

/* ---- the page ---- */

typedef struct hit {
	int fit;
	struct tpl_door door;
} hit;

typedef VEC(hit) hits;

static void
add(web_req *rq, str query, hits *to, const search_text *t, struct tpl_door door)
{
	int fit = search_fits(rq->a, query, t);
	size_t at = 0;

	if (fit == 0)
		return;
	(void)vec_add(rq->a, to);
	for (at = to->n - 1; at > 0 && to->v[at - 1].fit < fit; at--) /* the best first, else as they came */
		to->v[at] = to->v[at - 1];
	to->v[at] = (hit){fit, door};
}

static rc
services(web_req *rq, str query, hits *to)
{
	const kase_house *h = NULL;

	if (!house_of(rq)->kases)
		return RC_OK;
	TRY(kases_of(rq, &h));
	for (size_t i = 0; i < h->nservices; i++) {
		const service *s = h->service[i];
		str name = str_fmt(rq->a, "%.*s %.*s", STR_ARG(s->name.zh), STR_ARG(s->name.en));
		str body = str_fmt(rq->a, "%.*s %.*s %.*s %.*s", STR_ARG(s->gives.zh), STR_ARG(s->gives.en),
				   STR_ARG(s->who.zh), STR_ARG(s->who.en));
		if (kase_service(h, s->id) == s && service_is_public(s))
			add(rq, query, to, &(search_text){name, s->also, s->nalso, body},
			    service_door(rq, s));
	}
	return RC_OK;
}

/* The other pages of the front door. */
static void
pages(web_req *rq, str query, hits *to)
{
	static const struct {
		int title, words;
		const char *href;
	} all[] = {
		{MSG_TRACK_TITLE, MSG_HOME_TRACK_WORDS, "/track"},
		{MSG_BOARD_TITLE, MSG_HOME_NOTICES_WORDS, "/notices"},
		{MSG_VERIFY_TITLE, MSG_HOME_VERIFY_WORDS, "/verify"},
		{MSG_HOME_PLACES, MSG_HOME_PLACES_WORDS, "/places"},
	};

	for (size_t i = 0; i < LEN(all); i++) {
		struct tpl_door door = {.title = house_words(rq, all[i].title),
					.words = house_words(rq, all[i].words),
					.href = str_of(all[i].href)};
		add(rq, query, to, &(search_text){.name = door.title, .body = door.words}, door);
	}
}

/* Each section of the pages of help, under the page's name. */
static rc
help(web_req *rq, str query, hits *to)
{
	for (const web_route *r = text_routes; r->path; r++) {
		struct tpl_text_page page;
		TRY(text_read(rq, str_of(r->path), &page));
		for (size_t i = 0; i < page.sections.n; i++) {
			const struct tpl_text_section *s = &page.sections.v[i];
			buf body = buf_in(rq->a);
			for (size_t k = 0; k < s->body.n; k++)
				buf_put(&body, s->body.v[k]);
			struct tpl_door door = {.title = str_fmt(rq->a, "%.*s: %.*s", STR_ARG(page.title),
								 STR_ARG(s->heading)),
						.words = s->body.n ? s->body.v[0] : STR(""),
						.href = str_of(r->path)};
			add(rq, query, to, &(search_text){.name = door.title, .body = buf_str(&body)}, door);
		}
	}
	return RC_OK;
}

static rc
search_get(web_req *rq)
{
	str query = utf8_cut(web_query(rq, STR("q")), QUERY_MAX);
	hits found = {0};

	if (query.n) {
		TRY(services(rq, query, &found));
		pages(rq, query, &found);
		TRY(help(rq, query, &found));
	}
	size_t n = MIN(found.n, (size_t)RESULTS);
	struct tpl_door *v = arena_array(rq->a, struct tpl_door, n);
	for (size_t i = 0; i < n; i++)
		v[i] = found.v[i].door;
	tpl_search(
		web_html(rq),
		&(struct tpl_search){.q = query, .asked = query.n > 0, .count = (int64_t)n, .doors = {v, n}});
	return web_page(rq, 200);
}

const web_route search_routes[] = {
	{"GET", "/search", search_get, "open", "Services and help, by what people call them"},
	{0},
};
