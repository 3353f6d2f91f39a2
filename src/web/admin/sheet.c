/* sheet.c - see sheet.h. */
#include "web/admin/sheet.h"

#include "app/organisation/organisation.h"
#include "app/region/region.h"
#include "locale/msg_ids.h"
#include "web/session.h"
#include "web/table.h"

sheet_step
sheet_step_of(const web_req *rq)
{
	str step = form_field_of(rq, "step");

	return str_eq(step, STR("save")) ? SHEET_SAVE : str_eq(step, STR("edit")) ? SHEET_EDIT : SHEET_CHECK;
}

str
sheet_words(const web_req *rq, int msg)
{
	return msg_text(rq->a, rq->lang, msg, NULL);
}

str
sheet_named(const web_req *rq, const char *head, str tail)
{
	int msg = msg_find(str_cat(rq->a, str_of(head), tail));

	return msg < 0 ? tail : msg_text(rq->a, rq->lang, msg, NULL);
}

str
sheet_role(const web_req *rq, str id)
{
	const role *r = role_find(house_of(rq)->roles, id);

	return !r ? id : rq->lang == MSG_EN ? r->en : r->zh;
}

str
sheet_line(const web_req *rq, str id)
{
	const roles *all = house_of(rq)->roles;

	for (size_t i = 0; i < all->nlines; i++)
		if (str_eq(all->line[i].id, id))
			return rq->lang == MSG_EN ? all->line[i].en : all->line[i].zh;
	return id.n ? id : sheet_words(rq, MSG_ADMIN_LINE_ALL);
}

form
sheet_form(const web_req *rq)
{
	return form_of(rq->a, &rq->http->form, rq->now);
}

tpl_list_field_error
sheet_errors(const web_req *rq, const form *f, const char *otherwise)
{
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, f->errors.n);

	for (size_t i = 0; i < f->errors.n; i++) {
		const fault *e = f->errors.v[i];
		v[i] = (struct tpl_field_error){.field = e->field.n ? e->field : str_of(otherwise),
						.text = fault_text(rq->a, rq->lang, e)};
	}
	return (tpl_list_field_error){v, f->errors.n};
}

str
sheet_error(const web_req *rq, const form *f, const char *field)
{
	const fault *e = form_error(f, str_of(field));

	return e ? fault_text(rq->a, rq->lang, e) : (str){0};
}

bool
sheet_refused(web_req *rq, form *f, rc r)
{
	if (r != RC_INVALID && r != RC_CONFLICT && r != RC_DENIED)
		return false;
	fault_copy(form_wrong(f), rq->fault);
	fault_clear(rq->fault);
	return true;
}

rc
sheet_show(web_req *rq, const sheet *s)
{
	VEC(struct tpl_kept) kept = {0};
	struct tpl_admin_check page = {.title = s->title,
				       .action = s->action,
				       .back = s->back,
				       .warning = s->warning,
				       .go = s->go,
				       .danger = s->danger,
				       .answers = {s->answer, s->answers}};

	for (size_t i = 0; s->kept && s->kept[i]; i++)
		*vec_add(rq->a, &kept) =
			(struct tpl_kept){.name = str_of(s->kept[i]), .value = form_field_of(rq, s->kept[i])};
	page.kept = (tpl_list_kept){kept.v, kept.n};
	if (s->wrong)
		page.errors = sheet_errors(rq, s->wrong, "check");
	page.bad = page.errors.n > 0;
	tpl_admin_check(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

rc
sheet_end_form(web_req *rq, sheet_end_fn *what)
{
	sheet_end e = {0};

	TRY(what(rq, &e));
	return sheet_show(rq, &e.page);
}

static rc
ended(web_req *rq)
{
	sheet_end *e = rq->work;
	form f = sheet_form(rq);
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &f, r)) {
		e->page.wrong = &f;
		return sheet_show(rq, &e->page);
	}
	TRY(r);
	return web_see(rq, e->to);
}

rc
sheet_end_post(web_req *rq, sheet_end_fn *what)
{
	sheet_end *e = arena_new(rq->a, sheet_end);

	TRY(what(rq, e));
	rq->work = e;
	return house_write(rq, &(house_command){.fn = e->fn, .in = e->in, .then = ended});
}

void
sheet_choice(const web_req *rq, sheet_choices *c, str value, str label, str picked)
{
	*vec_add(rq->a, c) =
		(struct tpl_choice){.value = value, .label = label, .checked = str_eq(value, picked)};
}

rc
sheet_rows_of(web_req *rq, size_t n, sheet_rows *out)
{
	bool all = table_asked(rq) != TABLE_PAGE;
	int64_t pages = MAX(1, (int64_t)((n + SHEET_ROWS - 1) / SHEET_ROWS));
	int64_t page = web_query_int(rq, STR("page"), 1, pages, 1);
	VEC(struct tpl_page_link) link = {0};

	for (int64_t i = 1; i <= pages; i++) {
		bool near = i == 1 || i == pages || (i >= page - 2 && i <= page + 2);
		if (near)
			*vec_add(rq->a, &link) = (struct tpl_page_link){.number = i, .current = i == page};
		else if (link.v[link.n - 1].number != 0)
			*vec_add(rq->a, &link) = (struct tpl_page_link){.number = 0};
	}
	size_t from = all ? 0 : (size_t)(page - 1) * SHEET_ROWS;
	*out = (sheet_rows){.from = from,
			    .to = MIN(n, from + table_rows(rq, SHEET_ROWS)),
			    .page = page,
			    .pages = pages,
			    .links = {link.v, link.n}};
	return table_whole(rq, out->to < n, out->to);
}

tpl_list_column
sheet_columns(const web_req *rq, const int *msg, size_t n)
{
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, n);

	for (size_t i = 0; i < n; i++)
		v[i].label = sheet_words(rq, msg[i]);
	return (tpl_list_column){v, n};
}

str
sheet_ref(const web_req *rq, int64_t tenant, int64_t id)
{
	return str_fmt(rq->a, "%lld-%lld", (long long)tenant, (long long)id);
}

rc
sheet_place(web_req *rq, int64_t code, str *out)
{
	region_list path;
	db *d = NULL;

	TRY(house_read(rq, &d));
	rc r = region_path(d, rq->a, rq->fault, code, date_of_instant(rq->now), &path);
	*out = r == RC_OK ? region_path_name(rq->a, &path) : str_fmt(rq->a, "%012lld", (long long)code);
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static bool
is_division(interval area)
{
	interval whole = division_interval(area.lo);

	return whole.lo == area.lo && whole.hi == area.hi;
}

rc
sheet_area_name(web_req *rq, interval area, str *out)
{
	if (is_division(area))
		return sheet_place(rq, area.lo, out);
	*out = sheet_area(rq, &area, 1);
	return RC_OK;
}

str
sheet_area(const web_req *rq, const interval *v, size_t n)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < n; i++) {
		buf_fmt(&b, i ? "\n%012lld" : "%012lld", (long long)v[i].lo);
		if (!is_division(v[i]))
			buf_fmt(&b, "-%012lld", (long long)v[i].hi - 1);
	}
	return buf_str(&b);
}
