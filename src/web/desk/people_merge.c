/* people_merge.c - two records of one person: find the second, compare, merge; and apart again. */
#include "app/person/merge.h"
#include "app/person/record.h"
#include "locale/msg_ids.h"
#include "web/desk/people_priv.h"

enum { REASON_MAX = 60, NUMBER_MAX = 40 };

typedef struct merging {
	form f;
	const person_ref *other;
	str reason;
	person_merge in;
} merging;

/* ---- finding the other ---- */

static rc
find_page(web_req *rq, const person_page *how, const form *f, bool nobody)
{
	dossier k;
	bool bad = !form_ok(f);

	TRY(dossier_read(rq, how->ref, &k));
	TRY(person_write_ok(k.d, rq->a, rq->fault, house_actor(rq), how->ref));
	tpl_people_merge_find(web_html(rq), &(struct tpl_people_merge_find){
						    .ref = dossier_ref(rq->a, how->ref),
						    .name = k.p.name,
						    .bad = bad,
						    .errors = desk_errors(rq, f),
						    .number = form_typed(f, STR("number")),
						    .number_wrong = desk_wrong(rq, f, "number"),
						    .nobody = nobody,
					    });
	return web_page(rq, bad ? 422 : 200);
}

static rc
show_find(web_req *rq)
{
	form none = form_of(rq->a, &rq->http->form, rq->now);

	return find_page(rq, rq->work, &none, false);
}

rc
merge_get(web_req *rq)
{
	return person_enter_page(rq, show_find);
}

/* "420106-123456": a record number, as it stands above the name. */
static bool
record_number(str s, int64_t *tenant, int64_t *id)
{
	ptrdiff_t dash = str_find_char(s, '-');

	return dash > 0 && str_to_i64(str_sub(s, 0, (size_t)dash), tenant) &&
	       str_to_i64(str_from(s, (size_t)dash + 1), id) && *tenant > 0 && *id > 0;
}

static rc
find_other(web_req *rq, str number, const person_ref **out)
{
	int64_t tenant = 0, id = 0;
	db *d = NULL;

	TRY(house_read(rq, &d));
	if (record_number(number, &tenant, &id))
		return person_open(d, rq->a, rq->fault, house_actor(rq), tenant, id, out);
	return person_by_number(d, rq->a, rq->fault, house_actor(rq), number, date_of_instant(rq->now), out);
}

/* ---- comparing ---- */

typedef VEC(struct tpl_pair_line) pair_lines;

/* A detail, and what decides whether it is the same: for a sealed value the value itself, which is not shown.
 */
typedef struct compared {
	struct tpl_detail d;
	str whole;
} compared;

typedef VEC(compared) compareds;

static struct tpl_pair_line *
line_for(arena *a, pair_lines *v, str key)
{
	for (size_t k = 0; k < v->n; k++)
		if (str_eq(v->v[k].key, key) && v->v[k].right.n == 0)
			return &v->v[k];
	struct tpl_pair_line *x = vec_add(a, v);
	*x = (struct tpl_pair_line){.key = key};
	return x;
}

/* The same detail of both on one line; what only one of them has stands alone. */
static void
pair_up(arena *a, const compareds *l, const compareds *r, tpl_list_pair_line *out)
{
	pair_lines v = {0};

	for (size_t i = 0; i < l->n; i++)
		*vec_add(a, &v) = (struct tpl_pair_line){.key = l->v[i].d.key, .left = l->v[i].d.value};
	for (size_t i = 0; i < r->n; i++) {
		struct tpl_pair_line *x = line_for(a, &v, r->v[i].d.key);
		size_t at = (size_t)(x - v.v);
		x->right = r->v[i].d.value;
		x->same = at < l->n && str_eq(l->v[at].whole, r->v[i].whole);
	}
	*out = (tpl_list_pair_line){v.v, v.n};
}

static rc
add_compared(const dossier *k, const struct tpl_detail *d, compareds *out)
{
	compared *x = vec_add(k->rq->a, out);

	*x = (compared){.d = *d, .whole = d->value};
	for (size_t i = 0; i < k->slots.n; i++)
		if (d->slot.n && str_eq(k->slots.v[i].name, d->slot)) {
			const sealed_slot *s = &k->slots.v[i];
			rc r = person_reveal(k->d, k->rq->a, k->rq->fault, k->p.ref, &s->at, s->sealed,
					     &x->whole);
			return r == RC_NOT_FOUND ? RC_OK : r; /* shredded: its words say so */
		}
	return RC_OK;
}

/* Everything to compare: the name, identity, places, certificates, facts. */
static rc
collect(const dossier *k, compareds *out)
{
	web_req *rq = k->rq;
	tpl_list_detail_group groups;
	tpl_list_fact_line facts = dossier_facts(k, false);
	details identity = {0};

	TRY(add_compared(k, &(struct tpl_detail){.key = dossier_label(rq, STR("name")), .value = k->p.name},
			 out));
	TRY(dossier_identity(k, &identity));
	for (size_t i = 0; i < identity.n; i++)
		TRY(add_compared(k, &identity.v[i], out));
	TRY(dossier_groups(k, &groups));
	for (size_t i = 0; i < groups.n; i++)
		for (size_t n = 0; n < groups.v[i].lines.n; n++)
			TRY(add_compared(k, &groups.v[i].lines.v[n], out));
	for (size_t i = 0; i < facts.n; i++)
		TRY(add_compared(k, &(struct tpl_detail){.key = facts.v[i].label, .value = facts.v[i].value},
				 out));
	return RC_OK;
}

static str
keep_words(const web_req *rq, int id, const dossier *k)
{
	const fault_arg args[] = {{.name = "name", .is_text = true, .s = k->p.name},
				  {.name = "ref", .is_text = true, .s = dossier_ref(rq->a, k->p.ref)},
				  {0}};

	return msg_text(rq->a, rq->lang, id, args);
}

static tpl_list_choice
keep_choices(const web_req *rq, const dossier *l, const dossier *r, str typed)
{
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, 2);

	v[0] = (struct tpl_choice){.value = STR("this"),
				   .label = keep_words(rq, MSG_PEOPLE_MERGE_KEEP_THIS, l),
				   .checked = str_eq(typed, STR("this"))};
	v[1] = (struct tpl_choice){.value = STR("that"),
				   .label = keep_words(rq, MSG_PEOPLE_MERGE_KEEP_THAT, r),
				   .checked = str_eq(typed, STR("that"))};
	return (tpl_list_choice){v, 2};
}

static rc
compare_page(web_req *rq)
{
	static const int heads[] = {MSG_PEOPLE_FACTS_WHAT, MSG_PEOPLE_MERGE_THIS, MSG_PEOPLE_MERGE_THAT,
				    MSG_PEOPLE_MERGE_DIFFERS};
	const person_page *how = rq->work;
	const merging *m = how->more;
	const form *f = &m->f;
	bool bad = !form_ok(f);
	dossier l, r;
	compareds left = {0}, right = {0};
	tpl_list_pair_line pairs;

	TRY(dossier_read(rq, how->ref, &l));
	TRY(dossier_read(rq, m->other, &r));
	TRY(collect(&l, &left));
	TRY(collect(&r, &right));
	pair_up(rq->a, &left, &right, &pairs);
	tpl_people_merge(web_html(rq), &(struct tpl_people_merge){
					       .ref = dossier_ref(rq->a, how->ref),
					       .other = dossier_ref(rq->a, m->other),
					       .bad = bad,
					       .errors = desk_errors(rq, f),
					       .left = desk_words(rq, MSG_PEOPLE_MERGE_THIS),
					       .right = desk_words(rq, MSG_PEOPLE_MERGE_THAT),
					       .pairs = pairs,
					       .columns = desk_columns(rq, heads, LEN(heads)),
					       .keeps = keep_choices(rq, &l, &r, form_typed(f, STR("keep"))),
					       .keep_wrong = desk_wrong(rq, f, "keep"),
					       .reason = form_typed(f, STR("reason")),
					       .reason_wrong = desk_wrong(rq, f, "reason"),
				       });
	return web_page(rq, bad ? 422 : 200);
}

/* Both records are shown: the other one is a look of its own. */
static rc
compare(web_req *rq, person_page *how, merging *m)
{
	look_intend(rq, m->other, how->purpose);
	return house_look(rq, &(look){.kind = LOOK_PERSON, .person = m->other, .purpose = how->purpose},
			  compare_page);
}

/* ---- merging ---- */

static rc
merged(web_req *rq)
{
	const person_page *how = rq->work;
	merging *m = how->more;
	rc r = house_written(rq, NULL, NULL);

	if ((r == RC_INVALID || r == RC_CONFLICT) && rq->fault->id &&
	    str_starts(str_of(rq->fault->id), STR("merge."))) {
		fault *e = form_wrong(&m->f);
		fault_copy(e, rq->fault);
		fault_clear(rq->fault);
		e->field = STR("number");
		return find_page(rq, how, &m->f, false);
	}
	TRY(r);
	return web_see(rq, dossier_href(rq->a, m->in.kept, "?saved=merge"));
}

/* The purpose of the look, and why: both stand in the event. */
static str
reason_text(web_req *rq, str purpose, str reason)
{
	str code, words;

	purpose_split(purpose, &code, &words);
	return str_fmt(rq->a, "%.*s:%.*s", STR_ARG(code), STR_ARG(reason));
}

static rc
merge_do(web_req *rq, person_page *how, merging *m)
{
	static const str keeps[] = {STR("this"), STR("that")};
	int keep =
		form_choice(&m->f, FIELD("keep", desk_words(rq, MSG_PEOPLE_MERGE_KEEP)), keeps, LEN(keeps));

	m->reason = form_text(&m->f, FIELD("reason", desk_words(rq, MSG_PEOPLE_MERGE_REASON)), REASON_MAX);
	if (!form_ok(&m->f))
		return compare(rq, how, m);
	m->in = (person_merge){.kept = keep == 0 ? how->ref : m->other,
			       .gone = keep == 0 ? m->other : how->ref,
			       .by = house_actor(rq),
			       .purpose = reason_text(rq, how->purpose, m->reason)};
	return house_write(rq, &(house_command){.fn = person_merge_run, .in = &m->in, .then = merged});
}

static rc
merge_find(web_req *rq, person_page *how, merging *m)
{
	str number = form_text(&m->f, FIELD("number", desk_words(rq, MSG_PEOPLE_MERGE_NUMBER)), NUMBER_MAX);

	if (!form_ok(&m->f))
		return find_page(rq, how, &m->f, false);
	rc r = find_other(rq, number, &m->other);
	if (r == RC_NOT_FOUND)
		return find_page(rq, how, &m->f, true);
	if (r == RC_OK && person_ref_id(m->other) == person_ref_id(how->ref))
		r = FAIL(rq->fault, RC_INVALID, "merge.same");
	if (r == RC_INVALID) {
		fault *e = form_wrong(&m->f);
		fault_copy(e, rq->fault);
		fault_clear(rq->fault);
		e->field = STR("number");
		return find_page(rq, how, &m->f, false);
	}
	TRY(r);
	return compare(rq, how, m);
}

rc
merge_post(web_req *rq)
{
	merging *m = arena_new(rq->a, merging);
	person_page *how = NULL;
	bool ask = false;
	db *d = NULL;

	TRY(person_of_post(rq, &how, &ask));
	if (ask)
		return web_see(rq, dossier_href(rq->a, how->ref, ""));
	m->f = form_of(rq->a, &rq->http->form, rq->now);
	how->more = m;
	TRY(house_read(rq, &d));
	TRY(person_write_ok(d, rq->a, rq->fault, house_actor(rq), how->ref));
	str other = form_typed(&m->f, STR("other"));
	if (other.n == 0)
		return merge_find(rq, how, m);
	TRY(find_other(rq, other, &m->other));
	return merge_do(rq, how, m);
}

/* ---- apart again ---- */

static rc
unmerge_page(web_req *rq, const person_page *how, const form *f)
{
	dossier k;
	const person_ref *kept = NULL;
	bool bad = !form_ok(f);

	TRY(dossier_read(rq, how->ref, &k));
	TRY(person_write_ok(k.d, rq->a, rq->fault, house_actor(rq), how->ref));
	TRY(person_merged_to(k.d, rq->a, rq->fault, &k.p, &kept));
	if (!kept)
		return RC_NOT_FOUND;
	tpl_people_unmerge(web_html(rq), &(struct tpl_people_unmerge){
						 .ref = dossier_ref(rq->a, how->ref),
						 .name = k.p.name,
						 .kept = dossier_ref(rq->a, kept),
						 .bad = bad,
						 .errors = desk_errors(rq, f),
						 .reason = form_typed(f, STR("reason")),
						 .reason_wrong = desk_wrong(rq, f, "reason"),
					 });
	return web_page(rq, bad ? 422 : 200);
}

static rc
show_unmerge(web_req *rq)
{
	form none = form_of(rq->a, &rq->http->form, rq->now);

	return unmerge_page(rq, rq->work, &none);
}

rc
unmerge_get(web_req *rq)
{
	return person_enter_page(rq, show_unmerge);
}

static rc
unmerged(web_req *rq)
{
	const person_page *how = rq->work;

	TRY(house_written(rq, NULL, NULL));
	return web_see(rq, dossier_href(rq->a, how->ref, "?saved=unmerge"));
}

rc
unmerge_post(web_req *rq)
{
	merging *m = arena_new(rq->a, merging);
	person_page *how = NULL;
	bool ask = false;
	dossier k;

	TRY(person_of_post(rq, &how, &ask));
	if (ask)
		return web_see(rq, dossier_href(rq->a, how->ref, ""));
	m->f = form_of(rq->a, &rq->http->form, rq->now);
	how->more = m;
	m->reason = form_text(&m->f, FIELD("reason", desk_words(rq, MSG_PEOPLE_UNMERGE_REASON)), REASON_MAX);
	if (!form_ok(&m->f))
		return unmerge_page(rq, how, &m->f);
	TRY(dossier_read(rq, how->ref, &k));
	TRY(person_merged_to(k.d, rq->a, rq->fault, &k.p, &m->in.kept));
	if (!m->in.kept)
		return RC_NOT_FOUND;
	m->in.gone = how->ref;
	m->in.by = house_actor(rq);
	m->in.purpose = reason_text(rq, how->purpose, m->reason);
	return house_write(rq, &(house_command){.fn = person_unmerge_run, .in = &m->in, .then = unmerged});
}
