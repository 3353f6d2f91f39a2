/* people_person.c - the page of one person. Nothing of him is read for showing before his look is on the
 * disk; a sealed value is opened in the handler that runs after its own look, and nowhere else. */
#include "app/person/correction.h"
#include "app/person/merge.h"
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/desk/people_priv.h"

/* ---- what for? ---- */

static rc
purpose_page(web_req *rq, const person_ref *ref, const form *f)
{
	form none = form_of(rq->a, &rq->http->form, rq->now);
	const form *k = f ? f : &none;
	bool bad = !form_ok(k);

	tpl_people_purpose(web_html(rq),
			   &(struct tpl_people_purpose){
				   .action = dossier_href(rq->a, ref, ""),
				   .back = STR("/desk/people"),
				   .bad = bad,
				   .errors = desk_errors(rq, k),
				   .choices = purpose_choices(rq, STR(""), form_typed(k, STR("purpose"))),
				   .words = form_typed(k, STR("purpose-words")),
				   .wrong = desk_wrong(rq, k, "purpose"),
				   .missing = desk_wrong(rq, k, "purpose-words"),
			   });
	return web_page(rq, bad ? 422 : 200);
}

/* The person of the address, if this officer may read him. */
static rc
open_person(web_req *rq, const person_ref **out)
{
	int64_t tenant = 0, id = 0;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(web_param_ref(rq, STR("ref"), &tenant, &id));
	TRY(house_read(rq, &d));
	return person_open(d, rq->a, rq->fault, house_actor(rq), tenant, id, out);
}

rc
person_enter_page(web_req *rq, web_handler show)
{
	person_page *k = arena_new(rq->a, person_page);

	k->more = rq->work;
	k->show = show;
	TRY(open_person(rq, &k->ref));
	k->purpose = look_purpose(rq, k->ref);
	if (k->purpose.n == 0)
		return purpose_page(rq, k->ref, NULL);
	rq->work = k;
	return house_look(rq, &(look){.kind = LOOK_PERSON, .person = k->ref, .purpose = k->purpose}, show);
}

rc
person_of_post(web_req *rq, person_page **out, bool *why)
{
	person_page *k = arena_new(rq->a, person_page);

	TRY(open_person(rq, &k->ref));
	k->purpose = look_purpose(rq, k->ref);
	*why = k->purpose.n == 0;
	rq->work = k;
	*out = k;
	return RC_OK;
}

/* ---- the page ---- */

static rc
fill_rights(const dossier *k, struct tpl_person_rights *out)
{
	web_req *rq = k->rq;
	const actor *who = house_actor(rq);
	bool write = false;
	rc r = person_write_ok(k->d, rq->a, rq->fault, who, k->p.ref);

	if (r == RC_OK)
		write = true;
	else if (r != RC_DENIED)
		return r;
	fault_clear(rq->fault);
	*out = (struct tpl_person_rights){
		.reveal = may(who, PERM_PERSON_REVEAL, REGION_NONE),
		.write = write && k->p.merged_into == 0,
		.apart = write && k->p.merged_into > 0,
		.looks = may(who, PERM_LOOK_READ, REGION_NONE),
		.events = may(who, PERM_LEDGER_READ, REGION_NONE),
	};
	return RC_OK;
}

static rc
fill_others(const dossier *k, struct tpl_person *page)
{
	web_req *rq = k->rq;
	arena *a = rq->a;
	const person_ref *to = NULL;
	person_refs from;

	TRY(person_merged_to(k->d, a, rq->fault, &k->p, &to));
	if (to) {
		page->gone = desk_words(rq, MSG_PEOPLE_GONE);
		page->gone_to = dossier_href(a, to, "");
	}
	TRY(person_merged_into(k->d, a, rq->fault, k->p.ref, &from));
	struct tpl_linked_record *v = arena_array(a, struct tpl_linked_record, from.n);
	for (size_t i = 0; i < from.n; i++)
		v[i] = (struct tpl_linked_record){.href = dossier_href(a, from.v[i], ""),
						  .name = dossier_ref(a, from.v[i]),
						  .words = desk_words(rq, MSG_PEOPLE_OTHERS_WORDS)};
	page->others = (tpl_list_linked_record){v, from.n};
	return RC_OK;
}

/* Each with the step it is in, or the day it ended. */
static rc
fill_cases(const dossier *k, struct tpl_person *page)
{
	web_req *rq = k->rq;
	const kase_house *h = NULL;
	kase_mines all;

	TRY(kases_of(rq, &h));
	TRY(kase_of_person_read(k->d, rq->a, rq->fault, house_actor(rq), k->p.ref, &all));
	struct tpl_linked_record *v = arena_array(rq->a, struct tpl_linked_record, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const kase_mine *m = &all.v[i];
		v[i] = (struct tpl_linked_record){
			.href = case_href(rq->a, m->tenant, m->id, m->number, ""),
			.name = str_fmt(rq->a, "%.*s %.*s", STR_ARG(case_service_name(rq, h, m->service)),
					STR_ARG(m->number)),
			.words = m->ended.n ? m->ended : case_step_name(rq, h, m->service, m->step)};
	}
	page->cases = (tpl_list_linked_record){v, all.n};
	return RC_OK;
}

static rc
fill_waiting(const dossier *k, struct tpl_person *page)
{
	corrections all;

	if (!page->rights->write)
		return RC_OK;
	TRY(corrections_read(k->d, k->rq->a, k->rq->fault, k->p.ref, &all));
	for (size_t i = 0; i < all.n; i++)
		page->waiting += all.v[i].state == CORRECTION_WAITS;
	return RC_OK;
}

static str
saved_words(const web_req *rq)
{
	str saved = web_query(rq, STR("saved"));

	if (str_eq(saved, STR("fact")))
		return desk_words(rq, MSG_PEOPLE_SAVED_FACT);
	if (str_eq(saved, STR("merge")))
		return desk_words(rq, MSG_PEOPLE_SAVED_MERGE);
	if (str_eq(saved, STR("unmerge")))
		return desk_words(rq, MSG_PEOPLE_SAVED_UNMERGE);
	return (str){0};
}

static tpl_list_crumb
crumbs(web_req *rq, str name)
{
	struct tpl_crumb *v = arena_array(rq->a, struct tpl_crumb, 3);

	v[0] = (struct tpl_crumb){.label = desk_words(rq, MSG_NAV_DESK), .href = STR("/desk")};
	v[1] = (struct tpl_crumb){.label = desk_words(rq, MSG_NAV_PEOPLE), .href = STR("/desk/people")};
	v[2] = (struct tpl_crumb){.label = name};
	return (tpl_list_crumb){v, 3};
}

static rc
show_record(const dossier *k, const person_page *how)
{
	static const int now[] = {MSG_PEOPLE_FACTS_WHAT, MSG_PEOPLE_FACTS_VALUE, MSG_PEOPLE_FACTS_SINCE,
				  MSG_PEOPLE_FACTS_SOURCE},
			 all[] = {MSG_PEOPLE_FACTS_WHAT,  MSG_PEOPLE_FACTS_VALUE,  MSG_PEOPLE_FACTS_SINCE,
				  MSG_PEOPLE_FACTS_UNTIL, MSG_PEOPLE_FACTS_SOURCE, MSG_PEOPLE_FACTS_RECORDED,
				  MSG_PEOPLE_FACTS_STATE};
	web_req *rq = k->rq;
	details identity = {0};
	/* whoever may read the record at all sees its name, or its number in place of it */
	str ref = dossier_ref(rq->a, k->p.ref), name = dossier_sees(rq, STR("name")) ? k->p.name : ref;
	struct tpl_person page = {
		.title = name,
		.ref = ref,
		.name = name,
		.saved = saved_words(rq),
		.purpose = purpose_show(rq, how->purpose),
		.act = dossier_href(rq->a, k->p.ref, "/reveal"),
		.photo = desk_words(rq, k->p.photo.n ? MSG_PEOPLE_PHOTO_KEPT : MSG_PEOPLE_PHOTO_NONE),
		.picture = k->p.photo.n && person_photo_seen(rq) ? dossier_href(rq->a, k->p.ref, "/photo")
								 : (str){0},
		.facts = dossier_facts(k, false),
		.history = dossier_facts(k, true),
		.columns = desk_columns(rq, now, LEN(now)),
		.columns2 = desk_columns(rq, all, LEN(all)),
		.crumbs = crumbs(rq, name),
	};
	struct tpl_person_rights rights = {0};

	purpose_split(how->purpose, &page.code, &page.words);
	TRY(dossier_identity(k, &identity));
	page.identity = (tpl_list_detail){identity.v, identity.n};
	TRY(dossier_groups(k, &page.groups));
	TRY(fill_rights(k, &rights));
	page.rights = &rights;
	TRY(fill_others(k, &page));
	TRY(fill_cases(k, &page));
	TRY(fill_waiting(k, &page));
	page.decided = person_decisions_seen(rq);
	TRY(audit_count(k->d, rq->a, rq->fault, k->p.ref, &page.looked));
	tpl_person(web_html(rq), &page);
	return web_page(rq, 200);
}

rc
person_show(web_req *rq)
{
	const person_page *how = rq->work;
	dossier k;
	db *d = NULL;

	TRY(house_read(rq, &d)); /* what the page asks beside the record goes out with it */
	person_merged_ahead(d, how->ref);
	corrections_ahead(d, how->ref);
	kase_of_person_ahead(d, how->ref);
	kases_hold_ahead(d, rq->a, rq->now);
	audit_count_ahead(d, how->ref);
	TRY(dossier_read(rq, how->ref, &k));
	k.open = how->slot;
	return show_record(&k, how);
}

rc
person_get(web_req *rq)
{
	return person_enter_page(rq, person_show);
}

rc
person_purpose_get(web_req *rq)
{
	const person_ref *ref = NULL;

	TRY(open_person(rq, &ref));
	return purpose_page(rq, ref, NULL);
}

/* POST /desk/people/{ref}  What for; then the page itself. */
rc
person_post(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);
	const person_ref *ref = NULL;

	TRY(open_person(rq, &ref));
	str purpose = purpose_ask(rq, &f);
	if (!form_ok(&f))
		return purpose_page(rq, ref, &f);
	look_intend(rq, ref, purpose);
	return web_see(rq, dossier_href(rq->a, ref, ""));
}

/* ---- one sealed value ---- */

static const sealed_slot *
slot_named(const dossier *k, str name)
{
	for (size_t i = 0; i < k->slots.n; i++)
		if (str_eq(k->slots.v[i].name, name))
			return &k->slots.v[i];
	return NULL;
}

/* POST /desk/people/{ref}/reveal  A slot that he may not see, or that is empty, is one that is not there. */
rc
person_reveal_post(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);
	person_page *how = arena_new(rq->a, person_page);
	dossier k;

	TRY(open_person(rq, &how->ref));
	how->purpose = purpose_ask(rq, &f);
	if (!form_ok(&f))
		return purpose_page(rq, how->ref, &f);
	TRY(dossier_read(rq, how->ref, &k));
	const sealed_slot *s = slot_named(&k, form_typed(&f, STR("field")));
	if (!s)
		return RC_NOT_FOUND;
	how->slot = s->name;
	rq->work = how;
	return house_look(
		rq,
		&(look){.kind = LOOK_REVEAL, .person = how->ref, .what = s->name, .purpose = how->purpose},
		person_show);
}
