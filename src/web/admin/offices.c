/* offices.c - the bodies of a federation: listed, opened, changed, closed. */
#include "web/admin/admin.h"

#include "app/organisation/organisation.h"
#include "app/region/region.h"
#include "locale/msg_ids.h"
#include "web/admin/sheet.h"
#include "web/session.h"

enum { AREAS_TEXT = 500 };

/* A row without a value looks like a fault of the page. */
static str
given(const web_req *rq, str value)
{
	return value.n ? value : sheet_words(rq, MSG_ADMIN_UNKNOWN);
}

/* ---- the list ---- */

static bool
wanted(const office_view *o, str kind, str part)
{
	bool same = kind.n == 0 || str_eq(kind, office_kind_names[o->kind]);

	return same && (part.n == 0 || str_find(o->name, part) >= 0);
}

static sheet_choices
kind_choices(const web_req *rq, str picked, bool all)
{
	sheet_choices c = {0};

	if (all)
		sheet_choice(rq, &c, STR(""), sheet_words(rq, MSG_ADMIN_ALL), picked);
	for (size_t k = 0; k < OFFICE_KINDS; k++)
		sheet_choice(rq, &c, office_kind_names[k],
			     sheet_named(rq, "admin.kind.", office_kind_names[k]), picked);
	return c;
}

static rc
row_of(web_req *rq, const office_view *o, struct tpl_office_row *out)
{
	*out = (struct tpl_office_row){
		.href = str_cat(rq->a, STR("/admin/offices/"), sheet_ref(rq, o->tenant, o->id)),
		.name = o->name,
		.kind = sheet_named(rq, "admin.kind.", office_kind_names[o->kind]),
		.level = sheet_named(rq, "admin.level.", level_names[o->level]),
		.phone = given(rq, o->phone)};
	return sheet_place(rq, o->region, &out->region);
}

static rc
offices(web_req *rq)
{
	static const int heads[] = {MSG_ADMIN_OFFICE_NAME, MSG_ADMIN_OFFICE_KIND, MSG_ADMIN_OFFICE_LEVEL,
				    MSG_ADMIN_OFFICE_REGION, MSG_ADMIN_OFFICE_PHONE};
	str kind = web_query(rq, STR("kind")), part = str_trim(web_query(rq, STR("q")));
	office_views all, hit = {0};
	buf base = buf_in(rq->a);
	sheet_rows r;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(office_list(d, rq->a, rq->fault, house_actor(rq), house_actor(rq)->tenant, &all));
	for (size_t i = 0; i < all.n; i++)
		if (wanted(&all.v[i], kind, part))
			*vec_add(rq->a, &hit) = all.v[i];
	TRY(sheet_rows_of(rq, hit.n, &r));
	struct tpl_office_row *v = arena_array(rq->a, struct tpl_office_row, r.to - r.from);
	for (size_t i = r.from; i < r.to; i++)
		TRY(row_of(rq, &hit.v[i], &v[i - r.from]));
	buf_lit(&base, "/admin/offices?kind=");
	html_build_part(&base, kind);
	buf_lit(&base, "&q=");
	html_build_part(&base, part);
	buf_lit(&base, "&page=");
	sheet_choices kinds = kind_choices(rq, kind, true);
	struct tpl_offices page = {.kinds = {kinds.v, kinds.n},
				   .q = part,
				   .found = (int64_t)hit.n,
				   .columns = sheet_columns(rq, heads, LEN(heads)),
				   .rows = {v, r.to - r.from},
				   .base = buf_str(&base),
				   .previous = r.page > 1 ? r.page - 1 : 0,
				   .next = r.page < r.pages ? r.page + 1 : 0,
				   .pages = r.pages,
				   .page = r.page,
				   .links = r.links};
	if (web_query(rq, STR("closed")).n)
		page.saved = sheet_words(rq, MSG_ADMIN_OFFICE_CLOSED);
	tpl_offices(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- reading the form ---- */

/* Areas as they are typed: a division a line, or the first and last of a row of them; sorted here, so that
 * nobody has to. */
static scope
areas_of(web_req *rq, form *f)
{
	str text = form_lines(f, OPTIONAL("areas", sheet_words(rq, MSG_ADMIN_OFFICE_AREAS)), AREAS_TEXT),
	    line;
	interval *v = arena_array(rq->a, interval, text.n + 1);
	size_t n = 0;

	while (str_next(&text, '\n', &line)) {
		fault probe = {0};
		int64_t code = 0, last = 0;
		str from = STR("");
		line = str_trim(line);
		if (line.n == 0)
			continue;
		(void)str_next(&line, '-', &from);
		str to = line;
		if (region_code_parse(rq->a, &probe, from, &code) != RC_OK ||
		    (to.n && region_code_parse(rq->a, &probe, to, &last) != RC_OK)) {
			(void)FAIL(form_wrong(f), RC_INVALID, "office.areas", FA_FIELD(STR("areas")));
			break;
		}
		interval area = division_interval(code);
		if (to.n)
			area.hi = division_interval(last).hi;
		size_t at = n++;
		for (; at > 0 && v[at - 1].lo > area.lo; at--)
			v[at] = v[at - 1];
		v[at] = area;
	}
	return (scope){v, n};
}

/* A code, or the whole name of one division of that level inside the actor's own. */
static rc
region_typed(web_req *rq, form *f, str typed, office_level at, int64_t *out)
{
	region_hits hits;
	fault probe = {0};
	size_t same = 0;
	db *d = NULL;

	if (region_code_parse(rq->a, &probe, typed, out) == RC_OK)
		return RC_OK;
	TRY(house_read(rq, &d));
	const scope *mine = &house_actor(rq)->scope;
	for (size_t k = 0; k < mine->n; k++) {
		TRY(region_search(d, rq->a, rq->fault,
				  &(region_query){mine->v[k], typed, date_of_instant(rq->now)}, &hits));
		for (size_t i = 0; i < hits.v.n; i++) {
			const region *r = &hits.v.v[i];
			bool fits = (int)r->level <= (int)at && (int)at <= (int)r->lowest;
			if (str_eq(r->name, typed) && r->until == DATE_NONE && fits && same++ == 0)
				*out = r->code;
		}
	}
	if (same == 0)
		(void)FAIL(form_wrong(f), RC_INVALID, "admin.region_none", FA_FIELD(STR("region")));
	if (same > 1)
		(void)FAIL(form_wrong(f), RC_INVALID, "admin.region_many", FA_FIELD(STR("region")),
			   FA_INT("n", same));
	return RC_OK;
}

static void
words_of(web_req *rq, form *f, str *name, str *phone, str *address)
{
	*name = form_text(f, FIELD("name", sheet_words(rq, MSG_ADMIN_OFFICE_NAME)), OFFICE_NAME_MAX);
	*phone = form_text(f, OPTIONAL("phone", sheet_words(rq, MSG_ADMIN_OFFICE_PHONE)), 30);
	*address = form_text(f, OPTIONAL("address", sheet_words(rq, MSG_ADMIN_OFFICE_ADDRESS)), 120);
}

static rc
read_new(web_req *rq, form *f, office_new *o)
{
	*o = (office_new){.by = house_actor(rq), .tenant = house_actor(rq)->tenant};
	int kind = form_choice(f, FIELD("kind", sheet_words(rq, MSG_ADMIN_OFFICE_KIND)), office_kind_names,
			       OFFICE_KINDS);
	int level =
		form_choice(f, FIELD("level", sheet_words(rq, MSG_ADMIN_OFFICE_LEVEL)), level_names, LEVELS);
	str where = form_text(f, FIELD("region", sheet_words(rq, MSG_ADMIN_OFFICE_REGION)), 40);
	words_of(rq, f, &o->name, &o->phone, &o->address);
	o->areas = areas_of(rq, f);
	if (kind == FORM_NONE || level == FORM_NONE || where.n == 0)
		return RC_OK;
	o->kind = (office_kind)kind;
	o->level = (office_level)level;
	return region_typed(rq, f, where, o->level, &o->region);
}

/* ---- the form ---- */

static void
fill_errors(web_req *rq, const form *f, struct tpl_office_form *p)
{
	p->errors = sheet_errors(rq, f, "name");
	p->bad = p->errors.n > 0;
	p->kind_error = sheet_error(rq, f, "kind");
	p->level_error = sheet_error(rq, f, "level");
	p->region_error = sheet_error(rq, f, "region");
	p->name_error = sheet_error(rq, f, "name");
	p->phone_error = sheet_error(rq, f, "phone");
	p->address_error = sheet_error(rq, f, "address");
	p->areas_error = sheet_error(rq, f, "areas");
}

static rc
show_form(web_req *rq, const form *f, struct tpl_office_form *p)
{
	sheet_choices kinds = kind_choices(rq, form_typed(f, STR("kind")), false), levels = {0};

	for (size_t k = 0; k < LEVELS; k++)
		sheet_choice(rq, &levels, level_names[k], sheet_named(rq, "admin.level.", level_names[k]),
			     form_typed(f, STR("level")));
	p->kinds = (tpl_list_choice){kinds.v, kinds.n};
	p->levels = (tpl_list_choice){levels.v, levels.n};
	fill_errors(rq, f, p);
	tpl_office_form(web_html(rq), p);
	return web_page(rq, p->bad ? 422 : 200);
}

static struct tpl_office_form
typed_form(const form *f)
{
	return (struct tpl_office_form){.region = form_typed(f, STR("region")),
					.name = form_typed(f, STR("name")),
					.phone = form_typed(f, STR("phone")),
					.address = form_typed(f, STR("address")),
					.areas = form_typed(f, STR("areas"))};
}

static rc
show_new(web_req *rq, const form *f)
{
	struct tpl_office_form p = typed_form(f);

	p.title = sheet_words(rq, MSG_ADMIN_OFFICE_NEW);
	p.action = STR("/admin/offices/new");
	p.back = STR("/admin/offices");
	p.fresh = true;
	return show_form(rq, f, &p);
}

static rc
new_form(web_req *rq)
{
	form f = sheet_form(rq);

	return show_new(rq, &f);
}

/* ---- opening ---- */

typedef struct opening {
	office_new in;
	int64_t id;
} opening;

static const char *const new_fields[] = {"kind",  "level",   "region", "name",
					 "phone", "address", "areas",  NULL};

static rc
check_new(web_req *rq, const office_new *o)
{
	const struct tpl_answer answers[] = {
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_NAME), .value = o->name},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_KIND),
		 .value = sheet_named(rq, "admin.kind.", office_kind_names[o->kind])},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_LEVEL),
		 .value = sheet_named(rq, "admin.level.", level_names[o->level])},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_REGION),
		 .value = str_fmt(rq->a, "%012lld", (long long)o->region)},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_PHONE), .value = given(rq, o->phone)},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_ADDRESS), .value = given(rq, o->address)},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_AREAS),
		 .value = o->areas.n ? sheet_area(rq, o->areas.v, o->areas.n)
				     : sheet_words(rq, MSG_ADMIN_OFFICE_AREAS_OWN)},
	};

	return sheet_show(rq, &(sheet){.title = sheet_words(rq, MSG_ADMIN_CHECK),
				       .action = STR("/admin/offices/new"),
				       .back = STR("/admin/offices/new"),
				       .warning = sheet_words(rq, MSG_ADMIN_OFFICE_FIXED),
				       .go = sheet_words(rq, MSG_ADMIN_OFFICE_OPEN),
				       .answer = answers,
				       .answers = LEN(answers),
				       .kept = new_fields});
}

static rc
opened(web_req *rq)
{
	const opening *k = rq->work;
	bool repeated = false;
	form f = sheet_form(rq);
	rc r = house_written(rq, &repeated, NULL);

	if (sheet_refused(rq, &f, r))
		return show_new(rq, &f);
	TRY(r);
	if (repeated)
		return web_see(rq, STR("/admin/offices"));
	return web_see(rq, str_fmt(rq->a, "/admin/offices/%.*s?saved=1",
				   STR_ARG(sheet_ref(rq, k->in.tenant, k->id))));
}

static rc
new_post(web_req *rq)
{
	opening *k = arena_new(rq->a, opening);
	form f = sheet_form(rq);

	if (sheet_step_of(rq) == SHEET_EDIT)
		return show_new(rq, &f);
	TRY(read_new(rq, &f, &k->in));
	if (!form_ok(&f))
		return show_new(rq, &f);
	if (sheet_step_of(rq) == SHEET_CHECK)
		return check_new(rq, &k->in);
	rq->work = k;
	return house_write(rq,
			   &(house_command){.fn = office_open, .in = &k->in, .out = &k->id, .then = opened});
}

/* ---- one office ---- */

static rc
this_office(web_req *rq, office_view *o)
{
	int64_t tenant = 0, id = 0;
	db *d = NULL;

	TRY(web_param_ref(rq, STR("ref"), &tenant, &id));
	TRY(house_read(rq, &d));
	return office_read(d, rq->a, rq->fault, house_actor(rq), tenant, id, o);
}

static str
address_of(const web_req *rq, const office_view *o, const char *tail)
{
	return str_fmt(rq->a, "/admin/offices/%.*s%s", STR_ARG(sheet_ref(rq, o->tenant, o->id)), tail);
}

static rc
answers_of(web_req *rq, const office_view *o, tpl_list_answer *out)
{
	struct tpl_answer *v = arena_array(rq->a, struct tpl_answer, 6);
	str where = STR("");

	TRY(sheet_place(rq, o->region, &where));
	where = str_fmt(rq->a, "%.*s %012lld", STR_ARG(where), (long long)o->region);
	v[0] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_OFFICE_KIND),
				   .value = sheet_named(rq, "admin.kind.", office_kind_names[o->kind])};
	v[1] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_OFFICE_LEVEL),
				   .value = sheet_named(rq, "admin.level.", level_names[o->level])};
	v[2] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_OFFICE_REGION), .value = where};
	v[3] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_OFFICE_PHONE),
				   .value = given(rq, o->phone)};
	v[4] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_OFFICE_ADDRESS),
				   .value = given(rq, o->address)};
	v[5] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_OFFICE_AREAS),
				   .value = o->areas.n ? sheet_area(rq, o->areas.v, o->areas.n)
						       : sheet_words(rq, MSG_ADMIN_OFFICE_AREAS_OWN)};
	*out = (tpl_list_answer){v, 6};
	return RC_OK;
}

static rc
office_page(web_req *rq)
{
	struct tpl_office_page page = {0};
	office_view o;

	TRY(this_office(rq, &o));
	TRY(answers_of(rq, &o, &page.answers));
	page.name = o.name;
	page.edit = address_of(rq, &o, "/edit");
	page.close = address_of(rq, &o, "/close");
	if (web_query(rq, STR("saved")).n)
		page.saved = sheet_words(rq, MSG_ADMIN_OFFICE_SAVED);
	tpl_office_page(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- changing ---- */

static rc
show_edit(web_req *rq, const office_view *o, const form *f, struct tpl_office_form *p)
{
	p->title = sheet_words(rq, MSG_ADMIN_OFFICE_CHANGE);
	p->action = address_of(rq, o, "/edit");
	p->back = address_of(rq, o, "");
	return show_form(rq, f, p);
}

static rc
edit_form(web_req *rq)
{
	form f = sheet_form(rq);
	office_view o;

	TRY(this_office(rq, &o));
	struct tpl_office_form p = {.name = o.name,
				    .phone = o.phone,
				    .address = o.address,
				    .areas = sheet_area(rq, o.areas.v, o.areas.n)};
	return show_edit(rq, &o, &f, &p);
}

typedef struct changing {
	office_view o;
	office_edit in;
} changing;

static rc
changed(web_req *rq)
{
	changing *k = rq->work;
	form f = sheet_form(rq);
	struct tpl_office_form p = typed_form(&f);
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &f, r))
		return show_edit(rq, &k->o, &f, &p);
	TRY(r);
	return web_see(rq, address_of(rq, &k->o, "?saved=1"));
}

static rc
check_edit(web_req *rq, const changing *k)
{
	static const char *const fields[] = {"name", "phone", "address", "areas", NULL};
	const office_edit *e = &k->in;
	const struct tpl_answer answers[] = {
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_NAME), .value = e->name},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_PHONE), .value = given(rq, e->phone)},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_ADDRESS), .value = given(rq, e->address)},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICE_AREAS),
		 .value = e->areas.n ? sheet_area(rq, e->areas.v, e->areas.n)
				     : sheet_words(rq, MSG_ADMIN_OFFICE_AREAS_OWN)},
	};

	return sheet_show(rq, &(sheet){.title = sheet_words(rq, MSG_ADMIN_CHECK),
				       .action = address_of(rq, &k->o, "/edit"),
				       .back = address_of(rq, &k->o, "/edit"),
				       .go = sheet_words(rq, MSG_ADMIN_SAVE),
				       .answer = answers,
				       .answers = LEN(answers),
				       .kept = fields});
}

static rc
edit_post(web_req *rq)
{
	changing *k = arena_new(rq->a, changing);
	form f = sheet_form(rq);
	struct tpl_office_form p = typed_form(&f);

	TRY(this_office(rq, &k->o));
	k->in = (office_edit){.by = house_actor(rq), .tenant = k->o.tenant, .id = k->o.id};
	if (sheet_step_of(rq) == SHEET_EDIT)
		return show_edit(rq, &k->o, &f, &p);
	words_of(rq, &f, &k->in.name, &k->in.phone, &k->in.address);
	k->in.areas = areas_of(rq, &f);
	if (!form_ok(&f))
		return show_edit(rq, &k->o, &f, &p);
	if (sheet_step_of(rq) == SHEET_CHECK)
		return check_edit(rq, k);
	rq->work = k;
	return house_write(rq, &(house_command){.fn = office_change, .in = &k->in, .then = changed});
}

/* ---- closing ---- */

static rc
closing(web_req *rq, sheet_end *e)
{
	office_end *in = arena_new(rq->a, office_end);
	tpl_list_answer answers;
	office_view o;

	TRY(this_office(rq, &o));
	TRY(answers_of(rq, &o, &answers));
	*in = (office_end){.by = house_actor(rq), .tenant = o.tenant, .id = o.id};
	*e = (sheet_end){.page = {.title = o.name,
				  .action = address_of(rq, &o, "/close"),
				  .back = address_of(rq, &o, ""),
				  .warning = sheet_words(rq, MSG_ADMIN_OFFICE_CLOSE_WORDS),
				  .go = sheet_words(rq, MSG_ADMIN_OFFICE_CLOSE),
				  .answer = answers.v,
				  .answers = answers.n,
				  .danger = true},
			 .fn = office_shut,
			 .in = in,
			 .to = STR("/admin/offices?closed=1")};
	return RC_OK;
}

static rc
close_form(web_req *rq)
{
	return sheet_end_form(rq, closing);
}

static rc
close_post(web_req *rq)
{
	return sheet_end_post(rq, closing);
}

const web_route admin_office_routes[] = {
	{"GET", "/admin/offices", offices, "office.write", "Offices of the federation"},
	{"GET", "/admin/offices/new", new_form, "office.write", "A new office"},
	{"POST", "/admin/offices/new", new_post, "office.write", "Check a new office, then open it"},
	{"GET", "/admin/offices/{ref}", office_page, "office.write", "One office"},
	{"GET", "/admin/offices/{ref}/edit", edit_form, "office.write", "What of an office may change"},
	{"POST", "/admin/offices/{ref}/edit", edit_post, "office.write", "Check a change, then make it"},
	{"GET", "/admin/offices/{ref}/close", close_form, "office.write", "Before an office is closed"},
	{"POST", "/admin/offices/{ref}/close", close_post, "office.write", "Close an office"},
	{0},
};
