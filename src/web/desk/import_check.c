/* import_check.c - what the dry run found: new, same, different field by field, refused with the reason.
 *
 * Who is shown a row that is in the register looks at that person: such lists go out after their look. */
#include "web/desk/import_priv.h"

#include "app/field/value.h"
#include "app/intake/apply.h"
#include "base/vec.h"
#include "locale/msg_ids.h"

static const str shows[] = {[INTAKE_NEW] = STR("new"),
			    [INTAKE_SAME] = STR("same"),
			    [INTAKE_DIFFERS] = STR("differs"),
			    [INTAKE_REFUSED] = STR("refused")};

/* ---- which rows ---- */

static int64_t
how_many(const errand_page *k, intake_verdict v)
{
	const intake_counts *n = &k->e.counts;

	return v == INTAKE_NEW       ? n->added
	       : v == INTAKE_SAME    ? n->same
	       : v == INTAKE_DIFFERS ? n->differs
				     : n->refused;
}

/* What was asked for, else what needs somebody most. */
static intake_verdict
asked(const web_req *rq, const errand_page *k)
{
	static const intake_verdict order[] = {INTAKE_REFUSED, INTAKE_DIFFERS, INTAKE_NEW, INTAKE_SAME};
	str show = web_query(rq, STR("show"));

	for (size_t i = 0; i < LEN(order); i++)
		if (str_eq(shows[order[i]], show))
			return order[i];
	for (size_t i = 0; i < LEN(order); i++)
		if (how_many(k, order[i]) > 0)
			return order[i];
	return INTAKE_NEW;
}

typedef VEC(const found_row *) row_list;

static row_list
rows_shown(const web_req *rq, const errand_page *k)
{
	row_list v = {0};

	for (size_t i = 0; i < k->found.rows.n; i++)
		if (k->found.rows.v[i].verdict == k->show)
			*vec_add(rq->a, &v) = &k->found.rows.v[i];
	return v;
}

static str
base_of(const web_req *rq, const errand_page *k)
{
	return str_fmt(rq->a, "/desk/imports/files/%lld?show=%.*s&page=", (long long)k->e.id,
		       STR_ARG(shows[k->show]));
}

/* ---- a difference ---- */

static str
label_of(const web_req *rq, const field *x)
{
	return rq->lang == MSG_EN ? x->en : x->name;
}

static str
show_value(const field_reader *r, const field *x, str stored, bool covered)
{
	if (stored.n == 0)
		return STR("");
	return covered && x->sealed ? field_mask(r, x, stored) : field_show(r, x, stored);
}

static str
box_of(const web_req *rq, int64_t line, str id)
{
	return str_fmt(rq->a, "%lld.%.*s", (long long)line, STR_ARG(id));
}

static tpl_list_import_difference
differences_of(const web_req *rq, const found_row *row, const errand_choices *c)
{
	const catalogue *fields = house_of(rq)->fields;
	const field_reader r = {.a = rq->a, .c = fields, .lang = rq->lang};
	VEC(struct tpl_import_difference) v = {0};

	for (size_t i = 0; i < row->differences.n; i++) {
		const found_difference *d = &row->differences.v[i];
		const field *x = field_find(fields, d->field);
		if (!x)
			continue;
		bool sees = actor_sees(house_actor(rq), x->class);
		*vec_add(rq->a, &v) = (struct tpl_import_difference){
			.label = label_of(rq, x),
			.sheet = sees ? show_value(&r, x, d->sheet, false) : STR(""),
			.kept = sees ? show_value(&r, x, d->kept, true) : STR(""),
			.hidden = !sees,
			.may = sees && intake_may_take(x, d->kept),
			.box = box_of(rq, row->line, x->id),
			.taken = errand_takes(c, row->line, x->id),
		};
	}
	return (tpl_list_import_difference){v.v, v.n};
}

static str
person_href(const web_req *rq, const found_row *row)
{
	return row->person ? str_fmt(rq->a, "/desk/people/%lld-%lld", (long long)row->owner,
				     (long long)row->person)
			   : (str){0};
}

static tpl_list_import_row
rows_of(const web_req *rq, const row_list *all, const import_rows *r, const errand_choices *c)
{
	struct tpl_import_row *v = arena_array(rq->a, struct tpl_import_row, r->to - r->from);

	for (size_t i = r->from; i < r->to; i++) {
		const found_row *row = all->v[i];
		v[i - r->from] = (struct tpl_import_row){.line = row->line,
							 .name = row->name,
							 .href = person_href(rq, row),
							 .why = row->why,
							 .differences = differences_of(rq, row, c)};
	}
	return (tpl_list_import_row){v, r->to - r->from};
}

/* Fields of which every difference can be taken at once. */
static tpl_list_choice
kinds_of(const web_req *rq, const errand_page *k, const errand_choices *c)
{
	const catalogue *fields = house_of(rq)->fields;
	VEC(struct tpl_choice) v = {0};

	for (size_t i = 0; i < k->found.fields.n; i++) {
		const found_field *n = &k->found.fields.v[i];
		const field *x = field_find(fields, n->field);
		if (!x || !actor_sees(house_actor(rq), x->class) || !intake_may_take(x, STR("")))
			continue;
		const fault_arg args[] = {{.name = "name", .is_text = true, .s = label_of(rq, x)},
					  {.name = "n", .i = n->n},
					  {0}};
		*vec_add(rq->a, &v) =
			(struct tpl_choice){.value = x->id,
					    .label = msg_text(rq->a, rq->lang, MSG_IMPORT_TAKE_ALL, args),
					    .checked = errand_takes(c, 0, x->id)};
	}
	return (tpl_list_choice){v.v, v.n};
}

/* ---- the page ---- */

static tpl_list_import_tab
tabs_of(const web_req *rq, const errand_page *k)
{
	static const struct {
		intake_verdict v;
		int words;
	} rows[] = {{INTAKE_REFUSED, MSG_IMPORT_REFUSED},
		    {INTAKE_DIFFERS, MSG_IMPORT_DIFFERS},
		    {INTAKE_NEW, MSG_IMPORT_ADDED},
		    {INTAKE_SAME, MSG_IMPORT_SAME}};
	struct tpl_import_tab *v = arena_array(rq->a, struct tpl_import_tab, LEN(rows));

	for (size_t i = 0; i < LEN(rows); i++)
		v[i] = (struct tpl_import_tab){.label = desk_words(rq, rows[i].words),
					       .n = how_many(k, rows[i].v),
					       .href = str_fmt(rq->a, "/desk/imports/files/%lld?show=%.*s",
							       (long long)k->e.id, STR_ARG(shows[rows[i].v])),
					       .current = rows[i].v == k->show};
	return (tpl_list_import_tab){v, LEN(rows)};
}

static rc
show_checked(web_req *rq)
{
	const errand_page *k = rq->work;
	row_list all = rows_shown(rq, k);
	import_rows r = import_rows_of(rq, all.n, base_of(rq, k));
	errand_choices c;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(errand_choices_read(d, rq->a, rq->fault, &k->e, &c));
	tpl_import_check(
		web_html(rq),
		&(struct tpl_import_check){
			.moved = web_query(rq, STR("moved")).n > 0,
			.saved = web_query(rq, STR("saved")).n > 0,
			.file = k->e.file,
			.here = import_href(rq, &k->e, ""),
			.total = k->e.counts.total,
			.added = k->e.counts.added,
			.photos = k->e.photos,
			.refused = k->e.counts.refused,
			.title = desk_words(rq, k->show == INTAKE_REFUSED   ? MSG_IMPORT_LIST_REFUSED
						: k->show == INTAKE_DIFFERS ? MSG_IMPORT_LIST_DIFFERS
						: k->show == INTAKE_SAME    ? MSG_IMPORT_LIST_SAME
									    : MSG_IMPORT_LIST_NEW),
			.show = shows[k->show],
			.differs = k->show == INTAKE_DIFFERS,
			.tabs = tabs_of(rq, k),
			.rows = rows_of(rq, &all, &r, &c),
			.cut = (int64_t)all.n < how_many(k, k->show),
			.most = FOUND_ROWS,
			.kinds = k->show == INTAKE_DIFFERS ? kinds_of(rq, k, &c) : (tpl_list_choice){0},
			.paging = &r.pages,
		});
	return web_page(rq, 200);
}

/* The people of the register on this page. */
static rc
people_shown(web_req *rq, const errand_page *k, person_refs *out)
{
	row_list all = rows_shown(rq, k);
	import_rows r = import_rows_of(rq, all.n, STR(""));
	db *d = NULL;

	*out = (person_refs){0};
	TRY(house_read(rq, &d));
	for (size_t i = r.from; i < r.to; i++) {
		const person_ref *ref = NULL;
		if (all.v[i]->person == 0)
			continue;
		rc e = person_open(d, rq->a, rq->fault, house_actor(rq), all.v[i]->owner, all.v[i]->person,
				   &ref);
		if (e == RC_OK)
			*vec_add(rq->a, out) = ref;
		else if (e != RC_NOT_FOUND)
			return e;
	}
	return RC_OK;
}

static rc
read_found(web_req *rq, errand_page *k)
{
	str text;

	TRY(import_file(rq, &k->e, ERRAND_ROWS, &text));
	TRY(found_read(rq->a, rq->fault, text, &k->found));
	k->show = asked(rq, k);
	return RC_OK;
}

rc
import_check_page(web_req *rq, errand_page *k)
{
	person_refs *people = arena_new(rq->a, person_refs);

	TRY(read_found(rq, k));
	TRY(people_shown(rq, k, people));
	if (people->n == 0)
		return show_checked(rq);
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = people,
				  .what = str_fmt(rq->a, "by=import q=%lld", (long long)k->e.id),
				  .purpose = STR("3")},
			  show_checked);
}

/* ---- what is to be believed ---- */

typedef VEC(errand_choice) choice_list;

static bool
ticked(const web_req *rq, str name, str value)
{
	const url_pairs *in = &rq->http->form;

	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->v[i].name, name) && str_eq(in->v[i].value, value))
			return true;
	return false;
}

static void
choose_kinds(web_req *rq, const errand_page *k, choice_list *out)
{
	for (size_t i = 0; i < k->found.fields.n; i++) {
		str id = k->found.fields.v[i].field;
		*vec_add(rq->a, out) = (errand_choice){0, id, ticked(rq, STR("all"), id)};
	}
}

/* Every box of the page that was shown, ticked or not. */
static void
choose_rows(web_req *rq, errand_page *k, choice_list *out)
{
	row_list all = rows_shown(rq, k);
	import_rows r = import_rows_of(rq, all.n, STR(""));

	for (size_t i = r.from; i < r.to; i++)
		for (size_t n = 0; n < all.v[i]->differences.n; n++) {
			const found_difference *d = &all.v[i]->differences.v[n];
			const field *x = field_find(house_of(rq)->fields, d->field);
			if (!x || !intake_may_take(x, d->kept) || !actor_sees(house_actor(rq), x->class))
				continue;
			*vec_add(rq->a, out) =
				(errand_choice){all.v[i]->line, x->id,
						ticked(rq, STR("take"), box_of(rq, all.v[i]->line, x->id))};
		}
}

static rc
chosen(web_req *rq)
{
	const errand_page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r != RC_OK)
		return import_moved(rq, &k->e, r);
	return web_see(rq, str_fmt(rq->a, "/desk/imports/files/%lld?show=differs&page=%lld&saved=1",
				   (long long)k->e.id,
				   (long long)web_query_int(rq, STR("page"), 1, FOUND_ROWS, 1)));
}

rc
import_choose_post(web_req *rq, errand_page *k)
{
	errand_choosing *in = arena_new(rq->a, errand_choosing);
	choice_list v = {0};

	if (k->e.state != ERRAND_CHECKED)
		return web_see(rq, import_href(rq, &k->e, "?moved=1"));
	TRY(read_found(rq, k));
	k->show = INTAKE_DIFFERS;
	if (str_eq(form_typed(&k->f, STR("act")), STR("choose-all")))
		choose_kinds(rq, k, &v);
	else
		choose_rows(rq, k, &v);
	*in = (errand_choosing){.who = house_actor(rq), .id = k->e.id, .v = v.v, .n = v.n};
	return house_write(rq, &(house_command){.fn = errand_choose, .in = in, .then = chosen});
}
