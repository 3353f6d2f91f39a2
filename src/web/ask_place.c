/* ask_place.c - see ask_place.h. */
#include "web/ask_place.h"

#include "base/utf8.h"
#include "locale/msg_ids.h"
#include "web/ask_tpl.h"
#include "web/place_names.h"

enum { FEW = 8, BELOW_MAX = 500 };

static const int64_t COUNTRY = 1000000000000;

ask_place
ask_place_of(str name, int64_t code)
{
	return (ask_place){.name = name, .code = code};
}

/* ---- reading ---- */

static str
posted(const web_req *rq, str name, const char *part)
{
	bool found = false;

	return str_trim(url_value(&rq->http->form, str_cat(rq->a, name, str_of(part)), &found));
}

static int64_t
posted_code(const web_req *rq, str name, const char *part)
{
	fault ignored = {0};
	int64_t code = 0;

	if (region_code_parse(rq->a, &ignored, posted(rq, name, part), &code) != RC_OK)
		return 0;
	return code;
}

#define WRONG(p, rq, id, ...)                                                                                \
	do {                                                                                                 \
		fault *why_ = arena_new((rq)->a, fault);                                                     \
		(void)FAIL(why_, RC_INVALID, id, FA_FIELD((p)->name), __VA_ARGS__);                          \
		(p)->wrong = why_;                                                                           \
	} while (0)

/* A village is taken; of anything above it the divisions below are offered. */
static rc
take(web_req *rq, db *d, int64_t code, ask_place *p)
{
	const int32_t today = date_of_instant(rq->now);
	region r;

	p->code = 0;
	rc e = region_find(d, rq->a, rq->fault, code, today, &r);
	if (e == RC_NOT_FOUND || (e == RC_OK && r.until != DATE_NONE)) {
		fault_clear(rq->fault);
		WRONG(p, rq, "ask.place.nowhere", FA_STR("typed", str_fmt(rq->a, "%lld", (long long)code)));
		return RC_OK;
	}
	TRY(e);
	TRY(region_children(d, rq->a, rq->fault,
			    &(region_page){.parent = code, .day = today, .max = BELOW_MAX}, &p->offered));
	if (p->offered.n == 0) {
		p->code = code;
		return RC_OK;
	}
	p->step = p->within != code;
	p->within = code;
	WRONG(p, rq, "ask.place.further", FA_STR("place", ask_place_path(rq, code)));
	return RC_OK;
}

static rc
search(web_req *rq, db *d, ask_place *p)
{
	region_query q = {.within = {0, COUNTRY},
			  .needle = text_fold(rq->a, p->typed),
			  .day = date_of_instant(rq->now)};
	fault *why = arena_new(rq->a, fault);
	region_hits hits;
	region in;

	if (p->within && region_find(d, rq->a, rq->fault, p->within, q.day, &in) == RC_OK)
		q.within = region_interval(&in);
	p->within = 0;
	p->step = true;
	rc r = region_search(d, rq->a, why, &q, &hits);
	if (r == RC_INVALID) {
		p->wrong = why;
		p->step = false;
		return RC_OK;
	}
	TRY(r);
	for (size_t i = 0; i < hits.v.n; i++)
		if (hits.v.v[i].until == DATE_NONE && hits.v.v[i].kind != REGION_HEADING)
			*vec_add(rq->a, &p->offered) = hits.v.v[i];
	p->step = p->offered.n > 0;
	if (p->offered.n == 0)
		WRONG(p, rq, "ask.place.nowhere", FA_STR("typed", p->typed));
	else if (p->offered.n > 1)
		WRONG(p, rq, "ask.place.several", FA_INT("n", p->offered.n));
	else {
		int64_t only = p->offered.v[0].code;
		p->offered = (region_list){0};
		return take(rq, d, only, p);
	}
	return RC_OK;
}

rc
ask_place_read(web_req *rq, str name, ask_place *out)
{
	int64_t picked = posted_code(rq, name, ""), typed_code = posted_code(rq, name, "-text");
	db *d = NULL;

	*out = (ask_place){.name = name,
			   .code = posted_code(rq, name, "-keep"),
			   .within = posted_code(rq, name, "-within"),
			   .typed = posted(rq, name, "-text")};
	TRY(house_read(rq, &d));
	if (out->typed.n && !typed_code) {
		TRY(search(rq, d, out));
		out->code = out->wrong ? 0 : out->code;
		return RC_OK;
	}
	if (typed_code || picked)
		return take(rq, d, typed_code ? typed_code : picked, out);
	if (out->within) /* the next level was asked and not answered */
		return take(rq, d, out->within, out);
	return RC_OK;
}

/* ---- showing ---- */

str
ask_place_path(web_req *rq, int64_t code)
{
	place_names *kept = house_of(rq)->places;
	region_list path;
	db *d = NULL;
	str name;

	if (kept && place_names_find(kept, rq->a, code, rq->now, &name))
		return name;
	if (house_read(rq, &d) == RC_OK &&
	    region_path(d, rq->a, rq->fault, code, date_of_instant(rq->now), &path) == RC_OK) {
		name = region_path_name(rq->a, &path);
		if (kept)
			place_names_keep(kept, code, rq->now, name);
		return name;
	}
	fault_clear(rq->fault);
	return str_fmt(rq->a, "%012lld", (long long)code);
}

static str
show_region(const void *ctx, arena *a, int64_t code, msg_lang lang)
{
	(void)a;
	(void)lang;
	return ask_place_path((web_req *)(uintptr_t)ctx, code);
}

field_regions
ask_regions(web_req *rq)
{
	return (field_regions){.ctx = rq, .show = show_region};
}

str
ask_place_id(const web_req *rq, const ask_place *p)
{
	return p->offered.n ? p->name : str_cat(rq->a, p->name, STR("-text"));
}

static bool
few(const ask_place *p)
{
	return p->offered.n <= FEW;
}

/* What a search found is named by its whole path; what is below one place by its own name. */
static tpl_list_choice
choices(web_req *rq, const ask_place *p)
{
	bool blank = !few(p);
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, p->offered.n + 1);
	size_t n = 0;

	if (blank)
		v[n++] = (struct tpl_choice){.value = STR(""), .label = house_words(rq, MSG_ASK_CHOOSE)};
	for (size_t i = 0; i < p->offered.n; i++) {
		const region *r = &p->offered.v[i];
		v[n++] = (struct tpl_choice){.value = str_fmt(rq->a, "%012lld", (long long)r->code),
					     .label = p->within ? r->name : ask_place_path(rq, r->code)};
	}
	return (tpl_list_choice){v, n};
}

rc
ask_place_show(web_req *rq, const ask_place *p, str label, str hint, str error, bool heading, html_safe *out)
{
	struct tpl_ask_place t = {.name = p->name,
				  .label = label,
				  .hint = hint.n ? hint : house_words(rq, MSG_ASK_PLACE_HINT),
				  .error = error,
				  .heading = heading,
				  .typed = p->typed,
				  .few = few(p)};
	html_out *o = web_html(rq);
	html_mark mark;

	if (p->code) {
		t.keep = str_fmt(rq->a, "%012lld", (long long)p->code);
		t.now = house_words_of(rq, MSG_ASK_PLACE_NOW, "place", ask_place_path(rq, p->code));
	}
	if (p->offered.n) {
		t.offered = choices(rq, p);
		t.within = p->within ? str_fmt(rq->a, "%012lld", (long long)p->within) : STR("");
		t.which = p->within ? house_words_of(rq, MSG_ASK_PLACE_BELOW, "place",
						     ask_place_path(rq, p->within))
				    : house_words(rq, MSG_ASK_PLACE_WHICH);
		t.typed = STR("");
	}
	html_capture(o, &mark);
	tpl_ask_place(o, &t);
	*out = html_captured(o, &mark);
	return RC_OK;
}
