/* import_check.c - what the dry run found: new, same, different field by field, refused with the reason.
 *
 * Who is shown a row that is in the register looks at that person: such lists go out after their look. */
#include "web/desk/import_priv.h"

#include "app/intake/apply.h"
#include "base/vec.h"
#include "locale/msg_ids.h"
#include "web/table.h"

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
		if (str_eq(import_show(order[i]), show))
			return order[i];
	for (size_t i = 0; i < LEN(order); i++)
		if (how_many(k, order[i]) > 0)
			return order[i];
	return INTAKE_NEW;
}

static str
base_of(const web_req *rq, const errand_page *k)
{
	return str_fmt(rq->a, "/desk/imports/files/%lld?show=%.*s&page=", (long long)k->e.id,
		       STR_ARG(import_show(k->show)));
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
		const fault_arg args[] = {{.name = "name", .is_text = true, .s = import_label(rq, x)},
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
							       (long long)k->e.id,
							       STR_ARG(import_show(rows[i].v))),
					       .current = rows[i].v == k->show};
	return (tpl_list_import_tab){v, LEN(rows)};
}

static rc
show_checked(web_req *rq)
{
	const errand_page *k = rq->work;
	import_found all = import_found_rows(rq, &k->found, k->show);
	import_rows r = import_rows_of(rq, all.n, base_of(rq, k));
	errand_choices c;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(errand_choices_read(d, rq->a, rq->fault, &k->e, &c));
	tpl_import_check(web_html(rq), &(struct tpl_import_check){
					       .moved = web_query(rq, STR("moved")).n > 0,
					       .saved = web_query(rq, STR("saved")).n > 0,
					       .file = k->e.file,
					       .here = import_href(rq, &k->e, ""),
					       .total = k->e.counts.total,
					       .added = k->e.counts.added,
					       .photos = k->e.photos,
					       .refused = k->e.counts.refused,
					       .title = import_list_title(rq, k->show),
					       .show = import_show(k->show),
					       .differs = k->show == INTAKE_DIFFERS,
					       .tabs = tabs_of(rq, k),
					       .told = import_told(rq, k->show),
					       .columns = import_row_columns(rq, k->show),
					       .rows = import_row_list(rq, &all, &r, &c),
					       .cut = (int64_t)all.n < how_many(k, k->show),
					       .most = FOUND_ROWS,
					       .kinds = k->show == INTAKE_DIFFERS ? kinds_of(rq, k, &c)
										  : (tpl_list_choice){0},
					       .paging = &r.pages,
				       });
	return web_page(rq, 200);
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
	import_found all = import_found_rows(rq, &k->found, k->show);
	import_rows r = import_rows_of(rq, all.n, STR(""));
	TRY(table_whole(rq, (int64_t)all.n < how_many(k, k->show), all.n));
	TRY(import_row_people(rq, &all, &r, people));
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
	import_found all = import_found_rows(rq, &k->found, k->show);
	import_rows r = import_rows_of(rq, all.n, STR(""));

	for (size_t i = r.from; i < r.to; i++)
		for (size_t n = 0; n < all.v[i]->differences.n; n++) {
			const found_difference *d = &all.v[i]->differences.v[n];
			const field *x = field_find(house_of(rq)->fields, d->field);
			if (!x || !intake_may_take(x, d->kept) || !actor_sees(house_actor(rq), x->class))
				continue;
			*vec_add(rq->a, out) = (errand_choice){
				all.v[i]->line, x->id,
				ticked(rq, STR("take"), import_box(rq, all.v[i]->line, x->id))};
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
