/* import_rows.c - rows of an import, by what became of them: what is said of a row, on the page of a check as
 * well, and the page that the counts of an import lead to.
 *
 * Whom it entered the register knows, for the whole office. Of the other rows the errand's own file tells, as
 * long as it is kept and to him who uploaded the sheet. Who is shown a row that is in the register looks at
 * that person: such lists go out after their look. */
#include "web/desk/import_priv.h"

#include "app/field/value.h"
#include "app/intake/apply.h"
#include "base/nid.h"
#include "locale/msg_ids.h"
#include "web/table.h"

/* ---- kinds of rows ---- */

static const struct {
	str show;
	int count, list, told; /* words for how many, above them all, and above what is said of each */
} kinds[] = {
	[INTAKE_NEW] = {STR("new"), MSG_IMPORT_ADDED, MSG_IMPORT_LIST_NEW, -1},
	[INTAKE_LOADED] = {STR("added"), MSG_IMPORT_ADDED, MSG_IMPORT_LIST_ADDED, -1},
	[INTAKE_SAME] = {STR("same"), MSG_IMPORT_SAME, MSG_IMPORT_LIST_SAME, -1},
	[INTAKE_DIFFERS] = {STR("differs"), MSG_IMPORT_DIFFERS, MSG_IMPORT_LIST_DIFFERS,
			    MSG_IMPORT_ROWS_WHAT},
	[INTAKE_REFUSED] = {STR("refused"), MSG_IMPORT_REFUSED, MSG_IMPORT_LIST_REFUSED, MSG_IMPORT_WHY},
};

str
import_show(intake_verdict v)
{
	return kinds[v].show;
}

str
import_list_title(const web_req *rq, intake_verdict v)
{
	return desk_words(rq, kinds[v].list);
}

str
import_told(const web_req *rq, intake_verdict v)
{
	return kinds[v].told < 0 ? (str){0} : desk_words(rq, kinds[v].told);
}

tpl_list_column
import_row_columns(const web_req *rq, intake_verdict v)
{
	const int heads[] = {MSG_IMPORT_ROW, MSG_IMPORT_NAME, MSG_IMPORT_NUMBER, kinds[v].told};

	return import_columns(rq, heads, LEN(heads) - (kinds[v].told < 0), LEN(heads));
}

/* ---- a difference ---- */

str
import_label(const web_req *rq, const field *x)
{
	return rq->lang == MSG_EN ? x->en : x->name;
}

str
import_box(const web_req *rq, int64_t line, str id)
{
	return str_fmt(rq->a, "%lld.%.*s", (long long)line, STR_ARG(id));
}

static str
show_value(const field_reader *r, const field *x, str stored, bool covered)
{
	if (stored.n == 0)
		return STR("");
	return covered && x->sealed ? field_mask(r, x, stored) : field_show(r, x, stored);
}

/* As a sentence, for a table. A table goes from hand to hand: `given`, the value of the sheet, is covered
 * there as the register's is. */
static str
sentence(const web_req *rq, const struct tpl_import_difference *d, str given)
{
	str empty = desk_words(rq, MSG_IMPORT_DIFFERS_EMPTY);
	const fault_arg args[] = {
		{.name = "name", .is_text = true, .s = d->label},
		{.name = "sheet", .is_text = true, .s = given.n ? given : empty},
		{.name = "kept", .is_text = true, .s = d->kept.n ? d->kept : empty},
		{0},
	};
	int id = d->hidden            ? MSG_IMPORT_ROWS_HIDDEN
		 : d->may && d->taken ? MSG_IMPORT_ROWS_TAKEN
				      : MSG_IMPORT_ROWS_DIFFERENCE;

	return msg_text(rq->a, rq->lang, id, args);
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
		struct tpl_import_difference *out = vec_add(rq->a, &v);
		*out = (struct tpl_import_difference){
			.label = import_label(rq, x),
			.sheet = sees ? show_value(&r, x, d->sheet, false) : STR(""),
			.kept = sees ? show_value(&r, x, d->kept, true) : STR(""),
			.hidden = !sees,
			.may = sees && intake_may_take(x, d->kept),
			.box = import_box(rq, row->line, x->id),
			.taken = errand_takes(c, row->line, x->id),
		};
		out->words = sentence(rq, out, show_value(&r, x, d->sheet, true));
	}
	return (tpl_list_import_difference){v.v, v.n};
}

/* ---- a row ---- */

static str
person_href(const web_req *rq, int64_t owner, int64_t person)
{
	return person ? str_fmt(rq->a, "/desk/people/%lld-%lld", (long long)owner, (long long)person)
		      : (str){0};
}

import_found
import_found_rows(const web_req *rq, const found *all, intake_verdict v)
{
	import_found out = {0};

	for (size_t i = 0; i < all->rows.n; i++)
		if (all->rows.v[i].verdict == v)
			*vec_add(rq->a, &out) = &all->rows.v[i];
	return out;
}

tpl_list_import_row
import_row_list(const web_req *rq, const import_found *all, const import_rows *r, const errand_choices *c)
{
	struct tpl_import_row *v = arena_array(rq->a, struct tpl_import_row, r->to - r->from);

	for (size_t i = r->from; i < r->to; i++) {
		const found_row *row = all->v[i];
		v[i - r->from] = (struct tpl_import_row){.line = row->line,
							 .name = row->name,
							 .number = row->number,
							 .href = person_href(rq, row->owner, row->person),
							 .why = row->why,
							 .differences = differences_of(rq, row, c)};
	}
	return (tpl_list_import_row){v, r->to - r->from};
}

/* Who lives elsewhere by now is passed over. */
static rc
add_person(web_req *rq, int64_t owner, int64_t person, person_refs *out)
{
	const person_ref *ref = NULL;
	db *d = NULL;

	TRY(house_read(rq, &d));
	rc r = person_open(d, rq->a, rq->fault, house_actor(rq), owner, person, &ref);
	if (r == RC_OK)
		*vec_add(rq->a, out) = ref;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

rc
import_row_people(web_req *rq, const import_found *all, const import_rows *r, person_refs *out)
{
	*out = (person_refs){0};
	for (size_t i = r->from; i < r->to; i++)
		if (all->v[i]->person)
			TRY(add_person(rq, all->v[i]->owner, all->v[i]->person, out));
	return RC_OK;
}

/* ---- the page ---- */

/* rq->work */
typedef struct listing {
	import_view v;
	bool kept; /* the errand that loaded it, and what it found */
	errand e;
	found found;
	intake_verdict show;
	int64_t n; /* rows that there are to be shown */
	import_rows page;
	import_found rows;   /* of the errand's */
	import_people added; /* of the register's: this page of them */
	person_refs people;
} listing;

static const intake_verdict order[] = {INTAKE_LOADED, INTAKE_SAME, INTAKE_DIFFERS, INTAKE_REFUSED};

static int64_t
how_many(const listing *k, intake_verdict v)
{
	const intake_counts *n = &k->v.counts;

	return v == INTAKE_LOADED    ? n->added
	       : v == INTAKE_SAME    ? n->same
	       : v == INTAKE_DIFFERS ? n->differs
				     : n->refused;
}

static str
address(const web_req *rq, const listing *k, intake_verdict v)
{
	return str_fmt(rq->a, "/desk/imports/%lld/rows?show=%.*s", (long long)k->v.id,
		       STR_ARG(import_show(v)));
}

/* What was asked for, else the first kind that there is. */
static intake_verdict
asked(const web_req *rq, const listing *k)
{
	str show = web_query(rq, STR("show"));

	for (size_t i = 0; i < LEN(order); i++)
		if (str_eq(import_show(order[i]), show))
			return order[i];
	for (size_t i = 0; i < LEN(order); i++)
		if (how_many(k, order[i]) > 0)
			return order[i];
	return INTAKE_LOADED;
}

static tpl_list_import_tab
tabs_of(const web_req *rq, const listing *k)
{
	struct tpl_import_tab *v = arena_array(rq->a, struct tpl_import_tab, LEN(order));

	for (size_t i = 0; i < LEN(order); i++)
		v[i] = (struct tpl_import_tab){.label = desk_words(rq, kinds[order[i]].count),
					       .n = how_many(k, order[i]),
					       .href = address(rq, k, order[i]),
					       .current = order[i] == k->show};
	return (tpl_list_import_tab){v, LEN(order)};
}

/* As the register has the person today; who is not to be seen any more is a row without a name. */
static rc
entered_row(web_req *rq, const import_person_view *p, struct tpl_import_row *out)
{
	const person_ref *ref = NULL;
	person_view v;
	str number;
	db *d = NULL;

	*out = (struct tpl_import_row){.line = p->line, .name = desk_words(rq, MSG_IMPORT_ROWS_AWAY)};
	TRY(house_read(rq, &d));
	rc r = person_open(d, rq->a, rq->fault, house_actor(rq), p->owner, p->person, &ref);
	if (r == RC_OK)
		r = person_read(d, rq->a, rq->fault, ref, &v);
	if (r == RC_OK)
		r = person_reveal(d, rq->a, rq->fault, ref,
				  &(seal_place){.table = "person", .column = "id_number", .row = p->person},
				  v.id_number, &number);
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	out->name = v.name;
	out->number = nid_mask(rq->a, number);
	out->href = person_href(rq, p->owner, p->person);
	return RC_OK;
}

static rc
entered_rows(web_req *rq, const listing *k, tpl_list_import_row *out)
{
	struct tpl_import_row *v = arena_array(rq->a, struct tpl_import_row, k->added.n);

	for (size_t i = 0; i < k->added.n; i++)
		TRY(entered_row(rq, &k->added.v[i], &v[i]));
	*out = (tpl_list_import_row){v, k->added.n};
	return RC_OK;
}

static rc
show_rows(web_req *rq)
{
	const listing *k = rq->work;
	struct tpl_import_listing page = {
		.file = k->v.file,
		.back = str_fmt(rq->a, "/desk/imports/%lld", (long long)k->v.id),
		.tabs = tabs_of(rq, k),
		.title = import_list_title(rq, k->show),
		.told = import_told(rq, k->show),
		.columns = import_row_columns(rq, k->show),
		.gone = k->show != INTAKE_LOADED && !k->kept,
		.cut = k->kept && k->n < how_many(k, k->show),
		.most = FOUND_ROWS,
		.paging = &k->page.pages,
	};
	errand_choices c;
	db *d = NULL;

	if (k->show == INTAKE_LOADED) {
		TRY(entered_rows(rq, k, &page.rows));
	} else if (k->kept) {
		TRY(house_read(rq, &d));
		TRY(errand_choices_read(d, rq->a, rq->fault, &k->e, &c));
		page.rows = import_row_list(rq, &k->rows, &k->page, &c);
	}
	tpl_import_listing(web_html(rq), &page);
	return web_page(rq, 200);
}

static rc
take_entered(web_req *rq, listing *k)
{
	db *d = NULL;

	k->n = k->v.counts.added;
	k->page = import_rows_of(rq, (size_t)k->n, str_cat(rq->a, address(rq, k, k->show), STR("&page=")));
	TRY(table_whole(rq, k->page.to < (size_t)k->n, k->page.to));
	TRY(house_read(rq, &d));
	TRY(import_entered(d, rq->a, rq->fault, house_actor(rq), k->v.id, (int64_t)k->page.from,
			   (int64_t)(k->page.to - k->page.from), &k->added));
	for (size_t i = 0; i < k->added.n; i++)
		TRY(add_person(rq, k->added.v[i].owner, k->added.v[i].person, &k->people));
	return RC_OK;
}

static rc
take_found(web_req *rq, listing *k)
{
	rc r = import_made_found(rq, k->v.id, &k->e, &k->found);

	if (r == RC_NOT_FOUND)
		return RC_OK; /* the page says so */
	TRY(r);
	k->kept = true;
	k->rows = import_found_rows(rq, &k->found, k->show);
	k->n = (int64_t)k->rows.n;
	k->page = import_rows_of(rq, k->rows.n, str_cat(rq->a, address(rq, k, k->show), STR("&page=")));
	TRY(table_whole(rq, k->n < how_many(k, k->show), k->rows.n));
	return import_row_people(rq, &k->rows, &k->page, &k->people);
}

rc
import_rows_get(web_req *rq)
{
	listing *k = arena_new(rq->a, listing);

	TRY(import_made(rq, &k->v));
	k->show = asked(rq, k);
	rq->work = k;
	TRY(k->show == INTAKE_LOADED ? take_entered(rq, k) : take_found(rq, k));
	if (k->people.n == 0)
		return show_rows(rq);
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &k->people,
				  .what = str_fmt(rq->a, "by=import q=%lld", (long long)k->v.id),
				  .purpose = STR("3")},
			  show_rows);
}
