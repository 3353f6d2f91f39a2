/* places.c - the tree of divisions, for everybody: what a place is called, what is below it, which federation
 * it belongs to. */
#include "web/public/public.h"

#include "app/region/reform.h"
#include "app/region/tenant.h"
#include "base/vec.h"
#include "locale/msg_ids.h"
#include "web/public_tpl.h"
#include "web/table.h"

enum { PAGE = 200 };

static const int64_t COUNTRY = 1000000000000;

typedef VEC(struct tpl_crumb) crumb_list;
typedef VEC(struct tpl_answer) answer_list;

static str
words(const web_req *rq, int id)
{
	return msg_text(rq->a, rq->lang, id, NULL);
}

static int32_t
today(const web_req *rq)
{
	return date_of_instant(rq->now);
}

static str
code_text(arena *a, int64_t code)
{
	return str_fmt(a, "%lld", (long long)code);
}

static str
level_words(const web_req *rq, const region *r)
{
	static const int id[] = {
		[DIV_PROVINCE] = MSG_PLACES_PROVINCE, [DIV_CITY] = MSG_PLACES_CITY,
		[DIV_COUNTY] = MSG_PLACES_COUNTY,     [DIV_TOWNSHIP] = MSG_PLACES_TOWNSHIP,
		[DIV_VILLAGE] = MSG_PLACES_VILLAGE,
	};

	if (r->kind == REGION_HEADING)
		return words(rq, MSG_PLACES_HEADING);
	if (r->kind == REGION_NEIGHBOURHOOD)
		return words(rq, MSG_PLACES_NEIGHBOURHOOD);
	if (r->level == DIV_CITY && r->lowest > DIV_CITY)
		return words(rq, MSG_PLACES_CITY_COUNTY);
	return words(rq, id[r->level]);
}

static tpl_list_place_row
rows_of(const web_req *rq, const region_list *list)
{
	struct tpl_place_row *v = arena_array(rq->a, struct tpl_place_row, list->n);

	for (size_t i = 0; i < list->n; i++)
		v[i] = (struct tpl_place_row){.code = code_text(rq->a, list->v[i].code),
					      .name = list->v[i].name,
					      .level = level_words(rq, &list->v[i]),
					      .since = list->v[i].since};
	return (tpl_list_place_row){v, list->n};
}

static tpl_list_column
columns(const web_req *rq)
{
	static const int id[] = {MSG_PLACES_NAME, MSG_PLACES_LEVEL, MSG_PLACES_CODE, MSG_PLACES_SINCE};
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, LEN(id));

	for (size_t i = 0; i < LEN(id); i++)
		v[i].label = words(rq, id[i]);
	return (tpl_list_column){v, LEN(id)};
}

/* What was looked for, when something was. A needle that cannot be searched is said at the field. */
static rc
search(web_req *rq, db *d, interval within, struct tpl_places *page)
{
	region_query q = {within, web_query(rq, STR("q")), today(rq)};
	region_hits hits;
	const fault_arg most[] = {{.name = "max", .i = REGION_SEARCH_MAX}, {0}};

	page->q = q.needle;
	if (q.needle.n == 0)
		return RC_OK;
	rc r = region_search(d, rq->a, rq->fault, &q, &hits);
	if (r == RC_INVALID) {
		struct tpl_field_error *e = arena_new(rq->a, struct tpl_field_error);
		page->error = fault_text(rq->a, rq->lang, rq->fault);
		*e = (struct tpl_field_error){.field = STR("q"), .text = page->error};
		page->errors = (tpl_list_field_error){e, 1};
		page->bad = true;
		fault_clear(rq->fault);
		return RC_OK;
	}
	TRY(r);
	TRY(table_whole(rq, hits.more, hits.v.n));
	page->asked = true;
	page->found = rows_of(rq, &hits.v);
	if (hits.more)
		page->note = msg_text(rq->a, rq->lang, MSG_PLACES_MORE_FOUND, most);
	else if (hits.without_villages)
		page->note = words(rq, MSG_PLACES_WITHOUT_VILLAGES);
	return RC_OK;
}

static rc
below(web_req *rq, db *d, int64_t parent, struct tpl_places *page)
{
	const size_t most = table_rows(rq, PAGE);
	region_page of = {.parent = parent,
			  .after = most > PAGE ? 0 : web_query_int(rq, STR("after"), 0, COUNTRY, 0),
			  .day = today(rq),
			  .max = most};
	region_list list;

	TRY(region_children(d, rq->a, rq->fault, &of, &list));
	page->columns = columns(rq);
	page->rows = rows_of(rq, &list);
	TRY(table_whole(rq, list.n == most, most));
	page->next = list.n == PAGE ? code_text(rq->a, list.v[PAGE - 1].code) : STR("");
	return RC_OK;
}

static rc
country(web_req *rq)
{
	struct tpl_places page = {.title = words(rq, MSG_PLACES_TITLE),
				  .caption = words(rq, MSG_PLACES_PROVINCES)};
	const struct tpl_crumb top = {.label = words(rq, MSG_PLACES_COUNTRY)};
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(search(rq, d, (interval){0, COUNTRY}, &page));
	TRY(below(rq, d, 0, &page));
	page.crumbs = (tpl_list_crumb){&top, 1};
	tpl_places(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

/* ---- one division ---- */

static tpl_list_crumb
crumbs(const web_req *rq, const region_list *path)
{
	crumb_list list = {0};

	*vec_add(rq->a, &list) = (struct tpl_crumb){words(rq, MSG_PLACES_COUNTRY), STR("/places")};
	for (size_t i = 0; i < path->n; i++) {
		struct tpl_crumb *c = vec_add(rq->a, &list);
		c->label = path->v[i].name;
		if (i + 1 < path->n)
			c->href = str_fmt(rq->a, "/places/%lld", (long long)path->v[i].code);
	}
	return (tpl_list_crumb){list.v, list.n};
}

static void
fact(web_req *rq, answer_list *facts, int key, str value)
{
	*vec_add(rq->a, facts) = (struct tpl_answer){.key = words(rq, key), .value = value};
}

static rc
source_of(web_req *rq, db *d, const region *r, str *out)
{
	region_sets sets;

	TRY(region_loaded(d, rq->a, rq->fault, &sets));
	for (size_t i = 0; i < sets.n; i++)
		if (sets.v[i].province == r->code - r->code % div_span(DIV_PROVINCE))
			*out = sets.v[i].source;
	return RC_OK;
}

static rc
facts_of(web_req *rq, db *d, const region *r, const region_list *path, struct tpl_places *page)
{
	answer_list facts = {0};
	tenant t = {0};
	str source = {0};
	rc has = tenant_of_region(d, rq->a, rq->fault, r->code, today(rq), &t);

	if (has != RC_OK && has != RC_NOT_FOUND)
		return has;
	TRY(source_of(rq, d, r, &source));
	fact(rq, &facts, MSG_PLACES_PATH, region_path_name(rq->a, path));
	fact(rq, &facts, MSG_PLACES_CODE, code_text(rq->a, r->code));
	fact(rq, &facts, MSG_PLACES_LEVEL, level_words(rq, r));
	fact(rq, &facts, MSG_PLACES_SINCE, date_str(rq->a, r->since));
	fact(rq, &facts, MSG_PLACES_FEDERATION,
	     has == RC_OK ? t.name : words(rq, MSG_PLACES_FEDERATION_NONE));
	fact(rq, &facts, MSG_PLACES_SOURCE, source);
	page->facts = (tpl_list_answer){facts.v, facts.n};
	return RC_OK;
}

/* A division that has ended leads to what stands for it today. */
static rc
gone(web_req *rq, db *d, const region *r, struct tpl_places *page)
{
	const fault_arg day[] = {{.name = "day", .is_text = true, .s = date_str(rq->a, r->until)}, {0}};
	region next = {0};
	int64_t code = 0;

	page->gone = msg_text(rq->a, rq->lang, MSG_PLACES_GONE, day);
	TRY(region_today(d, rq->a, rq->fault, r->code, today(rq), &code));
	if (code == 0)
		return RC_OK;
	TRY(region_find(d, rq->a, rq->fault, code, today(rq), &next));
	page->to = code_text(rq->a, code);
	page->to_name = next.name;
	return RC_OK;
}

static rc
division_page(web_req *rq)
{
	struct tpl_places page = {0};
	region_list path;
	fault ignored = {0};
	int64_t code = 0;
	db *d = NULL;

	if (region_code_parse(rq->a, &ignored, web_param(rq, STR("code")), &code) != RC_OK)
		return web_error(rq, 404);
	TRY(house_read(rq, &d));
	rc r = region_path(d, rq->a, rq->fault, code, today(rq), &path);
	if (r == RC_NOT_FOUND)
		return web_error(rq, 404);
	TRY(r);
	const region *here = &path.v[path.n - 1];
	const fault_arg name[] = {{.name = "name", .is_text = true, .s = here->name}, {0}};
	page.title = here->name;
	page.code = code_text(rq->a, code);
	page.caption = msg_text(rq->a, rq->lang, MSG_PLACES_BELOW, name);
	page.crumbs = crumbs(rq, &path);
	if (here->until != DATE_NONE)
		TRY(gone(rq, d, here, &page));
	TRY(facts_of(rq, d, here, &path, &page));
	TRY(search(rq, d, region_interval(here), &page));
	TRY(below(rq, d, code, &page));
	tpl_places(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

const web_route places_routes[] = {
	{"GET", "/places", country, "open", "The provinces, and the search for a place"},
	{"GET", "/places/{code}", division_page, "open", "A division: what it is, what is below it"},
	{0},
};
